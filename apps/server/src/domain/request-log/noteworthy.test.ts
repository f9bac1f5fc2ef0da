import { expect, it } from 'vitest';
import type { RequestLine } from './list.ts';
import { gather } from './noteworthy.ts';

const line = (id: string, explanation: string | null): RequestLine => ({
  id,
  at: 0,
  method: 'POST',
  path: '/Users',
  operation: 'Create user',
  outcome: 'refused',
  status: 403,
  duration_us: 1,
  token_id: null,
  subject_id: null,
  subject_name: null,
  explanation,
  detail: null,
});

it('refusals for one reason are one event, at the newest, with a true count', () => {
  const lines = [
    line('5', 'seats_exhausted'),
    line('4', 'user_unknown'),
    line('3', 'seats_exhausted'),
  ];
  expect(
    gather(lines, false).map(({ line: { id }, times, atLeast }) => [id, times, atLeast]),
  ).toEqual([
    ['5', 2, false],
    ['4', 1, false],
  ]);
  expect(gather(lines, true).map(({ atLeast }) => atLeast)).toEqual([true, false]);
});
