import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { directoryPeopleQuery } from '../../../api/directory.ts';
import { formatCount } from '../../../components/format.ts';
import { EmptyState } from '../../../components/states.tsx';
import { FilterSelect, SearchField, Toolbar } from '../../../components/toolbar.tsx';
import { defined } from '../../../routes/search-params.ts';
import { useDirectory } from '../directory/context.ts';
import { usePublishRows } from '../directory/row-order.ts';
import type { PeopleSearch } from '../model/list-search.ts';
import { personStateNames, personStates } from '../model/person-state.ts';
import { idpInSentence } from '../model/provider.ts';
import { CursorPages } from '../parts/cursor-pages.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { PeopleTable } from './people-table.tsx';

const from = '/app/enterprise/scim/$directoryId/people';
const states = personStateNames.map((value) => ({ value, label: personStates[value].word }));

/** The people whom the IdP sends. */
export function PeopleTab() {
  const { ref } = useDirectory();
  const search = useSearch({ from });
  const navigate = useNavigate({ from });
  const { data, error, refetch, isPlaceholderData } = useQuery(
    directoryPeopleQuery(ref, {
      search: search.search,
      state: search.state,
      cursor: search.cursor,
    }),
  );
  usePublishRows(data?.items.map(({ id }) => id) ?? []);
  const filter = (change: { [Key in keyof PeopleSearch]: PeopleSearch[Key] | undefined }) =>
    void navigate({
      replace: true,
      search: ({ cursor: _, ...now }) => defined({ ...now, ...change }),
    });
  return (
    <div>
      <h2 className="sr-only">People</h2>
      <Toolbar>
        <SearchField
          label="Search people"
          placeholder="Name, userName, externalId"
          value={search.search ?? ''}
          onSearch={(text) => filter({ search: text || undefined })}
        />
        <FilterSelect
          label="State"
          value={search.state}
          options={states}
          onChange={(state) => filter({ state })}
        />
      </Toolbar>
      {error && !data ? (
        <LoadError what="The people" error={error} onRetry={refetch} />
      ) : data?.items.length === 0 ? (
        <NoPeople filtered={Boolean(search.search ?? search.state)} />
      ) : (
        <div aria-busy={isPlaceholderData || undefined}>
          <PeopleTable people={data?.items} current={search.person} />
          <CursorPages
            shown={formatCount(
              data?.items.length ?? 0,
              'person on this page',
              'people on this page',
            )}
            cursor={search.cursor}
            nextCursor={data?.nextCursor}
          />
        </div>
      )}
    </div>
  );
}

function NoPeople({ filtered }: { filtered: boolean }) {
  const { directory } = useDirectory();
  if (filtered) {
    return (
      <EmptyState title="Nobody fits">
        Nobody here has this name, userName or externalId in this state. Take a filter away, or look
        for the beginning of the name.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="Nobody has arrived yet">
      Assign a person to the app in {idpInSentence(directory.provider)}; they stand here as soon as
      they are sent.
    </EmptyState>
  );
}
