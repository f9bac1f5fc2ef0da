import fc from 'fast-check';
import { expect, test } from 'vitest';
import { day } from './duration.ts';
import { instantOf, isoText } from './instant.ts';

/** The furthest moments that `Date` can tell, UTC milliseconds. */
const furthest = 8.64e15;

test('writes every moment as Date does, whatever was written before it', () => {
  const moment = fc.integer({ min: -furthest, max: furthest });
  const near = fc.integer({ min: Date.UTC(2026, 10, 23), max: Date.UTC(2026, 10, 26) });
  fc.assert(
    fc.property(fc.array(fc.oneof(moment, near)), (moments) => {
      expect(moments.map(isoText)).toEqual(moments.map((at) => new Date(at).toISOString()));
    }),
  );
});

test.each([furthest + day, -furthest - day, Number.NaN, Number.POSITIVE_INFINITY])(
  'refuses %d, as Date does',
  (at) => {
    expect(() => isoText(at)).toThrow(RangeError);
  },
);

test('a moment that never was stays null', () => {
  expect(instantOf(null)).toBeNull();
});
