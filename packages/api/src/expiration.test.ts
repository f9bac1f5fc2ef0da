import { describe, expect, it } from 'vitest';
import { expiryOf } from './expiration.ts';

describe('When a token ends', () => {
  it.each([
    ['30_days', '2026-11-24T10:42:00.000Z', '2026-12-24T10:42:00.000Z'],
    ['90_days', '2026-11-24T10:42:00.000Z', '2027-02-22T10:42:00.000Z'],
    ['180_days', '2026-11-24T10:42:00.000Z', '2027-05-23T10:42:00.000Z'],
    ['1_year', '2026-11-24T10:42:00.000Z', '2027-11-24T10:42:00.000Z'],
    ['2_years', '2026-11-24T10:42:00.000Z', '2028-11-24T10:42:00.000Z'],
    ['1_year', '2027-03-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
    ['1_year', '2028-02-29T23:59:59.999Z', '2029-02-28T23:59:59.999Z'],
    ['2_years', '2028-02-29T00:00:00.000Z', '2030-02-28T00:00:00.000Z'],
    ['1_year', '2026-12-31T23:59:59.999Z', '2027-12-31T23:59:59.999Z'],
  ] as const)('%s from %s is %s', (expiration, at, end) => {
    expect(new Date(expiryOf(expiration, Date.parse(at))).toISOString()).toBe(end);
  });

  it('has no answer for one without an end', () => {
    expect(expiryOf('none', 0)).toBeNull();
  });
});
