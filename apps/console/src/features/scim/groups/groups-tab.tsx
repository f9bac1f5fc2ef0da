import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { directoryGroupsQuery } from '../../../api/directory.ts';
import { formatCount } from '../../../components/format.ts';
import { EmptyState } from '../../../components/states.tsx';
import { SearchField, Toolbar } from '../../../components/toolbar.tsx';
import { defined } from '../../../routes/search-params.ts';
import { useDirectory } from '../directory/context.ts';
import { usePublishRows } from '../directory/row-order.ts';
import { CursorPages } from '../parts/cursor-pages.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { GroupsTable } from './groups-table.tsx';

const from = '/app/enterprise/scim/$directoryId/groups';

/** The groups that the IdP pushes. */
export function GroupsTab() {
  const { ref } = useDirectory();
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const { data, error, refetch, isPlaceholderData } = useQuery(
    directoryGroupsQuery(ref, { search: search.search, cursor: search.cursor }),
  );
  usePublishRows(data?.items.map(({ id }) => id) ?? []);
  return (
    <div>
      <h2 className="sr-only">Groups</h2>
      <Toolbar>
        <SearchField
          label="Search groups"
          placeholder="Name, externalId"
          value={search.search ?? ''}
          onSearch={(text) =>
            void navigate({
              replace: true,
              search: ({ cursor: _, ...now }) => defined({ ...now, search: text || undefined }),
            })
          }
        />
      </Toolbar>
      <p className="mb-3 text-sm text-ink-2">
        If a team of that name already exists, you decide here whether they are the same.
      </p>
      {error && !data ? (
        <LoadError what="The groups" error={error} onRetry={refetch} />
      ) : data?.items.length === 0 ? (
        <NoGroups filtered={Boolean(search.search)} />
      ) : (
        <div aria-busy={isPlaceholderData || undefined}>
          <GroupsTable groups={data?.items} current={search.group} />
          <CursorPages
            shown={formatCount(
              data?.items.length ?? 0,
              'group on this page',
              'groups on this page',
            )}
            cursor={search.cursor}
            nextCursor={data?.nextCursor}
          />
        </div>
      )}
    </div>
  );
}

function NoGroups({ filtered }: { filtered: boolean }) {
  const { directory } = useDirectory();
  if (filtered) {
    return (
      <EmptyState title="No group fits">
        No group here has this name or externalId. Look for the beginning of its name.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No group has arrived yet">
      {directory.provider === 'okta'
        ? 'In Okta open Push Groups and push one; it becomes a team.'
        : 'Assign a group in your IdP; it becomes a team as soon as it is sent.'}
    </EmptyState>
  );
}
