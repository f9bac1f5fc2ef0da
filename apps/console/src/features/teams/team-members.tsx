import type { TeamMember } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { teamMembersQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { formatCount } from '../../components/format.ts';
import { Pagination } from '../../components/pagination.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { SearchField, Toolbar } from '../../components/toolbar.tsx';
import { useAccount } from '../../shell/account.ts';
import { SourceTag, StateBadge } from '../people/words.tsx';

const route = getRouteApi('/app/enterprise/team/$id');

const columns: readonly Column<TeamMember>[] = [
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
  {
    id: 'source',
    header: 'Source',
    place: 'meta',
    cell: ({ sources }) => <SourceTag from={sources} />,
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <StateBadge state={state} />,
  },
];

const keyOf = ({ userId }: TeamMember) => userId;

/** Who is in a team, and why. */
export function TeamMembers({ teamId }: { teamId: string }) {
  const account = useAccount();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const members = useQuery(teamMembersQuery(account.id, teamId, search));
  const link = { to: '/app/enterprise/team/$id', params: { id: teamId } } as const;
  return (
    <Section title="Members">
      <Toolbar>
        <SearchField
          label="Search members"
          placeholder="Name or e-mail"
          value={search.search ?? ''}
          onSearch={(text) =>
            void navigate({ search: text ? { search: text } : {}, replace: true })
          }
        />
      </Toolbar>
      <QueryView
        query={members}
        failed="The members could not be loaded"
        skeleton={
          <Table caption="Members" columns={columns} rows={[]} keyOf={keyOf} loadingRows={6} />
        }
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState title={search.search ? 'Nobody is called that' : 'Nobody is in this team'}>
              {search.search
                ? 'Look for a part of the name or of the address, or clear the search.'
                : 'People appear here as soon as your identity provider puts them into its group.'}
            </EmptyState>
          ) : (
            <>
              <Table caption="Members" columns={columns} rows={items} keyOf={keyOf} />
              <Pagination
                shown={`${formatCount(items.length, 'person', 'people')} on this page`}
                first={
                  search.cursor
                    ? { ...link, search: search.search ? { search: search.search } : {} }
                    : undefined
                }
                next={
                  nextCursor ? { ...link, search: { ...search, cursor: nextCursor } } : undefined
                }
              />
            </>
          )
        }
      </QueryView>
    </Section>
  );
}
