import type { InviteControl } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { inviteControlQuery } from '../../api/invitations.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { Pagination } from '../../components/pagination.tsx';
import { Section } from '../../components/section.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { useAccount } from '../../shell/account.ts';
import { InvitationList } from './invitation-list.tsx';
import { RuleDialog, type RuleOf } from './rule-dialog.tsx';
import { ruleInWords } from './words.ts';

const route = getRouteApi('/app/enterprise/invite');

const keyOf = ({ organizationId }: RuleOf) => organizationId ?? 'account';

/** Invite control: whom the account and its organizations may invite, and whom they have invited. */
export function InvitesPage() {
  const account = useAccount();
  const { cursor } = route.useSearch();
  const control = useQuery(inviteControlQuery(account.id));
  const [changing, setChanging] = useState<RuleOf>();
  const columns = columnsOf(setChanging);
  const here = { to: '/app/enterprise/invite' } as const;
  return (
    <Page title={`Invites · ${account.name}`}>
      <PageHeader
        title="Invites"
        lead="Whom your people and your identity provider may invite, and who is invited."
      />
      <Stack>
        <Section title="Invite control">
          <QueryView
            query={control}
            failed="The rules could not be loaded"
            skeleton={
              <Table caption="Rules" columns={columns} rows={[]} keyOf={keyOf} loadingRows={2} />
            }
          >
            {(data) => (
              <Table
                caption="Rules"
                columns={columns}
                rows={rulesOf(data, account.name)}
                keyOf={keyOf}
              />
            )}
          </QueryView>
        </Section>
        <InvitationList
          scope={{ accountId: account.id }}
          cursor={cursor}
          mayManage
          pages={(shown, nextCursor) => (
            <Pagination
              shown={`${formatCount(shown, 'invitation', 'invitations')} on this page`}
              first={cursor ? here : undefined}
              next={nextCursor ? { ...here, search: { cursor: nextCursor } } : undefined}
            />
          )}
        />
      </Stack>
      {changing && <RuleDialog of={changing} onClose={() => setChanging(undefined)} />}
    </Page>
  );
}

function rulesOf({ standard, organizations }: InviteControl, accountName: string): RuleOf[] {
  return [
    { name: accountName, organizationId: null, rule: standard },
    ...organizations.map(({ id, name, rule }) => ({ name, organizationId: id, rule })),
  ];
}

function columnsOf(onChange: (of: RuleOf) => void): readonly Column<RuleOf>[] {
  return [
    {
      id: 'name',
      header: 'For',
      place: 'main',
      cell: ({ name, organizationId }) => (
        <span className="font-medium wrap-anywhere">
          {organizationId === null ? `${name}, and every organization without a rule` : name}
        </span>
      ),
    },
    {
      id: 'rule',
      header: 'May invite',
      place: 'meta',
      cell: ({ rule }) =>
        rule ? ruleInWords(rule) : <span className="text-ink-3">As the account</span>,
    },
    {
      id: 'action',
      header: 'Action',
      place: 'end',
      cell: (of) => (
        <Button size="sm" aria-label={`Change ${of.name}…`} onClick={() => onChange(of)}>
          Change…
        </Button>
      ),
    },
  ];
}
