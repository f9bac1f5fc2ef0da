import { expect, test } from 'vitest';
import { codeOf, patchBody } from '../../test/support.ts';
import { parsePatch } from '../patch/parse-patch.ts';
import { userResourceType } from '../schema/resource-types.ts';

const body = patchBody(
  { op: 'Add', path: 'favoriteColor', value: 'red' },
  { op: 'Add', path: 'emails[type eq "work"].note', value: 'x' },
  { op: 'Add', path: 'urn:example:custom:User:badge', value: '7' },
  { op: 'Add', path: 'title', value: 'CTO' },
);

test.each(['okta', 'entra'] as const)('P-10 %s loses only what nobody knows', (profile) => {
  const { operations, ignored } = parsePatch(userResourceType, body, { profile });
  expect(operations).toMatchObject([{ op: 'add', value: 'CTO' }]);
  expect(ignored).toEqual([
    'favoriteColor',
    'emails[type eq "work"].note',
    'urn:example:custom:User:badge',
  ]);
});

test('P-10 a generic client gets invalidPath', () => {
  expect(codeOf(() => parsePatch(userResourceType, body, { profile: 'generic' }))).toBe(
    'invalidPath',
  );
});

test.each(['okta', 'entra', 'generic'] as const)(
  'P-09 a malformed path is refused for %s',
  (profile) => {
    const malformed = patchBody({ op: 'remove', path: 'a..b' });
    expect(codeOf(() => parsePatch(userResourceType, malformed, { profile }))).toBe('invalidPath');
  },
);
