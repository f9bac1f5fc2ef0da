import type { OrganizationSummary } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { organizationsQuery } from '../../api/organizations.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Button } from '../../components/button.tsx';
import { formatNumber } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { EmptyState } from '../../components/states.tsx';
import { type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { isAdministrator, useAccount } from '../../shell/account.ts';
import { NewOrganizationDialog } from './new-organization-dialog.tsx';
import { Offers } from './offers.tsx';
import { roleWords } from './words.ts';

const columns: readonly Column<OrganizationSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    place: 'main',
    cell: ({ id, name }) => (
      <Link to="/app/organizations/$id/collaborators" params={{ id }} className={rowLinkClass}>
        {name}
      </Link>
    ),
  },
  {
    id: 'collaborators',
    header: 'Collaborators',
    place: 'meta',
    numeric: true,
    stackedLabel: 'Collaborators',
    cell: ({ collaborators }) => formatNumber(collaborators),
  },
  {
    id: 'teams',
    header: 'Teams',
    place: 'meta',
    numeric: true,
    stackedLabel: 'Teams',
    cell: ({ teams }) => formatNumber(teams),
  },
  {
    id: 'own',
    header: 'Your role',
    place: 'end',
    cell: ({ ownRole }) =>
      ownRole ? roleWords[ownRole] : <span className="text-ink-3">none</span>,
  },
  {
    id: 'created',
    header: 'Created',
    place: 'extra',
    cell: ({ createdAt }) => <RelativeTime at={createdAt} className="text-ink-2" />,
  },
];

const keyOf = ({ id }: OrganizationSummary) => id;

/** Where people work together: all of the account's organizations for owners, their own for others. */
export function OrganizationsPage() {
  const account = useAccount();
  const organizations = useQuery(organizationsQuery(account.id));
  const [making, setMaking] = useState(false);
  const mayMake = isAdministrator(account.role);
  return (
    <Page title={`Organizations · ${account.name}`}>
      <PageHeader
        title="Organizations"
        lead="People share their collections in an organization, as its collaborators."
        actions={
          mayMake && (
            <Button variant="primary" onClick={() => setMaking(true)}>
              New organization
            </Button>
          )
        }
      />
      <Stack>
        {account.role === 'owner' && <Offers />}
        <QueryView
          query={organizations}
          failed="The organizations could not be loaded"
          skeleton={
            <Table
              caption="Organizations"
              columns={columns}
              rows={[]}
              keyOf={keyOf}
              loadingRows={4}
            />
          }
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={mayMake ? 'No organization yet' : 'You are in no organization'}>
                {mayMake
                  ? 'Make one, then add people to it, or link a team.'
                  : `An owner of ${account.name}, or an admin of an organization, can add you.`}
              </EmptyState>
            ) : (
              <Table caption="Organizations" columns={columns} rows={items} keyOf={keyOf} />
            )
          }
        </QueryView>
      </Stack>
      {making && <NewOrganizationDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}
