import { describe, expect, test } from 'vitest';
import { ada, patched, plain } from '../../test/patched-ada.ts';
import { createdUser, enterprise, user } from '../../test/support.ts';
import type { JsonValue } from '../json/json-value.ts';

describe('applyPatch: extensions', () => {
  const path = `${enterprise}:department`;

  test('P-13 P-14 lists the extension in schemas exactly while it has values', () => {
    const { document } = patched(ada, [{ op: 'add', path, value: 'R&D' }]);
    expect(document.schemas).toEqual([user, enterprise]);
    const back = patched(document, [{ op: 'remove', path }]).document;
    expect(back.schemas).toEqual([user]);
    expect(back).toEqual(ada);
  });

  test('P-12 a bare URN stands for the whole extension', () => {
    const value = { department: 'R&D', MANAGER: 'm', bogus: 1 };
    const { document } = patched(ada, [{ op: 'replace', path: enterprise.toUpperCase(), value }]);
    expect(document[enterprise]).toEqual({ department: 'R&D', manager: { value: 'm' } });
    expect(patched(document, [{ op: 'remove', path: enterprise }]).document).toEqual(ada);
    expect(patched(document, [{ op: 'replace', path: enterprise, value: null }]).document).toEqual(
      ada,
    );
    expect(patched(ada, [{ op: 'add', value: { [enterprise]: value } }]).document).toEqual(
      document,
    );
  });

  test.each<[JsonValue]>([['u-9'], [{ value: 'u-9' }], [[{ $ref: 'Users/u-9', value: 'u-9' }]]])(
    'U-25 Z-08 sets the manager from %j',
    (value) => {
      const { document } = patched(ada, [{ op: 'Add', path: `${enterprise}:manager`, value }]);
      expect(document[enterprise]).toEqual({ manager: { value: 'u-9' } });
    },
  );

  test('U-24 sets the manager by the URI', () => {
    const document = createdUser({ [enterprise]: { manager: 'm' } }).document;
    const operation = { op: 'replace', path: `${enterprise}:manager.$ref`, value: 'Users/u-9' };
    expect(patched(document, [operation]).document[enterprise]).toEqual({
      manager: { value: 'u-9' },
    });
  });

  test.each([[''], [null]])('U-25 removes the manager by %j', (value) => {
    const document = createdUser({ [enterprise]: { manager: 'm' } }).document;
    expect(patched(document, [{ op: 'Replace', path: 'manager', value }]).document).toEqual(plain);
  });
});
