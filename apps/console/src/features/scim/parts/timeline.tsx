import type { TimelineEntry } from '@rollcall/api';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { RequestLink } from './links.tsx';

const stateWords: Record<NonNullable<TimelineEntry['state']>, string | undefined> = {
  applied: undefined,
  held: 'Held',
  waiting: 'Waits',
  refused: 'Refused',
  undone: 'Undone',
};

/** What happened to a record, newest first, each with the request that caused it. */
export function Timeline({
  entries,
  linked = true,
}: {
  entries: readonly TimelineEntry[];
  /** Without links where the entries stand in the very request that caused them. */
  linked?: boolean;
}) {
  if (entries.length === 0) return <p className="text-sm text-ink-2">Nothing has happened yet.</p>;
  return (
    <ol className="border-t border-line text-sm">
      {entries.map((entry) => (
        <li key={entry.id} className="flex gap-3 border-b border-line py-2">
          <RelativeTime at={entry.at} className="w-20 flex-none text-ink-3" />
          <span className="min-w-0 flex-1 wrap-anywhere">
            {entry.sentence} <TimelineDetail entry={entry} />
          </span>
          {linked && entry.request && (
            <span className="flex-none">
              <RequestLink id={entry.request.id}>Request</RequestLink>
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function TimelineDetail({ entry }: { entry: TimelineEntry }) {
  const word = entry.state && stateWords[entry.state];
  const text = [word && `${word}.`, entry.detail].filter(Boolean).join(' ');
  return <span className="text-ink-2">{text}</span>;
}
