import type { Milestone } from '@rollcall/api';
import { expect, test } from 'vitest';
import { milestoneLines, newTicks } from './milestone.ts';

const milestone = (kind: Milestone['kind'], at: string | null, name?: string): Milestone => ({
  kind,
  at,
  requestId: null,
  subject: name ? { id: 'x', name } : null,
});

test('the first thing that has not happened is waited for, even when later ones have', () => {
  const lines = milestoneLines([
    milestone('connection_tested', '2026-11-24T10:42:07.000Z'),
    milestone('first_user', '2026-11-24T10:47:31.000Z'),
    milestone('first_profile_update', null),
    milestone('first_group', '2026-11-24T10:50:00.000Z'),
  ]);
  expect(lines.map(({ label, state }) => [label, state])).toEqual([
    ['Connection tested', 'done'],
    ['First user', 'done'],
    ['First profile update', 'waiting'],
    ['First group', 'done'],
    ['First deactivation', 'ahead'],
  ]);
});

test('only what has newly ticked is announced, with its name', () => {
  const before = [milestone('connection_tested', '2026-11-24T10:42:07.000Z')];
  const after = [...before, milestone('first_user', '2026-11-24T10:47:31.000Z', 'Ada Example')];
  expect(newTicks(before, after)).toEqual(['First user: Ada Example']);
  expect(newTicks(after, after)).toEqual([]);
});
