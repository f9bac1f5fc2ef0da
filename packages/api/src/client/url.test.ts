import { expect, it } from 'vitest';
import { fillPath, queryString } from './url.ts';

it('puts parameters into a path and escapes them', () => {
  expect(fillPath('/accounts/:accountId/teams/:teamId', { accountId: 'a', teamId: 'b/c?' })).toBe(
    '/accounts/a/teams/b%2Fc%3F',
  );
});

it('refuses to call a path with a hole in it', () => {
  expect(() => fillPath('/teams/:teamId', {})).toThrow(TypeError);
});

it('leaves out of the query what is not set', () => {
  expect(queryString({ search: 'ada b', cursor: undefined, state: '', limit: 50 })).toBe(
    '?search=ada+b&limit=50',
  );
  expect(queryString({ cursor: undefined })).toBe('');
});
