import { expect, test } from 'vitest';
import { codeOf, createdUser, operationsOf } from '../../test/support.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { userResourceType } from '../schema/resource-types.ts';
import type { ClientProfile } from './quirk.ts';

function patchedEmails(profile: ClientProfile) {
  const operations = operationsOf(
    userResourceType,
    profile,
    { op: 'Replace', path: 'emails[type eq "work"].primary', value: 'True' },
    { op: 'Replace', path: 'emails[type eq "work"].value', value: 'ada@example.com' },
  );
  const { document } = createdUser({});
  return applyPatch(userResourceType, document, operations, profile).document.emails;
}

test('P-53 Z-26 Entra replaces parts of an element that is not there yet, and gets one element', () => {
  expect(patchedEmails('entra')).toEqual([
    { type: 'work', primary: true, value: 'ada@example.com' },
  ]);
});

test.each(['okta', 'entra', 'generic'] as const)(
  'P-34 %s adds to an element that is not there yet, and gets it',
  (profile) => {
    const operations = operationsOf(userResourceType, profile, {
      op: 'Add',
      path: 'phoneNumbers[type eq "mobile"].value',
      value: '+1-555-0100',
    });
    const { document } = applyPatch(
      userResourceType,
      createdUser({}).document,
      operations,
      profile,
    );
    expect(document.phoneNumbers).toEqual([{ type: 'mobile', value: '+1-555-0100' }]);
  },
);

test.each(['okta', 'generic'] as const)('P-53 %s gets noTarget', (profile) => {
  expect(codeOf(() => patchedEmails(profile))).toBe('noTarget');
});
