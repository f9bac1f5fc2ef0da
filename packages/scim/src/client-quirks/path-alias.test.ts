import { expect, test } from 'vitest';
import { codeOf, createdUser, enterprise, filterOf, operationsOf } from '../../test/support.ts';
import { matches } from '../filter/matches.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { userResourceType } from '../schema/resource-types.ts';

test('Okta may look a person up by email, which is read as emails', () => {
  const { document } = createdUser({ emails: [{ value: 'Ada@example.com' }] });
  const filter = filterOf('email eq "ada@example.com"', userResourceType, 'okta');
  expect(matches(filter, document)).toBe(true);
});

test.each(['entra', 'generic'] as const)('F-34 email is no attribute for %s', (profile) => {
  expect(codeOf(() => filterOf('email eq "a"', userResourceType, profile))).toBe('invalidFilter');
});

test('Entra may put a dot between an extension and its attribute', () => {
  const operation = { op: 'Add', path: `${enterprise}.manager`, value: 'm' };
  const operations = operationsOf(userResourceType, 'entra', operation);
  const { document } = applyPatch(userResourceType, createdUser({}).document, operations, 'entra');
  expect(document[enterprise]).toEqual({ manager: { value: 'm' } });
  expect(codeOf(() => operationsOf(userResourceType, 'generic', operation))).toBe('invalidPath');
});
