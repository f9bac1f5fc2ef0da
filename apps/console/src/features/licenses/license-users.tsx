import type { LicenseUser } from '@rollcall/api';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { licenseUsersQuery } from '../../api/account.ts';
import { QueryView } from '../../api/query-view.tsx';
import { streamUrl } from '../../api/request.ts';
import { buttonClass } from '../../components/button-class.ts';
import { formatCount } from '../../components/format.ts';
import { Icon } from '../../components/icon.tsx';
import { Pagination } from '../../components/pagination.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { CellNote, type Column, rowLinkClass, Table } from '../../components/table.tsx';
import { FilterSelect, SearchField, Toolbar } from '../../components/toolbar.tsx';
import { defined } from '../../routes/search-params.ts';
import { roleNames, useAccount } from '../../shell/account.ts';
import { SourceTag, StateBadge, sourceOptions, stateOptions } from '../people/words.tsx';

const route = getRouteApi('/app/enterprise/licenses');

const columns: readonly Column<LicenseUser>[] = [
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
    id: 'source',
    header: 'Source',
    place: 'meta',
    stackedLabel: 'Source',
    cell: ({ sources, managed }) => (
      <>
        <SourceTag from={sources} />
        {!managed && <span className="text-ink-3"> unmanaged</span>}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    place: 'end',
    cell: ({ state }) => <StateBadge state={state} />,
  },
  { id: 'seat', header: 'Seat', place: 'extra', cell: ({ seat }) => (seat ? 'Yes' : 'No') },
  {
    id: 'teams',
    header: 'Teams',
    place: 'meta',
    stackedLabel: 'Teams',
    cell: ({ teams }) =>
      teams.length > 0 ? (
        teams.map(({ name }) => name).join(', ')
      ) : (
        <span className="text-ink-3">none</span>
      ),
  },
  {
    id: 'active',
    header: 'Last Active',
    place: 'meta',
    stackedLabel: 'Last Active',
    numeric: true,
    className: 'text-ink-2 whitespace-nowrap',
    cell: ({ lastActiveAt }) => (lastActiveAt ? <RelativeTime at={lastActiveAt} /> : 'N/A'),
  },
];

const roleOptions = (['owner', 'co_owner', 'billing_only', 'member'] as const).map((value) => ({
  value,
  label: roleNames[value],
}));

const keyOf = ({ userId }: LicenseUser) => userId;

/** The people of the account: role, source, state, seat. */
export function LicenseUsers() {
  const account = useAccount();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const users = useQuery(licenseUsersQuery(account.id, search));
  const { cursor, ...filters } = search;
  const filter = (change: { [Key in keyof typeof filters]?: (typeof filters)[Key] | undefined }) =>
    void navigate({ search: defined({ ...filters, ...change }), replace: true });
  return (
    <Section title="Users">
      <Toolbar
        end={
          <a
            href={streamUrl('licenseReport', { accountId: account.id })}
            download
            className={buttonClass({ size: 'sm' })}
          >
            <Icon name="download" />
            Download CSV
          </a>
        }
      >
        <SearchField
          label="Search users"
          placeholder="Name or e-mail"
          value={search.search ?? ''}
          onSearch={(text) => filter({ search: text || undefined })}
        />
        <FilterSelect
          label="State"
          value={search.state}
          options={stateOptions}
          onChange={(state) => filter({ state })}
        />
        <FilterSelect
          label="Source"
          value={search.source}
          options={sourceOptions}
          onChange={(source) => filter({ source })}
        />
        <FilterSelect
          label="Role"
          value={search.role}
          options={roleOptions}
          onChange={(role) => filter({ role })}
        />
      </Toolbar>
      <QueryView
        query={users}
        failed="The users could not be loaded"
        skeleton={
          <Table caption="Users" columns={columns} rows={[]} keyOf={keyOf} loadingRows={10} />
        }
      >
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <EmptyState title="Nobody fits this search">
              Look for a part of the name or of the address, or take a filter away.
            </EmptyState>
          ) : (
            <>
              <Table caption="Users" columns={columns} rows={items} keyOf={keyOf} />
              <Pagination
                shown={`${formatCount(items.length, 'person', 'people')} on this page`}
                first={cursor ? { to: '/app/enterprise/licenses', search: filters } : undefined}
                next={
                  nextCursor
                    ? { to: '/app/enterprise/licenses', search: { ...filters, cursor: nextCursor } }
                    : undefined
                }
              />
            </>
          )
        }
      </QueryView>
    </Section>
  );
}
