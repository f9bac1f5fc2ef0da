import { expect, test } from 'vitest';
import { group, patchBody } from '../../test/support.ts';
import { parsePatch } from '../patch/parse-patch.ts';
import { splitMemberOperations } from '../patch/split-membership.ts';
import { readResource } from '../resource/read-resource.ts';
import { groupResourceType } from '../schema/resource-types.ts';
import type { ClientProfile } from './quirk.ts';

function changesOfPut(profile: ClientProfile, members: object) {
  const body = { schemas: [group], displayName: 'Blue', ...members };
  return readResource(groupResourceType, body, { mode: 'replace', profile, current: {} })
    .memberChanges;
}

function changesOfPatch(profile: ClientProfile) {
  const body = patchBody({ op: 'replace', value: { displayName: 'Blue', members: null } });
  return splitMemberOperations(parsePatch(groupResourceType, body, { profile }).operations)
    .memberChanges;
}

test.each(['okta', 'entra'] as const)(
  'G-17 %s keeps members that it does not mention',
  (profile) => {
    expect(changesOfPut(profile, {})).toEqual([]);
    expect(changesOfPut(profile, { members: null })).toEqual([]);
    expect(changesOfPatch(profile)).toEqual([]);
    expect(changesOfPut(profile, { members: [] })).toEqual([{ kind: 'removeAll' }]);
  },
);

test('G-17 W-06 a generic client empties the group', () => {
  expect(changesOfPut('generic', {})).toEqual([{ kind: 'removeAll' }]);
  expect(changesOfPut('generic', { members: null })).toEqual([{ kind: 'removeAll' }]);
  expect(changesOfPatch('generic')).toEqual([{ kind: 'removeAll' }]);
});
