import { expect, it } from 'vitest';
import { certificateTone, hasComeThrough } from './words.ts';

const now = Date.UTC(2026, 10, 24);

it.each([
  ['2026-11-23T00:00:00Z', 'danger'],
  ['2026-12-20T00:00:00Z', 'warning'],
  ['2027-01-20T00:00:00Z', 'plain'],
])('a certificate that ends on %s is %s', (end, tone) => {
  expect(certificateTone(end, now)).toBe(tone);
});

it('somebody has come through a connection by an accepted sign-in of their own', () => {
  const attempt = {
    id: 'a1',
    at: '2026-11-23T00:00:00Z',
    purpose: 'sign_in',
    outcome: 'accepted',
    reason: null,
    detail: null,
    subject: 'ada@example.com',
    person: { id: 'u1', name: 'Ada Example' },
  } as const;
  const refused = { ...attempt, outcome: 'refused', person: { id: 'u2', name: 'Ben' } } as const;
  const seen = { lastTest: null, attempts: [attempt, refused] };
  expect(['u1', 'u2', 'u3'].filter((id) => hasComeThrough(seen, id))).toEqual(['u1']);
  const test = { ...attempt, person: { id: 'u3', name: 'Grace' }, attributes: [] };
  expect(hasComeThrough({ lastTest: test, attempts: [] }, 'u3')).toBe(true);
});
