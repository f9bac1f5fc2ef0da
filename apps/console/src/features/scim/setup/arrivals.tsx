import type { Milestone } from '@rollcall/api';
import { cx } from '../../../components/class-names.ts';
import { formatClock, formatDate } from '../../../components/format.ts';
import { Section } from '../../../components/section.tsx';
import { type Mark, StatusMark } from '../../../components/status-mark.tsx';
import { useDirectory } from '../directory/context.ts';
import { calendarDaysUntil } from '../model/days.ts';
import { type MilestoneLine, milestoneLines } from '../model/milestone.ts';
import { GroupLink, PersonLink, RequestLink } from '../parts/links.tsx';

const marks: Record<MilestoneLine['state'], Mark> = {
  done: 'ok',
  waiting: 'waiting',
  ahead: 'todo',
};

/** What the request was that ticked a line: it names the link, so that each has a name of its own. */
const requestWords: Record<Milestone['kind'], string> = {
  connection_tested: 'first request',
  first_user: 'create user',
  first_profile_update: 'update user',
  first_group: 'create group',
  first_deactivation: 'deactivate user',
};

/** What has arrived from the IdP so far; it ticks by itself. Ticks are announced by the page. */
export function Arrivals() {
  const { directory } = useDirectory();
  return (
    <Section title="What has arrived" aside>
      <ol>
        {milestoneLines(directory.milestones).map((line) => (
          <li
            key={line.kind}
            className="relative grid grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 pb-4 text-sm not-last:before:absolute not-last:before:top-5 not-last:before:bottom-0.5 not-last:before:left-[7.5px] not-last:before:w-px not-last:before:bg-line-strong"
          >
            <StatusMark mark={marks[line.state]} size="md" className="mt-0.5" />
            <div>
              <b className={cx(line.state === 'ahead' && 'font-normal text-ink-2')}>{line.label}</b>
              <p className="text-xs text-ink-2">
                <ArrivalDetail line={line} />
              </p>
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function ArrivalDetail({ line }: { line: MilestoneLine }) {
  const { milestone } = line;
  if (!milestone?.at) {
    return line.state === 'waiting' ? 'Waiting. This list updates by itself.' : 'Not yet';
  }
  const { at, subject, requestId, kind } = milestone;
  const today = calendarDaysUntil(at, new Date()) === 0;
  const SubjectLink = kind === 'first_group' ? GroupLink : PersonLink;
  return (
    <>
      {today ? formatClock(at) : formatDate(at)}
      {subject && (
        <>
          {' · '}
          <SubjectLink id={subject.id}>{subject.name}</SubjectLink>
        </>
      )}
      {requestId && (
        <>
          {' · '}
          <RequestLink id={requestId}>{requestWords[kind]}</RequestLink>
        </>
      )}
    </>
  );
}
