import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useAccount } from './account.ts';
import { type NavigationGroup, navigationFor } from './navigation.ts';

/** The pages of the console in two groups: one's own, and *Enterprise Controls*. */
export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  const { role } = useAccount();
  return (
    <nav aria-label="Pages" className="text-sm">
      {navigationFor(role).map((group) => (
        <Group key={group.title ?? ''} group={group} onNavigate={onNavigate} />
      ))}
    </nav>
  );
}

function Group({
  group,
  onNavigate,
}: {
  group: NavigationGroup;
  onNavigate: (() => void) | undefined;
}) {
  const id = useId();
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
              activeProps={{ 'aria-current': 'page' }}
              className="relative flex min-h-7.5 items-center justify-between gap-2 rounded-md px-2 text-ink-2 no-underline hover:bg-hover hover:text-ink hover:no-underline focus-visible:rounded-md aria-[current=page]:bg-active aria-[current=page]:font-medium aria-[current=page]:text-ink aria-[current=page]:before:absolute aria-[current=page]:before:inset-y-1.5 aria-[current=page]:before:-left-3 aria-[current=page]:before:w-0.5 aria-[current=page]:before:bg-accent"
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
