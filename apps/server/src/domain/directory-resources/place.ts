import { compareSortKeys, compareText, type SortKey } from '@rollcall/scim';

/** Where a resource stands in a list: what it is ordered by, and what tells it from those that are equal in that. */
export interface Place {
  /** Of its kind among the kinds that the list spans. */
  readonly kind: number;
  readonly ordinal: number;
  readonly id: string;
  /** Null where the list is not sorted, too. */
  readonly key: SortKey;
}

/** Negative where one place comes before the other. */
export type PlaceOrder = (one: Place, other: Place) => number;

/** The order of creation, one kind after the other. */
export const byCreation: PlaceOrder = (one, other) =>
  one.kind - other.kind || one.ordinal - other.ordinal;

/** By the sort key; the id settles ties, so that pages never overlap (O-09). */
export const ascending: PlaceOrder = (one, other) =>
  compareSortKeys(one.key, other.key) || compareText(one.id, other.id);

/** The exact mirror of {@link ascending}: what has no value comes first (O-05). */
export const descending: PlaceOrder = (one, other) => ascending(other, one);

/** Which part of a list is wanted. */
export type Range =
  | { readonly kind: 'index' /** Places before the part. */; readonly skip: number }
  | { readonly kind: 'after' | 'before'; readonly place: Place };

/** The same order, seen from the end where what comes before a place is wanted. */
export function orderTowards(range: Range, order: PlaceOrder): PlaceOrder {
  return range.kind === 'before' ? (one, other) => order(other, one) : order;
}
