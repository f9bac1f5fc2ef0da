import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FirstPlaces } from './first-places.ts';
import { ascending, byCreation, descending, type Place, type Range } from './place.ts';

const anyPlaces: fc.Arbitrary<Place[]> = fc.uniqueArray(
  fc.record({
    kind: fc.nat(1),
    ordinal: fc.nat(40),
    id: fc.stringMatching(/^[a-f]{3}$/),
    key: fc.constantFrom('a', 'b', '\u{1F600}', '\uFB01', null),
  }),
  { selector: ({ id }) => id, maxLength: 60 },
);

test('N-19 O-09 keeps what a page needs, however the places arrive', () => {
  fc.assert(
    fc.property(
      anyPlaces,
      fc.constantFrom(ascending, descending),
      fc.nat(12),
      fc.nat(70),
      fc.constantFrom('index', 'after', 'before'),
      fc.integer({ min: 1, max: 9 }),
      (places, order, count, at, kind, size) => {
        const sorted = places.toSorted(order);
        const place = sorted[at % Math.max(1, sorted.length)];
        const range: Range =
          kind === 'index' || place === undefined ? { kind: 'index', skip: at } : { kind, place };
        const first = new FirstPlaces(order, range, count);
        for (let from = 0; from < places.length; from += size) {
          first.add(places.slice(from, from + size));
        }
        expect(first.page()).toEqual(expectedPage(sorted, range, count));
      },
    ),
  );
});

test('L-11 passes over windows of the order of creation without being given what is in them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.nat(70),
      fc.nat(12),
      fc.boolean(),
      (total, at, count, isIndex) => {
        const sorted = Array.from(
          { length: total },
          (_, ordinal): Place => ({ kind: 0, ordinal, id: String(ordinal), key: null }),
        );
        const place = sorted[at % total];
        const range: Range =
          isIndex || place === undefined ? { kind: 'index', skip: at } : { kind: 'after', place };
        const first = new FirstPlaces(byCreation, range, count);
        for (let from = 0; from < total; from += 7) {
          const window = sorted.slice(from, from + 7);
          const bounds = { kind: 0, first: from, last: from + 6 };
          if (!first.passOver(window.length, bounds)) first.add(window);
        }
        expect(first.page()).toEqual(expectedPage(sorted, range, count));
        if (range.kind === 'after') expect(first.inRange).toBe(total - 1 - range.place.ordinal);
      },
    ),
  );
});

function expectedPage(sorted: readonly Place[], range: Range, count: number): Place[] {
  if (range.kind === 'index') return sorted.slice(range.skip, range.skip + count);
  const at = sorted.indexOf(range.place);
  return range.kind === 'after'
    ? sorted.slice(at + 1, at + 1 + count)
    : sorted.slice(Math.max(0, at - count), at);
}
