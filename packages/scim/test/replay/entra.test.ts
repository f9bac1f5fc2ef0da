import {
  applyPatch,
  groupResourceType,
  type JsonObject,
  type JsonValue,
  parsePatch,
  readResource,
  splitMemberOperations,
  userResourceType,
} from '@rollcall/scim';
import { describe, expect, test } from 'vitest';
import { enterprise, group, patchBody, user } from '../support.ts';

const created: JsonObject = {
  schemas: [user, enterprise],
  externalId: 'ada.l',
  userName: 'ada@example.com',
  active: 'True',
  displayName: 'Ada L',
  emails: [{ primary: true, type: 'work', value: 'ada@example.com' }],
  meta: { resourceType: 'User' },
  name: { formatted: 'Ada L', familyName: 'L', givenName: 'Ada' },
  [enterprise]: { department: 'R&D', employeeNumber: '0042', manager: 'u-1' },
  'urn:example:tenant:User': { badge: 1 },
  title: null,
  roles: [],
};

const ada = readResource(userResourceType, created, { mode: 'create', profile: 'entra' }).document;

function patch(...operations: readonly JsonValue[]): JsonObject {
  const parsed = parsePatch(userResourceType, patchBody(...operations), { profile: 'entra' });
  return applyPatch(userResourceType, ada, parsed.operations, 'entra').document;
}

describe('what Entra sends for a person', () => {
  test('A-02 A-03 A-16 U-25 create in its own dialect', () => {
    expect(ada).toMatchObject({
      schemas: [user, enterprise],
      active: true,
      [enterprise]: { department: 'R&D', employeeNumber: '0042', manager: { value: 'u-1' } },
    });
    expect(Object.keys(ada)).not.toContain('title');
  });

  test('P-03 P-34 updates with capitals, one operation an attribute', () => {
    const document = patch(
      { op: 'Replace', path: 'displayName', value: 'Ada K' },
      { op: 'Add', path: 'emails[type eq "home"].value', value: 'ada.k@example.com' },
      { op: 'Replace', path: 'addresses[type eq "work"].formatted', value: '7 Rue X' },
      { op: 'Add', path: 'addresses[type eq "work"].country', value: 'FR' },
      { op: 'Add', path: `${enterprise}:department`, value: 'Ops' },
      { op: 'Replace', path: 'active', value: 'False' },
    );
    expect(document).toMatchObject({
      displayName: 'Ada K',
      emails: [{ type: 'work' }, { type: 'home', value: 'ada.k@example.com' }],
      addresses: [{ type: 'work', formatted: '7 Rue X', country: 'FR' }],
      active: false,
      [enterprise]: { department: 'Ops' },
    });
  });

  test('P-25 Z-24 updates with dotted and qualified names under its compliance flag', () => {
    const value = {
      displayName: 'Ada K',
      'name.givenName': 'Augusta',
      [`${enterprise}:employeeNumber`]: '0043',
      [`${enterprise}:manager`]: '',
    };
    expect(patch({ op: 'replace', value })).toMatchObject({
      displayName: 'Ada K',
      name: { givenName: 'Augusta', familyName: 'L' },
      [enterprise]: { employeeNumber: '0043', department: 'R&D' },
    });
  });

  test('F-20 finds elements by booleans that are text', () => {
    const role = { primary: 'True', value: 'editor' };
    const document = patch(
      { op: 'Add', path: 'roles', value: [role] },
      { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'owner' },
    );
    expect(document.roles).toEqual([{ primary: true, value: 'owner' }]);
  });
});

describe('what Entra sends for a group', () => {
  const adUrn = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

  test('A-02 create with a second schema of its own', () => {
    const body = {
      schemas: [group, adUrn],
      externalId: 'o-1',
      displayName: 'Blue',
      meta: { resourceType: 'Group' },
    };
    const result = readResource(groupResourceType, body, { mode: 'create', profile: 'entra' });
    expect(result.document).toEqual({ schemas: [group], externalId: 'o-1', displayName: 'Blue' });
    expect(result.ignored).toEqual([adUrn]);
  });

  test('G-15 removes only the listed members, in both of its forms', () => {
    const body = patchBody(
      { op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u-1' }] },
      { op: 'remove', path: 'members[value eq "u-2"]' },
    );
    const { operations } = parsePatch(groupResourceType, body, { profile: 'entra' });
    expect(splitMemberOperations(operations).memberChanges).toEqual([
      { kind: 'remove', values: ['u-1'] },
      { kind: 'remove', values: ['u-2'] },
    ]);
  });
});
