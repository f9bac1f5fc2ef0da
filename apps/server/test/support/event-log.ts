import type { DatabaseEvent, DatabaseObserver } from '../../src/database/index.ts';

/** Collects what a database did, so that tests can count statements, rows and COMMITs. */
export interface EventLog {
  readonly observer: DatabaseObserver;
  /** The events of one kind since the last `clear`, in their order. */
  of<K extends DatabaseEvent['kind']>(kind: K): Extract<DatabaseEvent, { readonly kind: K }>[];
  clear(): void;
}

/** A log to open a database with: `open({ observer: log.observer })`. */
export function eventLog(): EventLog {
  const events: DatabaseEvent[] = [];
  return {
    observer: (event) => {
      events.push(event);
    },
    of<K extends DatabaseEvent['kind']>(kind: K) {
      return events.filter(
        (event): event is Extract<DatabaseEvent, { readonly kind: K }> => event.kind === kind,
      );
    },
    clear() {
      events.length = 0;
    },
  };
}
