import type { TimelineEntry } from '@rollcall/api';
import { Link } from '@tanstack/react-router';
import { RelativeTime } from '../../components/relative-time.tsx';
import { type Mark, StatusMark } from '../../components/status-mark.tsx';

const states: Record<
  NonNullable<TimelineEntry['state']>,
  { mark: Mark; word: string } | undefined
> = {
  // What is merely normal has no mark.
  applied: undefined,
  held: { mark: 'held', word: 'Held' },
  waiting: { mark: 'waiting', word: 'Waiting' },
  refused: { mark: 'refused', word: 'Refused' },
  undone: { mark: 'off', word: 'Undone' },
};

/** What happened, newest first: time, sentence, consequence, and the request that caused it. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  if (entries.length === 0) {
    return <p className="text-sm text-ink-2">Nothing has happened yet.</p>;
  }
  return (
    <ol className="border-t border-line">
      {entries.map((entry) => (
        <TimelineLine key={entry.id} entry={entry} />
      ))}
    </ol>
  );
}

function TimelineLine({ entry }: { entry: TimelineEntry }) {
  const state = entry.state ? states[entry.state] : undefined;
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 border-b border-line py-2.5 text-sm tablet:grid-cols-[5.5rem_minmax(0,1fr)_auto]">
      <RelativeTime
        at={entry.at}
        className="col-start-2 row-start-1 text-ink-3 max-tablet:text-xs tablet:col-start-1"
      />
      <div className="col-start-1 row-start-1 min-w-0 wrap-anywhere tablet:col-start-2">
        {state && (
          <span className="mr-2 inline-flex items-center gap-1 align-top">
            <StatusMark mark={state.mark} />
            {state.word}
          </span>
        )}
        {entry.sentence}
        {entry.detail && <span className="text-ink-2"> {entry.detail}</span>}
      </div>
      {entry.request && (
        <Link
          to="/app/enterprise/scim/$directoryId/requests"
          params={{ directoryId: entry.request.directoryId }}
          search={{ request: entry.request.id }}
          className="max-tablet:col-start-1 tablet:col-start-3"
        >
          Request
        </Link>
      )}
    </li>
  );
}
