import type { RequestDetail, RequestEntry } from '@rollcall/api';
import { describe, expect, test } from 'vitest';
import {
  durationText,
  newestOfOnlyFailures,
  prettyBody,
  requestShape,
  stepsOf,
  supportText,
} from './request-text.ts';

const id = '01a40572-1e5c-7000-8000-000000000001';
const userId = '01a20d71-0000-7000-8000-00000000c41e';

const entry = (part: Partial<RequestEntry> = {}): RequestEntry => ({
  id,
  at: '2027-03-02T08:51:58.204Z',
  operation: 'Update user',
  method: 'PUT',
  path: `/Users/${userId}`,
  subject: { id: userId, name: 'Ada Sample', kind: 'person' },
  outcome: 'refused',
  status: 409,
  durationMs: 11.4,
  ...part,
});

const detail = (part: Partial<RequestDetail> = {}): RequestDetail => ({
  ...entry(),
  headline: 'Okta could not change the userName of Ada Sample',
  explanation: {
    why: 'Ada Sample cannot have the userName ada@example.com: it is taken.',
    whatToChange: '1. Give Ada Sample another userName.\n2. Press Retry Selected.',
  },
  detail: null,
  difference: [],
  effects: [],
  token: null,
  request: { headers: {}, body: null },
  response: { body: null },
  curl: '',
  ...part,
});

describe('a request in words', () => {
  test('its shape hides ids and values', () => {
    expect(requestShape(entry())).toBe('PUT /Users/{id}');
    expect(
      requestShape({ method: 'GET', path: '/Users?filter=userName%20eq%20"ada@example.com"' }),
    ).toBe('GET /Users?filter=…');
  });

  test('durations have units', () => {
    expect([0.6, 11.4, 1234].map(durationText)).toEqual(['1 ms', '11 ms', '1.2 s']);
  });

  test('bodies are set for reading; text stays text', () => {
    expect(prettyBody({ a: 1 })).toBe('{\n  "a": 1\n}');
    expect(prettyBody('not json')).toBe('not json');
    expect(prettyBody(null)).toBeUndefined();
  });

  test('what to change becomes steps, however it is numbered', () => {
    expect(stepsOf('1. Do this.\n2) Then that.')).toEqual(['Do this.', 'Then that.']);
    expect(stepsOf('Do this.')).toEqual(['Do this.']);
  });
});

describe('the text for support', () => {
  test('it holds id, time, outcome and explanation', () => {
    const text = supportText(detail());
    expect(text).toContain(`Request: ${id}`);
    expect(text).toContain('Time: 2027-03-02T08:51:58.204Z');
    expect(text).toContain('Outcome: refused, status 409, 11 ms');
  });

  test('it holds no name and no address', () => {
    const text = supportText(
      detail({ path: '/Users?filter=userName eq "ada@example.com"', method: 'GET' }),
    );
    expect(text).not.toMatch(/Ada|ada@|example\.com/);
    expect(text).toContain(`${userId} cannot have the userName ‹address›`);
  });
});

describe('the last hour', () => {
  test('is worth explaining only when all of it went wrong', () => {
    const newest = entry({ id: 'newest', outcome: 'failed' });
    expect(newestOfOnlyFailures([newest, entry()])?.id).toBe('newest');
    expect(newestOfOnlyFailures([newest, entry({ outcome: 'unchanged' })])).toBeUndefined();
    expect(newestOfOnlyFailures([])).toBeUndefined();
  });
});
