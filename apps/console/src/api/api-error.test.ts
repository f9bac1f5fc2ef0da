import { ApiError, toApiError, unreachable } from '@rollcall/api/client';
import { describe, expect, it } from 'vitest';
import { describeError, fieldError, isNotFound, isUnauthenticated } from './api-error.ts';

const problem = {
  type: 'about:blank',
  title: 'Forbidden',
  status: 403,
  detail: 'This needs the role owner.',
  code: 'forbidden',
  requestId: 'req_1',
  neededRoles: ['owner'],
} as const;

it('tells a session that has ended from everything else', () => {
  expect(
    isUnauthenticated(toApiError(401, { ...problem, status: 401, code: 'unauthenticated' }, null)),
  ).toBe(true);
  expect(isUnauthenticated(toApiError(403, problem, null))).toBe(false);
  expect(isUnauthenticated(unreachable())).toBe(false);
  expect(isUnauthenticated(new Error('unauthenticated'))).toBe(false);
});

it('finds the message of one field', () => {
  const error = toApiError(
    400,
    {
      ...problem,
      status: 400,
      code: 'invalid_request',
      fields: [{ path: ['email'], message: 'Not an address.' }],
    },
    null,
  );
  expect(fieldError(error, 'email')).toBe('Not an address.');
  expect(fieldError(error, 'name')).toBeUndefined();
  expect(fieldError(new Error('x'), 'email')).toBeUndefined();
});

it('shows nothing of a defect of the console itself', () => {
  expect(describeError(new TypeError('x is not a function')).detail).not.toContain('function');
});

describe('isNotFound', () => {
  const about = (code: 'not_found' | 'invalid_request' | 'forbidden', path: string) =>
    new ApiError({ code, status: 400, detail: '', fields: [{ path: [path], message: '' }] });

  it('holds for what is gone and for an address whose id is none', () => {
    expect(isNotFound(about('not_found', 'code'))).toBe(true);
    expect(isNotFound(about('invalid_request', 'teamId'))).toBe(true);
  });

  it('does not hold for a form that was refused, or for what may not be seen', () => {
    expect(isNotFound(about('invalid_request', 'name'))).toBe(false);
    expect(isNotFound(about('forbidden', 'teamId'))).toBe(false);
    expect(isNotFound(undefined)).toBe(false);
  });
});
