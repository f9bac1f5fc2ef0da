import { expect, test } from 'vitest';
import { codeOf, createdUser, enterprise, filterOf, operationsOf } from '../../test/support.ts';
import { matches } from '../filter/matches.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import { everyProfile } from './quirk.ts';

test.each(everyProfile)('%s may look a person up by email, which is read as emails', (profile) => {
  const { document } = createdUser({ emails: [{ value: 'Ada@example.com' }] });
  const filter = filterOf('email eq "ada@example.com"', userResourceType, profile);
  expect(matches(filter, document)).toBe(true);
});

test('F-34 a group has no email in any spelling', () => {
  expect(codeOf(() => filterOf('email eq "a"', groupResourceType))).toBe('invalidFilter');
});

test.each(everyProfile)('%s may put a dot between an extension and its attribute', (profile) => {
  const operation = { op: 'Add', path: `${enterprise}.manager`, value: 'm' };
  const operations = operationsOf(userResourceType, profile, operation);
  const { document } = applyPatch(userResourceType, createdUser({}).document, operations, profile);
  expect(document[enterprise]).toEqual({ manager: { value: 'm' } });
});

test('P-10 what stands after the dot must be an attribute too', () => {
  const operation = { op: 'Add', path: `${enterprise}.bogus`, value: 'm' };
  expect(codeOf(() => operationsOf(userResourceType, 'generic', operation))).toBe('invalidPath');
});
