import type { TeamSummary } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { teamsQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { Button, ButtonLink } from '../../components/button.tsx';
import { formatCount, formatNumber } from '../../components/format.ts';
import { Page, PageHeader, Stack } from '../../components/page.tsx';
import { Pagination } from '../../components/pagination.tsx';
import { EmptyState } from '../../components/states.tsx';
import { type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { SearchField, Toolbar } from '../../components/toolbar.tsx';
import { useAccount } from '../../shell/account.ts';
import { TeamSourceTag, teamRoles } from '../people/words.tsx';
import { CreateTeamDialog } from './create-team-dialog.tsx';

const route = getRouteApi('/app/enterprise/team');

const columns: readonly Column<TeamSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    place: 'main',
    cell: ({ id, name }) => (
      <Link to="/app/enterprise/team/$id" params={{ id }} className={rowLinkClass}>
        {name}
      </Link>
    ),
  },
  {
    id: 'members',
    header: 'Members',
    place: 'meta',
    numeric: true,
    stackedLabel: 'Members',
    cell: ({ members }) => formatNumber(members),
  },
  { id: 'role', header: 'Role', place: 'meta', cell: ({ role }) => teamRoles[role] },
  {
    id: 'organizations',
    header: 'Organizations',
    place: 'meta',
    stackedLabel: 'Organizations',
    cell: ({ organizations }) =>
      organizations.length > 0 ? (
        organizations.map(({ name }) => name).join(', ')
      ) : (
        <span className="text-ink-3">none</span>
      ),
  },
  {
    id: 'source',
    header: 'Source',
    place: 'end',
    cell: ({ source }) => <TeamSourceTag source={source} />,
  },
];

/** The teams of the account and where their members come from. */
export function TeamsPage() {
  const account = useAccount();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const teams = useQuery(teamsQuery(account.id, search));
  return (
    <Page title={`Teams · ${account.name}`}>
      <PageHeader
        title="Teams"
        lead="A team gives its members their place in organizations. Each group that your identity provider pushes becomes one."
        actions={<Button onClick={() => setCreating(true)}>Create Team…</Button>}
      />
      {creating && <CreateTeamDialog onClose={() => setCreating(false)} />}
      <Stack>
        <div>
          <Toolbar>
            <SearchField
              label="Search teams"
              placeholder="Name"
              value={search.search ?? ''}
              onSearch={(text) =>
                void navigate({ search: text ? { search: text } : {}, replace: true })
              }
            />
          </Toolbar>
          <QueryView
            query={teams}
            failed="The teams could not be loaded"
            skeleton={
              <Table caption="Teams" columns={columns} rows={[]} keyOf={keyOf} loadingRows={8} />
            }
          >
            {({ items, nextCursor }) =>
              items.length === 0 ? (
                <NoTeams searched={search.search} />
              ) : (
                <>
                  <Table caption="Teams" columns={columns} rows={items} keyOf={keyOf} />
                  <Pagination
                    shown={`${formatCount(items.length, 'team', 'teams')} on this page`}
                    first={
                      search.cursor
                        ? {
                            to: '/app/enterprise/team',
                            search: search.search ? { search: search.search } : {},
                          }
                        : undefined
                    }
                    next={
                      nextCursor
                        ? { to: '/app/enterprise/team', search: { ...search, cursor: nextCursor } }
                        : undefined
                    }
                  />
                </>
              )
            }
          </QueryView>
        </div>
      </Stack>
    </Page>
  );
}

const keyOf = ({ id }: TeamSummary) => id;

function NoTeams({ searched }: { searched: string | undefined }) {
  if (searched) {
    return (
      <EmptyState title={`No team is called “${searched}”`}>
        Look for a part of the name, or clear the search.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="There is no team yet"
      action={
        <ButtonLink to="/app/enterprise/scim" size="sm">
          Open SCIM
        </ButtonLink>
      }
    >
      Push a group from your identity provider, and its team appears here; or create one by hand.
    </EmptyState>
  );
}
