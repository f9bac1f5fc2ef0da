import { describe, expect, test } from 'vitest';
import { expirationChosen, expirationDate, expirationHelp, expirations } from './expiration.ts';

const now = new Date('2026-11-24T10:42:00.000Z');
const dateOf = (expiration: (typeof expirations)[number]) =>
  expirationDate(expiration, now)?.toISOString().slice(0, 10);

describe('expiration of a token', () => {
  test('each choice ends when the server will end it, a year on the same day', () => {
    expect(expirations.map((one) => dateOf(one))).toEqual([
      '2026-12-24',
      '2027-02-22',
      '2027-05-23',
      '2027-11-24',
      '2028-11-24',
      undefined,
    ]);
  });

  test('each choice writes its date out', () => {
    expect(expirationHelp('1_year', now)).toBe('Until 24 Nov 2027.');
    expect(expirationChosen('1_year', now)).toBe('1 year, 24 Nov 2027');
  });

  test('no expiration promises a reminder', () => {
    expect(expirationHelp('none', now)).toBe('We will remind you once a year.');
    expect(expirationChosen('none', now)).toBe('No expiration');
  });
});
