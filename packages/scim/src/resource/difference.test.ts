import { expect, test } from 'vitest';
import { enterprise, user } from '../../test/support.ts';
import { userResourceType } from '../schema/resource-types.ts';
import { difference } from './difference.ts';

test('difference names the attributes that changed, by their paths', () => {
  const before = {
    schemas: [user],
    userName: 'ada',
    title: 'Engineer',
    name: { givenName: 'Ada', familyName: 'Byron' },
    emails: [{ value: 'a' }],
  };
  const after = {
    schemas: [user, enterprise],
    userName: 'ada',
    name: { givenName: 'Augusta', familyName: 'Byron' },
    emails: [{ value: 'a' }, { value: 'b' }],
    [enterprise]: { manager: { value: 'm' } },
  };
  expect(difference(userResourceType, before, after)).toEqual([
    { path: 'name.givenName', before: 'Ada', after: 'Augusta' },
    { path: 'title', before: 'Engineer', after: undefined },
    { path: 'emails', before: before.emails, after: after.emails },
    { path: `${enterprise}:manager.value`, before: undefined, after: 'm' },
  ]);
});

test('difference finds nothing between equal resources, whatever the order of their members', () => {
  const left = { userName: 'a', name: { givenName: 'A', familyName: 'B' } };
  const right = { name: { familyName: 'B', givenName: 'A' }, userName: 'a' };
  expect(difference(userResourceType, left, right)).toEqual([]);
});
