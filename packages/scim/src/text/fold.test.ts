import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold } from './fold.ts';

describe('fold', () => {
  test.each([
    ['I-01 case', 'ADA@Example.COM', 'ada@example.com'],
    ['I-04 composition', 'E\u0301cole', 'école'],
    ['I-04 composition that exists in lower case only', 'H\u0331', '\u1e96'],
    ['I-04 no Turkish rule', 'ID', 'id'],
    ['I-01 sharp s stays apart from ss', 'Straße', 'straße'],
    ['I-05 letters outside the basic plane', '\u{10400}', '\u{10428}'],
  ])('%s', (_, text, expected) => {
    expect(fold(text)).toBe(expected);
  });

  test('I-01 folding again changes nothing, for every character', () => {
    const changing: string[] = [];
    for (let code = 0; code < 0x11_0000; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const once = fold(String.fromCodePoint(code));
      if (fold(once) !== once) changing.push(code.toString(16));
    }
    expect(changing).toEqual([]);
  });

  test('I-04 composed and decomposed text fold to the same key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(fold(text.normalize('NFD'))).toBe(fold(text.normalize('NFC')));
      }),
    );
  });
});
