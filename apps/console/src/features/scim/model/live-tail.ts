/** Rows of a live list: what stands on the page, and what has come since and waits to be let in. */
export type Tail<Row extends { id: string }> = {
  shown: readonly Row[];
  pending: readonly Row[];
  /** More has come than one answer holds: letting it in starts the list anew. */
  gap: boolean;
  /** Where the rows after the last one shown begin. */
  nextCursor: string | null;
};

/** One answer of the first page, newest first. */
export type TailPage<Row extends { id: string }> = {
  items: readonly Row[];
  nextCursor: string | null;
};

/** Beyond this many rows the list starts anew, so that a night of traffic does not fill a forgotten tab. */
export const longestTail = 200;

/** A tail that shows exactly one answer. */
export function startTail<Row extends { id: string }>(page: TailPage<Row>): Tail<Row> {
  return { shown: page.items, pending: [], gap: false, nextCursor: page.nextCursor };
}

/**
 * Takes in a newer answer. While `hold` is true (paused, or a pointer or the focus is on the rows) nothing that is
 * shown moves: what is new waits and is counted.
 */
export function receive<Row extends { id: string }>(
  tail: Tail<Row>,
  page: TailPage<Row>,
  hold: boolean,
): Tail<Row> {
  const known = new Set([...tail.pending, ...tail.shown].map(({ id }) => id));
  const fresh = page.items.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return hold ? tail : release(tail);
  if (!hold && tail.shown.length + fresh.length > longestTail) return startTail(page);
  const overlaps = fresh.length < page.items.length || page.nextCursor === null;
  const waiting: Tail<Row> = overlaps
    ? { ...tail, pending: [...fresh, ...tail.pending] }
    : { ...tail, pending: fresh, gap: true, nextCursor: page.nextCursor };
  return hold ? waiting : release(waiting);
}

/** Lets what waits in, at the top. */
export function release<Row extends { id: string }>(tail: Tail<Row>): Tail<Row> {
  if (tail.pending.length === 0) return tail;
  const shown = tail.gap ? tail.pending : [...tail.pending, ...tail.shown];
  return { shown, pending: [], gap: false, nextCursor: tail.nextCursor };
}

/** The chip's words: “3 new”, “50 or more new”. */
export function pendingLabel<Row extends { id: string }>({ pending, gap }: Tail<Row>): string {
  return gap ? `${pending.length} or more new` : `${pending.length} new`;
}
