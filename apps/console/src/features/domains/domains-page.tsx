import type { Domain } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { domainsQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Badge } from '../../components/badge.tsx';
import { formatDate } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { EmptyState } from '../../components/states.tsx';
import type { Mark } from '../../components/status-mark.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { useAccount } from '../../shell/account.ts';

const states: Record<Domain['state'], { mark: Mark; word: string }> = {
  pending: { mark: 'waiting', word: 'Pending' },
  verified: { mark: 'ok', word: 'Verified' },
  lapsing: { mark: 'warning', word: 'Lapsing' },
  lapsed: { mark: 'danger', word: 'Lapsed' },
};

const columns: readonly Column<Domain>[] = [
  {
    id: 'name',
    header: 'Domain',
    place: 'main',
    cell: ({ name }) => <span className="font-medium wrap-anywhere">{name}</span>,
  },
  {
    id: 'verified',
    header: 'Verified',
    place: 'meta',
    stackedLabel: 'Verified',
    cell: ({ verifiedAt }) => (verifiedAt ? formatDate(verifiedAt) : 'Not yet'),
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <Badge mark={states[state].mark}>{states[state].word}</Badge>,
  },
];

const keyOf = ({ id }: Domain) => id;

/** The e-mail domains of the account. */
export function DomainsPage() {
  const account = useAccount();
  const domains = useQuery(domainsQuery(account.id));
  return (
    <Page title={`Domains · ${account.name}`}>
      <PageHeader
        title="Domains"
        lead="People with an address in a verified domain are yours to manage: SCIM matches and creates them."
      />
      <Stack>
        <QueryView
          query={domains}
          failed="The domains could not be loaded"
          skeleton={
            <Table caption="Domains" columns={columns} rows={[]} keyOf={keyOf} loadingRows={3} />
          }
        >
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title="No domain is verified">
                SCIM needs at least one: an address is only matched to a person if its domain is
                proved to be yours.
              </EmptyState>
            ) : (
              <Table caption="Domains" columns={columns} rows={items} keyOf={keyOf} />
            )
          }
        </QueryView>
      </Stack>
    </Page>
  );
}
