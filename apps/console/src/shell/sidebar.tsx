import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useId } from 'react';
import { homeQuery } from '../api/account.ts';
import { StatusMark } from '../components/status-mark.tsx';
import { isAdministrator, useAccount } from './account.ts';
import { type NavigationGroup, navigationFor } from './navigation.ts';
import { isBelow, type NavigationNote, navigationNotes } from './navigation-notes.ts';

type Notes = ReturnType<typeof navigationNotes>;

/** The pages of the console in two groups: one's own, and *Enterprise Controls*. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const { id, role } = useAccount();
  const home = useQuery({ ...homeQuery(id), enabled: isAdministrator(role) });
  const groups = navigationFor(role);
  const entries = groups.flatMap((group) => group.entries.map(({ to }) => to));
  const notes = navigationNotes(home.data?.attention ?? [], entries);
  return (
    <nav aria-label="Pages" className="text-sm">
      {groups.map((group) => (
        <Group key={group.title ?? ''} group={group} notes={notes} onNavigate={onNavigate} />
      ))}
    </nav>
  );
}

function Group({
  group,
  notes,
  onNavigate,
}: {
  group: NavigationGroup;
  notes: Notes;
  onNavigate: (() => void) | undefined;
}) {
  const id = useId();
  const { pathname } = useLocation();
  return (
    <>
      {group.title && (
        <h2 id={id} className="mt-6 mb-1 px-2 text-xs font-medium text-ink-3">
          {group.title}
        </h2>
      )}
      <ul aria-labelledby={group.title && id}>
        {group.entries.map(({ label, to }) => (
          <li key={label}>
            <Link
              to={to}
              onClick={onNavigate}
              aria-current={isBelow(pathname, to) ? 'page' : undefined}
              activeProps={{ 'aria-current': 'page' }}
              className="relative flex min-h-7.5 items-center justify-between gap-2 rounded-md px-2 text-ink-2 no-underline hover:bg-hover hover:text-ink hover:no-underline focus-visible:rounded-md aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:before:absolute aria-[current=page]:before:inset-y-1.5 aria-[current=page]:before:-left-3 aria-[current=page]:before:w-0.5 aria-[current=page]:before:bg-accent"
            >
              {label}
              <Note note={notes.get(to)} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function Note({ note }: { note: NavigationNote | undefined }) {
  if (!note) return null;
  return (
    <span className="inline-flex items-center gap-1 text-xs font-normal text-ink-3">
      <StatusMark mark={note.severity} />
      {note.count}
      <span className="sr-only">{note.count === 1 ? 'thing needs you' : 'things need you'}</span>
    </span>
  );
}
