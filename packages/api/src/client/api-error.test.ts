import { describe, expect, it } from 'vitest';
import { ApiError, toApiError } from './api-error.ts';

const problem = {
  type: 'about:blank',
  title: 'Forbidden',
  status: 403,
  detail: 'This needs the role owner.',
  code: 'forbidden',
  requestId: 'req_1',
  neededRoles: ['owner'],
} as const;

describe('toApiError', () => {
  it('carries the code, the words and the request id of problem details', () => {
    const error = toApiError(403, problem, null);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: 'forbidden',
      status: 403,
      detail: 'This needs the role owner.',
      requestId: 'req_1',
      neededRoles: ['owner'],
      fields: [],
    });
  });

  it('says that an answer could not be read, when something else answered in the server’s place', () => {
    for (const body of [undefined, null, 'Bad Gateway', { error: 'x' }, { code: 1, detail: 'x' }]) {
      const error = toApiError(502, body, 'req_2');
      expect(error.code).toBe('unreadable');
      expect(error.detail).toContain('502');
      expect(error.requestId).toBe('req_2');
    }
  });
});
