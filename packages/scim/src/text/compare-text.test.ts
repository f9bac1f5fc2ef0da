import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareText } from './compare-text.ts';

test('O-04 texts are ordered as their UTF-8 bytes are', () => {
  const bytes = new TextEncoder();
  const text = fc.string({ unit: 'binary', maxLength: 6 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const expected = Buffer.compare(bytes.encode(left), bytes.encode(right));
      expect(Math.sign(compareText(left, right))).toBe(expected);
    }),
  );
  expect(compareText('\u{1f600}', '\ufb01')).toBeGreaterThan(0);
});
