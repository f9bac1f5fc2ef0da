import type { RequestEntry } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { type Column, rowLinkClass, Table } from '../../../components/table.tsx';
import { durationText, requestShape } from '../model/request-text.ts';
import { SubjectLink } from '../parts/links.tsx';
import { OutcomeBadge } from '../parts/outcome-badge.tsx';

const columns: readonly Column<RequestEntry>[] = [
  {
    id: 'time',
    header: 'Time',
    place: 'meta',
    sortable: true,
    cell: ({ at }) => <RelativeTime at={at} className="text-ink-2" />,
  },
  {
    id: 'operation',
    header: 'Operation',
    place: 'main',
    cell: ({ id, operation }) => (
      <Link
        to="."
        search={({ person: _p, group: _g, ...now }) => ({ ...now, request: id })}
        resetScroll={false}
        className={rowLinkClass}
      >
        {operation}
      </Link>
    ),
  },
  {
    id: 'request',
    header: 'Request',
    place: 'extra',
    className: 'min-w-44 wrap-anywhere',
    cell: (entry) => <code className="text-xs text-ink-3">{requestShape(entry)}</code>,
  },
  {
    id: 'about',
    header: 'About',
    place: 'meta',
    cell: ({ subject }) => subject && <SubjectLink subject={subject} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    place: 'end',
    cell: ({ outcome }) => <OutcomeBadge outcome={outcome} />,
  },
  {
    id: 'status',
    header: 'Status',
    place: 'meta',
    numeric: true,
    cell: ({ status }) => status,
  },
  {
    id: 'duration',
    header: 'Duration',
    place: 'meta',
    numeric: true,
    cell: ({ durationMs }) => durationText(durationMs),
  },
];

/** Rows of the log; bars while the first answer is awaited. */
export function RequestsTable({
  requests,
  current,
}: {
  requests: readonly RequestEntry[] | undefined;
  current: string | undefined;
}) {
  return (
    <Table
      caption="Requests, newest first"
      columns={columns}
      rows={requests ?? []}
      keyOf={({ id }) => id}
      sort={{ by: 'time', direction: 'descending' }}
      current={current}
      loadingRows={requests ? undefined : 12}
    />
  );
}
