import { expect, it } from 'vitest';
import { GatheredRequests } from './gathered-requests.ts';
import type { LoggedRequest } from './record.ts';

function started() {
  const lines: LoggedRequest[] = [];
  const add = (line: LoggedRequest) => {
    lines.push(line);
    return undefined;
  };
  const unproven = new GatheredRequests({ add }, 'without a valid token');
  const send = (directoryId: string, at: number) => {
    void unproven.add(directoryId, at, () => lineOf(directoryId, at));
  };
  return { lines, unproven, send };
}

function lineOf(directoryId: string, at: number): LoggedRequest {
  return {
    directory_id: directoryId,
    id: `${directoryId}-${at}`,
    account_id: 'a1',
    at,
    method: 'GET',
    path: '/Users',
    operation: 'List users',
    outcome: 'refused',
    status: 401,
    duration_us: 1,
    token_id: null,
    subject_id: null,
    subject_name: null,
    explanation: 'missing_token',
    detail: 'The request had no token.',
    request_headers: '{}',
    request_body: null,
    response_body: null,
    difference: null,
  };
}

it('writes ten lines a minute and directory, the last of which says how many more came', () => {
  const { lines, unproven, send } = started();
  for (let at = 0; at < 5_010; at += 1) send('d1', at);
  send('d2', 0);
  expect(lines).toHaveLength(10);
  unproven.close();
  expect(lines.filter(({ directory_id }) => directory_id === 'd1')).toHaveLength(10);
  expect(lines.at(-1)?.detail).toBe(
    '5,000 more requests without a valid token came within a minute and got no line. The request had no token.',
  );
});

it('begins again with the next minute, and then writes what the last one had left', () => {
  const { lines, unproven, send } = started();
  for (let at = 0; at < 11; at += 1) send('d1', at);
  send('d1', 60_000);
  expect(lines.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 60_000]);
  expect(lines[9]?.detail).toMatch(/^1 more request without/);
  unproven.close();
  expect(lines).toHaveLength(11);
});

it('says nothing of more where no more came', () => {
  const { lines, unproven, send } = started();
  for (let at = 0; at < 10; at += 1) send('d1', at);
  unproven.close();
  expect(lines).toHaveLength(10);
  expect(lines.every(({ detail }) => detail === 'The request had no token.')).toBe(true);
});
