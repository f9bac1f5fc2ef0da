import type { OrdinalWindow } from './counts.ts';
import { orderTowards, type Place, type PlaceOrder, type Range } from './place.ts';

/**
 * Keeps of all places that it is given those that a page needs, however they arrive. A batch costs what it and the page are
 * long, so that no step takes long.
 */
export class FirstPlaces {
  readonly #order: PlaceOrder;
  readonly #range: Range;
  readonly #count: number;
  #skip: number;
  #kept: Place[] = [];
  #inRange = 0;

  constructor(order: PlaceOrder, range: Range, count: number) {
    this.#order = orderTowards(range, order);
    this.#range = range;
    this.#skip = range.kind === 'index' ? range.skip : 0;
    this.#count = count;
  }

  add(batch: readonly Place[]): void {
    const order = this.#order;
    const limit = this.#skip + this.#count;
    const inRange = batch.filter((place) => this.#isInRange(place));
    this.#inRange += inRange.length;
    if (limit === 0) return;
    const last = this.#kept.length < limit ? undefined : this.#kept.at(-1);
    const wanted = inRange.filter((place) => last === undefined || order(place, last) < 0);
    if (wanted.length === 0) return;
    wanted.sort(order);
    this.#kept = merged(this.#kept, wanted, order, limit);
  }

  /**
   * Passes over places of the order of creation that come after all that were given so far: those of one kind whose ordinals
   * lie in a window. False where one of them may be on the page; they are then to be given.
   */
  passOver(places: number, window: OrdinalWindow & { readonly kind: number }): boolean {
    if (places === 0) return true;
    const { kind, first, last } = window;
    if (this.#range.kind === 'before') {
      const { place } = this.#range;
      return kind > place.kind || (kind === place.kind && first >= place.ordinal);
    }
    if (this.#range.kind === 'after') {
      const { place } = this.#range;
      if (kind < place.kind || (kind === place.kind && last <= place.ordinal)) return true;
      if (kind === place.kind && first <= place.ordinal) return false;
    }
    if (this.#kept.length >= this.#skip + this.#count) {
      this.#inRange += places;
      return true;
    }
    if (this.#range.kind === 'after') return false;
    if (this.#kept.length > 0 || places > this.#skip) return false;
    this.#skip -= places;
    return true;
  }

  /** How many of all that were given lie in the range: on the page or beyond it. */
  get inRange(): number {
    return this.#inRange;
  }

  /** The places of the page, in the order of the list. */
  page(): Place[] {
    if (this.#range.kind === 'index') return this.#kept.slice(this.#skip);
    return this.#range.kind === 'before' ? this.#kept.toReversed() : this.#kept;
  }

  #isInRange(place: Place): boolean {
    return this.#range.kind === 'index' || this.#order(place, this.#range.place) > 0;
  }
}

function merged(kept: Place[], more: readonly Place[], order: PlaceOrder, limit: number): Place[] {
  const [first] = more;
  const last = kept.at(-1);
  if (first === undefined || last === undefined || order(last, first) <= 0) {
    // What arrives in the order of the list is only added.
    for (const place of more) {
      if (kept.length >= limit) break;
      kept.push(place);
    }
    return kept;
  }
  const result: Place[] = [];
  let left = 0;
  let right = 0;
  while (result.length < limit) {
    const one = kept[left];
    const other = more[right];
    if (one === undefined && other === undefined) break;
    if (other === undefined || (one !== undefined && order(one, other) <= 0)) {
      if (one !== undefined) result.push(one);
      left += 1;
    } else {
      result.push(other);
      right += 1;
    }
  }
  return result;
}
