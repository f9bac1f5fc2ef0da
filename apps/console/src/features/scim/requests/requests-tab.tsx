import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { requestsQuery } from '../../../api/directory.ts';
import { streamUrl } from '../../../api/request.ts';
import { formatCount } from '../../../components/format.ts';
import { useDirectory } from '../directory/context.ts';
import { usePublishRows } from '../directory/row-order.ts';
import { pendingLabel } from '../model/live-tail.ts';
import { isFiltered, rangeStart } from '../model/request-search.ts';
import { CursorPages } from '../parts/cursor-pages.tsx';
import { LoadError } from '../parts/load-error.tsx';
import { HoldArea } from './hold-area.tsx';
import { NoRequests } from './no-requests.tsx';
import { RequestsTable } from './requests-table.tsx';
import { RequestsToolbar } from './requests-toolbar.tsx';
import { useLiveTail } from './use-live-tail.ts';

/** The request log, newest first and live. */
export function RequestsTab() {
  const { ref } = useDirectory();
  const {
    request,
    person: _p,
    group: _g,
    ...search
  } = useSearch({
    from: '/app/enterprise/scim/$directoryId/requests',
  });
  const [paused, setPaused] = useState(false);
  const [held, setHeld] = useState(false);
  const { time, cursor } = search;
  // A range begins where it began when it was chosen, so that pages of one list fit together.
  const since = useMemo(() => rangeStart(time, new Date()), [time]);
  const filters = {
    search: search.search,
    outcome: search.outcome,
    operation: search.operation,
    status: search.status,
    subjectId: search.subjectId,
    from: since,
  };
  const { data, error, refetch, isPlaceholderData } = useQuery(
    requestsQuery(ref, { ...filters, cursor }),
  );
  const listKey = JSON.stringify([filters, cursor]);
  const { tail, letIn } = useLiveTail(
    isPlaceholderData ? undefined : data,
    listKey,
    paused || held,
  );
  // After an error there is no answer to this question, only rows of the one before.
  const rows = error && !data ? undefined : tail?.shown;
  usePublishRows(rows?.map(({ id }) => id) ?? []);
  return (
    <div>
      <h2 className="sr-only">Requests</h2>
      <RequestsToolbar
        search={search}
        exportOf={(format) => streamUrl('requestExport', ref, { ...filters, format })}
        live={cursor === undefined && !paused}
        onLive={cursor === undefined ? () => setPaused(!paused) : undefined}
        news={tail && tail.pending.length > 0 ? pendingLabel(tail) : undefined}
        onNews={letIn}
      />
      {error && !rows ? (
        <LoadError what="The requests" error={error} onRetry={refetch} />
      ) : (
        <HoldArea onHold={setHeld} busy={isPlaceholderData}>
          {rows?.length === 0 ? (
            <NoRequests filtered={isFiltered(search)} more={tail?.nextCursor !== null} />
          ) : (
            <RequestsTable requests={rows} current={request} />
          )}
          <CursorPages
            shown={formatCount(rows?.length ?? 0, 'request on this page', 'requests on this page')}
            cursor={cursor}
            nextCursor={tail?.nextCursor}
          />
        </HoldArea>
      )}
    </div>
  );
}
