import type { Place } from '../../domain/directory-resources/index.ts';

/** How long the end of a page is remembered, in milliseconds: what an IdP needs to take a page in. */
const KEPT = 300_000;
/** Ends of pages that one process remembers. */
const LIMIT = 4_096;

/** Where a page ended: its place, or at least who was last on it. */
export type PageEnd = Place | { readonly id: string };

/**
 * Remembers where the pages of a list by index ended. An index counts those who are there: whoever goes on with it after somebody
 * of an earlier page was deleted would pass over as many people, and an IdP takes who is missing for gone. A walk that asks for
 * the next index goes on after the end of its last page instead. Each process remembers its own; where it does not know, the
 * index is all that there is.
 */
export class Walks {
  readonly #ends = new Map<string, { readonly end: PageEnd; readonly at: number }>();

  /** Notes that the page before an index ended here. */
  note(list: string, nextIndex: number, end: PageEnd, now: number): void {
    const key = `${nextIndex} ${list}`;
    // A key that is set again moves to the end, so that the first one is the oldest.
    this.#ends.delete(key);
    this.#ends.set(key, { end, at: now });
    if (this.#ends.size <= LIMIT) return;
    const [oldest] = this.#ends.keys();
    if (oldest !== undefined) this.#ends.delete(oldest);
  }

  /** Where the page before an index ended; undefined where nobody remembers. */
  endBefore(list: string, index: number, now: number): PageEnd | undefined {
    const known = this.#ends.get(`${index} ${list}`);
    return known !== undefined && now - known.at <= KEPT ? known.end : undefined;
  }
}
