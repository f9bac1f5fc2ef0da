import type { Noteworthy } from '@rollcall/api';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { EmptyState } from '../../../components/states.tsx';
import { StatusMark } from '../../../components/status-mark.tsx';
import { RequestLink } from '../parts/links.tsx';
import { SubjectSentence } from '../parts/subject-sentence.tsx';

const words = { warning: 'Warning: ', danger: 'Failed: ' } as const;

/** What is worth knowing, in words, newest first. */
export function NoteworthyList({ events }: { events: readonly Noteworthy[] }) {
  if (events.length === 0) {
    return (
      <EmptyState title="Nothing yet">
        Whoever is created, put into a team or deactivated will stand here in words.
      </EmptyState>
    );
  }
  return (
    <ol className="border-t border-line">
      {events.map((event) => (
        <NoteworthyLine key={event.id} event={event} />
      ))}
    </ol>
  );
}

function NoteworthyLine({ event }: { event: Noteworthy }) {
  const { severity } = event;
  return (
    <li className="grid grid-cols-[0.875rem_minmax(0,1fr)_auto] items-baseline gap-x-3 border-b border-line py-[9px] text-sm tablet:grid-cols-[5rem_0.875rem_minmax(0,1fr)_auto]">
      <RelativeTime
        at={event.at}
        className="col-start-3 row-start-1 text-xs text-ink-3 tablet:col-start-1 tablet:text-sm"
      />
      {severity !== 'plain' && (
        <StatusMark
          mark={severity}
          className="col-start-1 row-start-1 mt-[3px] self-start tablet:col-start-2"
        />
      )}
      <span
        className={
          severity === 'plain'
            ? 'col-span-2 col-start-1 row-start-1 wrap-anywhere tablet:col-span-1 tablet:col-start-3'
            : 'col-start-2 row-start-1 wrap-anywhere tablet:col-start-3'
        }
      >
        {severity !== 'plain' && <span className="sr-only">{words[severity]}</span>}
        <SubjectSentence sentence={event.sentence} subject={event.subject} />{' '}
        <span className="text-ink-2">{event.detail}</span>
      </span>
      {event.requestId && (
        <span className="max-tablet:hidden tablet:col-start-4">
          <RequestLink id={event.requestId}>Request</RequestLink>
        </span>
      )}
    </li>
  );
}
