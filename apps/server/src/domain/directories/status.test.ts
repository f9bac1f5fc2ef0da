import { expect, test } from 'vitest';
import type { Schema } from '../../database/index.ts';
import { type HealthFacts, healthOf } from './status.ts';

const at = Date.parse('2026-11-24T10:00:00.000Z');
const hour = 3_600_000;

const token = (part: Partial<Schema['connector_tokens']> = {}): Schema['connector_tokens'] => ({
  id: '01a20ce4-f020-7d08-9f42-000000000001',
  directory_id: '01a20ce4-f020-7d08-9f42-6b1e5c0a88d3',
  digest: 'EXAMPLE-ONLY',
  last_four: 'k2Lm',
  access: 'read_write',
  created_at: at - hour,
  created_by: null,
  expires_at: null,
  retires_at: null,
  revoked_at: null,
  last_used_at: at - hour,
  ...part,
});

const usual: HealthFacts = {
  state: 'on',
  requirementsMet: true,
  tokens: [token()],
  peopleWaiting: 0,
  recent: { requests: 50, refused: 2, failed: 0 },
  at,
};

const health = (tokens: HealthFacts['tokens']) => healthOf({ ...usual, tokens });

test('a directory that was turned on again waits until its new token is used', () => {
  const before = token({ revoked_at: at - hour });
  expect(health([before, token({ last_used_at: null })])).toBe('waiting');
  expect(health([before, token()])).toBe('healthy');
});

test('a directory whose replaced token still works and is in use is healthy', () => {
  const old = token({ retires_at: at + hour });
  expect(health([old, token({ last_used_at: null })])).toBe('healthy');
});

test('a directory whose token was never used waits', () => {
  expect(health([token({ last_used_at: null })])).toBe('waiting');
});

test('a directory none of whose tokens was used for a week is silent, whoever else knocks', () => {
  const week = 7 * 24 * hour;
  expect(health([token({ last_used_at: at - week })])).toBe('healthy');
  expect(health([token({ last_used_at: at - week - 1 })])).toBe('silent');
  const revoked = token({ revoked_at: at - hour });
  expect(health([revoked, token({ last_used_at: at - week - 1 })])).toBe('silent');
});

test.each([
  [{ requests: 50, refused: 32, failed: 0 }, 'failing'],
  [{ requests: 10, refused: 4, failed: 1 }, 'failing'],
  [{ requests: 50, refused: 24, failed: 0 }, 'healthy'],
  [{ requests: 9, refused: 9, failed: 0 }, 'healthy'],
] as const)('a directory with %j in a day is %s', (recent, is) => {
  expect(healthOf({ ...usual, recent })).toBe(is);
});
