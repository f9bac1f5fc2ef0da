import { useSyncExternalStore } from 'react';
import { formatDate, formatExact, formatRelative } from './format.ts';

const tick = 15_000;
let now = new Date();
let timer: number | undefined;
const listeners = new Set<() => void>();

/** One clock for all the times on a page; it stands still while none is shown. */
function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= window.setInterval(advance, tick);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

function advance() {
  now = new Date();
  for (const listener of listeners) listener();
}

function readNow(): Date {
  // Without a running clock the last tick may be long ago.
  if (timer === undefined && Date.now() - now.getTime() > tick) now = new Date();
  return now;
}

/** The present moment, moving on every 15 seconds. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, readNow);
}

/** “3 min ago”, and on hover to the second with the zone. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const clock = useNow();
  // A moment that came after the last tick is not in the future.
  const moment = new Date(at);
  const reference = new Date(Math.max(clock.getTime(), Math.min(moment.getTime(), Date.now())));
  return (
    <time dateTime={at} title={formatExact(at)} className={className}>
      {formatRelative(moment, reference)}
    </time>
  );
}

/** “24 Nov 2026”, and on hover to the second with the zone. */
export function ExactDate({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatExact(at)}>
      {formatDate(at)}
    </time>
  );
}
