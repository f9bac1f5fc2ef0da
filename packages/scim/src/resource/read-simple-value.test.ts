import { describe, expect, test } from 'vitest';
import {
  codeOf,
  createdUser,
  enterprise,
  group,
  operationsOf,
  refusalOf,
} from '../../test/support.ts';
import { schemaDocuments } from '../message/discovery.ts';
import { applyPatch } from '../patch/apply-patch.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import { readResource } from './read-resource.ts';

const long = 'x'.repeat(801);

function createdGroup(members: object) {
  const body = { schemas: [group], displayName: 'Sales', ...members };
  return readResource(groupResourceType, body, { mode: 'create', profile: 'generic' });
}

describe('The length of a value', () => {
  test('C-11 is bounded where people are found by it, and the refusal names attribute, limit and length', () => {
    const refusal = refusalOf(() => createdUser({ userName: 'x'.repeat(31_000_000) }));
    expect([refusal.scimType, refusal.detail]).toEqual([
      'invalidValue',
      'userName has 31,000,000 characters; at most 800 are taken. Shorten it.',
    ]);
  });

  test.each([
    [{ displayName: long }, 'displayName'],
    [{ externalId: long }, 'externalId'],
    [{ emails: [{ value: long }] }, 'emails.value'],
    [{ [enterprise]: { manager: long } }, `${enterprise}:manager.value`],
    [{ title: 'x'.repeat(50_001) }, 'title'],
    [{ profileUrl: 'x'.repeat(1_048_577) }, 'profileUrl'],
  ])('C-11 is bounded in every part of a user (%#)', (members, path) => {
    expect(refusalOf(() => createdUser(members)).detail).toContain(`${path} has `);
  });

  test.each([{ displayName: long }, { externalId: long }, { members: [{ value: long }] }])(
    'C-11 is bounded in every part of a group (%#)',
    (members) => {
      expect(codeOf(() => createdGroup(members))).toBe('invalidValue');
    },
  );

  test('C-11 is bounded in PATCH, in the value and in the filter of a path', () => {
    const { document } = createdUser({});
    for (const operation of [
      { op: 'replace', path: 'userName', value: long },
      { op: 'add', value: { 'emails[type eq "work"].value': long } },
      { op: 'add', path: `emails[value eq "${long}"].type`, value: 'work' },
    ]) {
      const patched = () => {
        const operations = operationsOf(userResourceType, 'generic', operation);
        return applyPatch(userResourceType, document, operations, 'generic');
      };
      expect(codeOf(patched)).toBe('invalidValue');
    }
  });

  test('takes as much as the limits say, in any script', () => {
    const name = '名'.repeat(800);
    const { document } = createdUser({ userName: name, title: 'x'.repeat(50_000) });
    expect(document.userName).toBe(name);
    expect(createdGroup({ displayName: name }).document.displayName).toBe(name);
  });

  test('D-15 is no published characteristic', () => {
    const types = [userResourceType, groupResourceType];
    expect(JSON.stringify(schemaDocuments('https://example.com', types))).not.toContain(
      'maxLength',
    );
  });
});
