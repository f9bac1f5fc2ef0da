import { expect, it } from 'vitest';
import { certificateTone } from './words.ts';

const now = Date.UTC(2026, 10, 24);

it.each([
  ['2026-11-23T00:00:00Z', 'danger'],
  ['2026-12-20T00:00:00Z', 'warning'],
  ['2027-01-20T00:00:00Z', 'plain'],
])('a certificate that ends on %s is %s', (end, tone) => {
  expect(certificateTone(end, now)).toBe(tone);
});
