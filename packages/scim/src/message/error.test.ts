import { describe, expect, test } from 'vitest';
import { ScimError, scimError, toErrorBody } from './error.ts';

describe('ScimError', () => {
  test('E-01 is written with its status as text', () => {
    expect(toErrorBody(scimError('uniqueness', 'The name is taken.'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      scimType: 'uniqueness',
      detail: 'The name is taken.',
    });
  });

  test('E-01 leaves scimType out where the status has none', () => {
    expect(toErrorBody(new ScimError(404, 'Gone.'))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '404',
      detail: 'Gone.',
    });
  });

  test.each([
    ['invalidFilter', 400],
    ['tooMany', 400],
    ['uniqueness', 409],
    ['mutability', 400],
    ['invalidSyntax', 400],
    ['invalidPath', 400],
    ['noTarget', 400],
    ['invalidValue', 400],
    ['invalidVers', 400],
    ['sensitive', 403],
    ['invalidCursor', 400],
    ['expiredCursor', 400],
    ['invalidCount', 400],
  ] as const)('E-04 %s is told by %i', (scimType, status) => {
    expect(toErrorBody(scimError(scimType, 'x'))).toMatchObject({
      scimType,
      status: String(status),
    });
  });

  test('E-04 refuses a scimType with a status that is not its own', () => {
    expect(() => new ScimError(400, 'x', 'uniqueness')).toThrow(RangeError);
    expect(() => new ScimError(409, 'x', 'invalidValue')).toThrow(RangeError);
    expect(() => new ScimError(200, 'x')).toThrow(RangeError);
    expect(new ScimError(403, 'x', 'sensitive').scimType).toBe('sensitive');
  });

  test('keeps its cause out of the answer', () => {
    const error = new ScimError(500, 'Failed.', undefined, { cause: new Error('secret') });
    expect(JSON.stringify(toErrorBody(error))).not.toContain('secret');
  });
});
