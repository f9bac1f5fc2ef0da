import {
  applyPatch,
  groupResourceType,
  type JsonObject,
  parseJson,
  parsePatch,
  readResource,
  splitMemberOperations,
  userResourceType,
} from '@rollcall/scim';
import { describe, expect, test } from 'vitest';
import { enterprise, group, patchBody, user } from '../support.ts';

const created = `{
  "schemas": ["${user}"], "userName": "ada@example.com",
  "name": {"givenName": "Ada", "familyName": "Byron"},
  "emails": [{"primary": true, "value": "ada@example.com", "type": "work"}],
  "displayName": "Ada Byron", "locale": "en-US", "externalId": "00u1", "groups": [],
  "password": "k3nq9v2x", "active": true
}`;

function create(body: string): JsonObject {
  return readResource(userResourceType, parseJson(body), { mode: 'create', profile: 'okta' })
    .document;
}

function patch(document: JsonObject, value: JsonObject) {
  const body = patchBody({ op: 'replace', value });
  const { operations } = parsePatch(userResourceType, body, { profile: 'okta' });
  return applyPatch(userResourceType, document, operations, 'okta');
}

describe('what Okta sends for a person', () => {
  test('U-10 create keeps everything but the password and the empty groups', () => {
    expect(create(created)).toEqual({
      schemas: [user],
      externalId: '00u1',
      userName: 'ada@example.com',
      name: { givenName: 'Ada', familyName: 'Byron' },
      displayName: 'Ada Byron',
      locale: 'en-US',
      active: true,
      emails: [{ primary: true, value: 'ada@example.com', type: 'work' }],
    });
  });

  test('W-12 a PUT that echoes the GET changes nothing', () => {
    const current = create(created);
    const echo = { ...current, id: '1', meta: { version: 'W/"1"' }, groups: [{ value: 'g' }] };
    const options = { mode: 'replace', profile: 'okta', current } as const;
    expect(readResource(userResourceType, echo, options).document).toEqual(current);
  });

  test('U-08 deactivates and reactivates without a path', () => {
    const inactive = patch(create(created), { active: false });
    expect(inactive.document.active).toBe(false);
    expect(patch(inactive.document, { active: true }).document).toEqual(create(created));
    expect(patch(inactive.document, { active: false }).changed).toBe(false);
  });

  test('W-06 a PUT with emptied attributes clears them', () => {
    const current = create(created);
    const body = {
      ...current,
      displayName: '',
      locale: null,
      name: { givenName: '', familyName: 'Byron' },
    };
    const options = { mode: 'replace', profile: 'okta', current } as const;
    const { document } = readResource(userResourceType, body, options);
    expect(document).not.toHaveProperty('displayName');
    expect(document).not.toHaveProperty('locale');
    expect(document.name).toEqual({ familyName: 'Byron' });
  });

  test('U-22 U-23 the enterprise extension', () => {
    const body = JSON.parse(created);
    const values = {
      employeeNumber: '1042',
      department: 'R&D',
      manager: { value: 'm', displayName: 'J' },
    };
    const document = create(
      JSON.stringify({ ...body, schemas: [user, enterprise], [enterprise]: values }),
    );
    expect(document[enterprise]).toEqual({ ...values, manager: { value: 'm' } });
  });
});

describe('what Okta sends for a group', () => {
  test('G-01 create with empty members', () => {
    const body = { schemas: [group], displayName: 'Platform Team', members: [] };
    const result = readResource(groupResourceType, body, { mode: 'create', profile: 'okta' });
    expect(result.document).toEqual({ schemas: [group], displayName: 'Platform Team' });
    expect(result.memberChanges).toEqual([{ kind: 'removeAll' }]);
  });

  test('G-15 removes and adds in one request', () => {
    const body = patchBody(
      { op: 'remove', path: 'members[value eq "2f6c1d"]' },
      { op: 'add', path: 'members', value: [{ value: '9ab310', display: 'ada@example.com' }] },
    );
    const { operations } = parsePatch(groupResourceType, body, { profile: 'okta', id: 'g-71' });
    expect(splitMemberOperations(operations)).toEqual({
      memberChanges: [
        { kind: 'remove', values: ['2f6c1d'] },
        { kind: 'add', values: ['9ab310'], claimedTypes: new Map() },
      ],
      rest: [],
    });
  });

  test('P-16 renames without a path and with the id of the group', () => {
    const body = patchBody({ op: 'replace', value: { id: 'g-71', displayName: 'New name' } });
    const { operations, ignored } = parsePatch(groupResourceType, body, {
      profile: 'okta',
      id: 'g-71',
    });
    expect(operations).toMatchObject([{ op: 'replace', value: 'New name' }]);
    expect(ignored).toEqual([]);
  });
});
