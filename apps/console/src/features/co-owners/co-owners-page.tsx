import type { LicenseUser } from '@rollcall/api';
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { licenseUsersQuery } from '../../api/account.ts';
import { describeError } from '../../api/api-error.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { ErrorState } from '../../components/states.tsx';
import { CellNote, type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { roleNames, useAccount } from '../../shell/account.ts';
import { RoleDialog } from '../licenses/role-dialog.tsx';
import { StateBadge } from '../people/words.tsx';
import { AppointDialog } from './appoint-dialog.tsx';

/** The roles that this page gives and takes, the highest first. */
const roles = ['owner', 'co_owner', 'billing_only'] as const;

/** More people of one role than this are found under Licenses. */
const SHOWN = 100;

/** Who runs the account beside its owner. */
export function CoOwnersPage() {
  const account = useAccount();
  const lists = useQueries({
    queries: roles.map((role) => licenseUsersQuery(account.id, { role, limit: SHOWN })),
  });
  const [open, setOpen] = useState<'appoint' | LicenseUser>();
  const mayChange = account.role === 'owner';
  const columns = columnsOf(mayChange, setOpen);
  const people = lists.flatMap(({ data }) => data?.items ?? []);
  const failed = lists.find(({ error, data }) => error && !data);
  const loading = lists.some(({ isPending }) => isPending);
  const alone = !loading && !people.some(({ role }) => role === 'co_owner');
  return (
    <Page title={`Co-owners · ${account.name}`}>
      <PageHeader
        title="Co-owners"
        lead="Co-owners do everything that an owner does, but for roles and the account itself. Billing-only people see plan and seats."
        actions={
          mayChange && (
            <Button variant="primary" onClick={() => setOpen('appoint')}>
              Add a co-owner
            </Button>
          )
        }
      />
      <Stack>
        <div className="grid gap-4">
          {alone && !failed && (
            <Banner tone="info" title={`${account.name} has no co-owner.`}>
              Add at least one, so that somebody can act while you cannot.
            </Banner>
          )}
          {failed ? (
            <ErrorState
              title="The co-owners could not be loaded"
              {...describeError(failed.error)}
              onRetry={() => void failed.refetch()}
            />
          ) : (
            <Table
              caption="Owners, co-owners and billing-only people"
              columns={columns}
              rows={people}
              keyOf={({ userId }) => userId}
              {...(loading && { loadingRows: 3 })}
            />
          )}
          {!mayChange && <p className="text-sm text-ink-2">Only an owner gives and takes roles.</p>}
        </div>
      </Stack>
      {open === 'appoint' && <AppointDialog onClose={() => setOpen(undefined)} />}
      {open && open !== 'appoint' && (
        <RoleDialog person={open} onClose={() => setOpen(undefined)} />
      )}
    </Page>
  );
}

function columnsOf(
  mayChange: boolean,
  onChange: (person: LicenseUser) => void,
): readonly Column<LicenseUser>[] {
  const shown: readonly Column<LicenseUser>[] = [
    {
      id: 'name',
      header: 'Name',
      place: 'main',
      cell: ({ userId, name, email }) => (
        <>
          <Link to="/app/enterprise/licenses/$userId" params={{ userId }} className={rowLinkClass}>
            {name}
          </Link>
          <CellNote>{email}</CellNote>
        </>
      ),
    },
    { id: 'role', header: 'Role', place: 'meta', cell: ({ role }) => roleNames[role] },
    {
      id: 'state',
      header: 'State',
      place: 'meta',
      cell: ({ state }) => <StateBadge state={state} />,
    },
    {
      id: 'active',
      header: 'Last Active',
      place: 'meta',
      stackedLabel: 'Last Active',
      className: 'text-ink-2 whitespace-nowrap',
      cell: ({ lastActiveAt }) => (lastActiveAt ? <RelativeTime at={lastActiveAt} /> : 'N/A'),
    },
  ];
  if (!mayChange) return shown;
  return [
    ...shown,
    {
      id: 'action',
      header: 'Action',
      place: 'end',
      cell: (person) => (
        <Button
          size="sm"
          aria-label={`Change the role of ${person.name}…`}
          onClick={() => onChange(person)}
        >
          Change role…
        </Button>
      ),
    },
  ];
}
