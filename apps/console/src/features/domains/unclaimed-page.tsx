import type { UnclaimedPerson } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { isNotFound } from '../../api/api-error.ts';
import { domainQuery, unclaimedQuery } from '../../api/domains.ts';
import { QueryView } from '../../api/query-view.tsx';
import { streamUrl } from '../../api/request.ts';
import { buttonClass } from '../../components/button-class.ts';
import { formatCount } from '../../components/format.ts';
import { Icon } from '../../components/icon.tsx';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { Pagination } from '../../components/pagination.tsx';
import { ExactDate } from '../../components/relative-time.tsx';
import { EmptyState } from '../../components/states.tsx';
import { type Column, Table } from '../../components/table.tsx';
import { NotFound } from '../../routes/not-found.tsx';
import { useAccount } from '../../shell/account.ts';

const route = getRouteApi('/app/enterprise/domains/$id/unclaimed');

const columns: readonly Column<UnclaimedPerson>[] = [
  {
    id: 'address',
    header: 'E-mail',
    place: 'main',
    cell: ({ address }) => <span className="font-medium wrap-anywhere">{address}</span>,
  },
  {
    id: 'since',
    header: 'Since',
    place: 'meta',
    stackedLabel: 'Since',
    cell: ({ since }) => <ExactDate at={since} />,
  },
  {
    id: 'where',
    header: 'Where',
    place: 'end',
    cell: ({ elsewhere }) => (elsewhere ? 'In another account' : 'On their own'),
  },
];

const keyOf = ({ userId }: UnclaimedPerson) => userId;

/** People with an address in a domain and a sign-in of their own, who are no members. */
export function UnclaimedPage() {
  const account = useAccount();
  const { id } = route.useParams();
  const { cursor } = route.useSearch();
  const domain = useQuery(domainQuery(account.id, id));
  const unclaimed = useQuery(unclaimedQuery(account.id, id, { cursor }));
  if (!domain.data && isNotFound(domain.error)) return <NotFound />;
  const name = domain.data?.name ?? 'the domain';
  const here = { to: '/app/enterprise/domains/$id/unclaimed', params: { id } } as const;
  return (
    <Page title={`Unclaimed Accounts · ${account.name}`}>
      <PageHeader
        back={
          <Link to="/app/enterprise/domains/$id" params={{ id }}>
            {name}
          </Link>
        }
        title="Unclaimed Accounts"
        lead={`People with an address at ${name} and a sign-in of their own, who are no members of ${account.name}. Invite them, or assign them in your identity provider: SCIM and SSO link them by their address.`}
        actions={
          <a
            href={streamUrl('unclaimedReport', { accountId: account.id, domainId: id })}
            download
            className={buttonClass({})}
          >
            <Icon name="download" />
            Download CSV
          </a>
        }
      />
      <Stack>
        <QueryView
          query={unclaimed}
          failed="The accounts could not be loaded"
          skeleton={
            <Table
              caption="Unclaimed accounts"
              columns={columns}
              rows={[]}
              keyOf={keyOf}
              loadingRows={5}
            />
          }
        >
          {({ items, nextCursor }) =>
            items.length === 0 && !cursor ? (
              <EmptyState title="There is nobody">
                Everybody who signs in here with an address at {name} is a member of {account.name}.
              </EmptyState>
            ) : (
              <div>
                <Table caption="Unclaimed accounts" columns={columns} rows={items} keyOf={keyOf} />
                <Pagination
                  shown={`${formatCount(items.length, 'person', 'people')} on this page`}
                  first={cursor ? here : undefined}
                  next={nextCursor ? { ...here, search: { cursor: nextCursor } } : undefined}
                />
              </div>
            )
          }
        </QueryView>
      </Stack>
    </Page>
  );
}
