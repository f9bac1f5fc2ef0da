import { expect, test } from 'vitest';
import { endsIn } from './days.ts';

test('what ends soon ends in minutes, hours, and from two days on in days', () => {
  const now = new Date('2026-11-24T10:00:00.000Z');
  const after = (minutes: number) => endsIn(new Date(now.getTime() + minutes * 60_000), now);
  expect([0.5, 12, 59.5, 60, 1439, 2879, 2880, 10_080].map(after)).toEqual([
    'in a moment',
    'in 12 min',
    'in 60 min',
    'in 1 h',
    'in 24 h',
    'in 48 h',
    'in 2 days',
    'in 7 days',
  ]);
});
