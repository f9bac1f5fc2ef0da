import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantKey } from './instant.ts';

describe('instantKey', () => {
  test.each([
    ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000Z'],
    ['2024-01-01T02:00:00+02:00', '2024-01-01T00:00:00Z'],
    ['2023-12-31T19:00:00-05:00', '2024-01-01T00:00:00Z'],
    ['2024-01-01T00:00:00', '2024-01-01T00:00:00Z'],
    ['2024-01-01T00:00:00.120Z', '2024-01-01T00:00:00.12Z'],
  ])('F-21 %s is the same instant as %s', (left, right) => {
    expect(instantKey(left)).toBe(instantKey(right));
  });

  test.each([
    '2024-01-01',
    '12:00:00',
    '2024-13-01T00:00:00Z',
    '2024-02-30T00:00:00Z',
    '2024-01-01T25:00:00Z',
    '2024-01-01T00:00:00+15:00',
    '2024-01-01 00:00:00Z',
    'yesterday',
    '',
  ])('A-17 refuses %j', (text) => {
    expect(instantKey(text)).toBeUndefined();
  });

  test('F-17 keys sort as time does', () => {
    const time = fc.integer({ min: Date.UTC(1, 0), max: Date.UTC(9999, 11) });
    fc.assert(
      fc.property(time, time, (left, right) => {
        const [a, b] = [left, right].map((at) => instantKey(new Date(at).toISOString()) ?? '');
        expect(Math.sign(left - right)).toBe(String(a) < String(b) ? -1 : a === b ? 0 : 1);
      }),
    );
  });

  test('F-21 fractions finer than a millisecond still count', () => {
    const [a, b] = ['.0000001Z', '.0000002Z'].map((end) => instantKey(`2024-01-01T00:00:00${end}`));
    expect(String(a) < String(b)).toBe(true);
  });
});
