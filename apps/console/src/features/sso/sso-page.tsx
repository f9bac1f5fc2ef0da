import type { SsoConnection } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { ssoConnectionsQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { EmptyState } from '../../components/states.tsx';
import type { Mark } from '../../components/status-mark.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { useAccount } from '../../shell/account.ts';

const states: Record<SsoConnection['state'], { mark: Mark; word: string }> = {
  draft: { mark: 'off', word: 'Draft' },
  tested: { mark: 'on', word: 'Tested' },
  enforced: { mark: 'ok', word: 'Enforced' },
};

const protocols: Record<SsoConnection['protocol'], string> = { saml: 'SAML', oidc: 'OIDC' };

const columns: readonly Column<SsoConnection>[] = [
  {
    id: 'name',
    header: 'Name',
    place: 'main',
    cell: ({ name }) => <span className="font-medium wrap-anywhere">{name}</span>,
  },
  {
    id: 'protocol',
    header: 'Protocol',
    place: 'meta',
    cell: ({ protocol }) => protocols[protocol],
  },
  {
    id: 'domains',
    header: 'Domains',
    place: 'meta',
    cell: ({ domains }) => domains.join(', ') || <span className="text-ink-3">none</span>,
  },
  {
    id: 'tested',
    header: 'Test passed',
    place: 'meta',
    stackedLabel: 'Test passed',
    cell: ({ testedAt }) => (testedAt ? <RelativeTime at={testedAt} /> : 'Not yet'),
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <Badge mark={states[state].mark}>{states[state].word}</Badge>,
  },
];

const keyOf = ({ id }: SsoConnection) => id;

/** The SSO connections of the account. */
export function SsoPage() {
  const account = useAccount();
  const connections = useQuery(ssoConnectionsQuery(account.id));
  return (
    <Page title={`SSO · ${account.name}`}>
      <PageHeader
        title="SSO"
        lead="People whom SCIM creates sign in through one of these connections."
      />
      <Stack>
        <QueryView
          query={connections}
          failed="The connections could not be loaded"
          skeleton={
            <Table
              caption="SSO connections"
              columns={columns}
              rows={[]}
              keyOf={keyOf}
              loadingRows={3}
            />
          }
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No identity provider is connected">
                SCIM needs at least one connection that passed its test, so that the people whom it
                creates can sign in.
              </EmptyState>
            ) : (
              <Table caption="SSO connections" columns={columns} rows={items} keyOf={keyOf} />
            )
          }
        </QueryView>
      </Stack>
    </Page>
  );
}
