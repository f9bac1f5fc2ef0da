import { useSyncExternalStore } from 'react';

type Announcement = { text: string; count: number };

let current: Announcement = { text: '', count: 0 };
const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Says a short sentence to people who use a screen reader: “Copied”, “Saved”, “First user: done”. */
export function announce(text: string): void {
  current = { text, count: current.count + 1 };
  for (const listener of listeners) listener();
}

/** Where announcements are spoken. Stands once, at the root of the page. */
export function LiveRegion() {
  const { text, count } = useSyncExternalStore(subscribe, () => current);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {/* A new element each time, so that the same sentence is spoken again. */}
      <span key={count}>{text}</span>
    </div>
  );
}
