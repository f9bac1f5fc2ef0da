import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cursor, openCursor, sealCursor } from './cursor.ts';

const key = new Uint8Array(32).fill(7);
const anyCursor: fc.Arbitrary<Cursor> = fc.record({
  kind: fc.constantFrom('after', 'before'),
  place: fc.record({
    kind: fc.nat(1),
    ordinal: fc.nat(),
    id: fc.uuid(),
    key: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 800 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ),
  }),
  count: fc.nat(1_000),
  at: fc.nat(),
});

test('N-04 a cursor reads as it was written, and is of characters that an address takes', () => {
  fc.assert(
    fc.property(anyCursor, fc.string(), (cursor, question) => {
      const text = sealCursor(key, question, cursor);
      expect(text).toMatch(/^[A-Za-z0-9._~-]+$/);
      expect(openCursor(key, question, text)).toEqual(cursor);
    }),
  );
});

test('N-07 N-16 a changed character, another question and another directory’s key read nothing', () => {
  fc.assert(
    fc.property(anyCursor, fc.nat(), fc.constantFrom('A', 'z', '-', '!'), (cursor, at, other) => {
      const text = sealCursor(key, 'users', cursor);
      const place = at % text.length;
      const changed = text.slice(0, place) + other + text.slice(place + 1);
      if (changed !== text) expect(openCursor(key, 'users', changed)).toBeUndefined();
      expect(openCursor(key, 'groups', text)).toBeUndefined();
      expect(openCursor(new Uint8Array(32), 'users', text)).toBeUndefined();
      expect(openCursor(key, 'users', text.slice(0, place))).toBeUndefined();
    }),
  );
});

test.each(['', 'garbage', 'A'.repeat(100_000), 'a=b', '\u0000'])('N-07 %# is no cursor', (text) => {
  expect(openCursor(key, 'users', text)).toBeUndefined();
});
