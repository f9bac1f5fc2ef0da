import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../../../components/button.tsx';
import { type ExportFormat, ExportMenu } from '../../../components/export-menu.tsx';
import { Icon } from '../../../components/icon.tsx';
import { FilterSelect, SearchField, Toolbar } from '../../../components/toolbar.tsx';
import { defined } from '../../../routes/search-params.ts';
import { operations } from '../model/operation.ts';
import { type RequestSearch, rangeNames, ranges } from '../model/request-search.ts';
import { outcomeNames, outcomeWords } from '../model/request-text.ts';

const outcomes = outcomeNames.map((value) => ({ value, label: outcomeWords[value] }));
const times = rangeNames.map((value) => ({ value, label: ranges[value].label }));
const operationOptions = operations.map((value) => ({ value, label: value }));
const statuses = [
  '200',
  '201',
  '204',
  '400',
  '401',
  '403',
  '404',
  '409',
  '413',
  '415',
  '429',
  '500',
].map((value) => ({ value, label: value }));

/** Search, filters, live and export of the request log. All of it stands in the URL, but for *Live*. */
export function RequestsToolbar({
  search,
  exportOf,
  live,
  onLive,
  news,
  onNews,
}: {
  search: RequestSearch;
  /** Where the log as it is filtered now is downloaded from. */
  exportOf: (format: ExportFormat) => string;
  live: boolean;
  /** Absent on older pages, where nothing comes in. */
  onLive: (() => void) | undefined;
  /** “3 new”: what waits to be let in. It stands here and not above the rows, which must not move. */
  news: string | undefined;
  onNews: () => void;
}) {
  const navigate = useNavigate({ from: '/app/enterprise/scim/$directoryId/requests' });
  const filter = (change: { [Key in keyof RequestSearch]: RequestSearch[Key] | undefined }) =>
    void navigate({
      replace: true,
      search: ({ cursor: _, ...now }) => defined({ ...now, ...change }),
    });
  return (
    <Toolbar
      end={
        <>
          <span role="status">
            {news && (
              <Button size="sm" onClick={onNews}>
                {news}
              </Button>
            )}
          </span>
          {onLive && <LiveButton live={live} onToggle={onLive} />}
          <ExportMenu hrefOf={exportOf} />
        </>
      }
    >
      <SearchField
        label="Search requests"
        placeholder="Name, userName, externalId"
        value={search.search ?? ''}
        onSearch={(text) => filter({ search: text || undefined })}
      />
      <FilterSelect
        label="Time"
        value={search.time}
        options={times}
        onChange={(time) => filter({ time })}
      />
      <FilterSelect
        label="Outcome"
        value={search.outcome}
        options={outcomes}
        onChange={(outcome) => filter({ outcome })}
      />
      <Optional shown={search.operation !== undefined}>
        <FilterSelect
          label="Operation"
          value={search.operation}
          options={operationOptions}
          onChange={(operation) => filter({ operation })}
        />
      </Optional>
      <Optional shown={search.status !== undefined}>
        <FilterSelect
          label="Status"
          value={search.status?.toString()}
          options={statuses}
          onChange={(status) => filter({ status: status ? Number(status) : undefined })}
        />
      </Optional>
      {search.subjectId && (
        <Button size="sm" onClick={() => filter({ subjectId: undefined })}>
          One person or group
          <Icon name="close" className="size-3.5" />
          <span className="sr-only">Show all</span>
        </Button>
      )}
    </Toolbar>
  );
}

/** A filter that gives way where there is little room, unless it is set. */
function Optional({ shown, children }: { shown: boolean; children: ReactNode }) {
  return (
    <span className={shown ? 'contents' : 'contents @max-[34rem]/page:hidden'}>{children}</span>
  );
}

function LiveButton({ live, onToggle }: { live: boolean; onToggle: () => void }) {
  return (
    <Button size="sm" aria-pressed={live} onClick={onToggle}>
      <Icon name={live ? 'pause' : 'play'} />
      <span className="max-tablet:sr-only">Live</span>
    </Button>
  );
}
