import { describe, expect, test } from 'vitest';
import { codeOf, group, operationsOf } from '../../test/support.ts';
import type { JsonValue } from '../json/json-value.ts';
import { groupResourceType } from '../schema/resource-types.ts';
import { applyPatch } from './apply-patch.ts';
import { splitMemberOperations } from './split-membership.ts';

function split(...operations: readonly JsonValue[]) {
  return splitMemberOperations(operationsOf(groupResourceType, 'entra', ...operations));
}

const none = new Map();

describe('splitMemberOperations', () => {
  test.each<[string, JsonValue, unknown]>([
    [
      'Okta adds members',
      {
        op: 'add',
        path: 'members',
        value: [
          { value: 'a', display: 'ada@example.com' },
          { value: 'b', display: null },
        ],
      },
      { kind: 'add', values: ['a', 'b'], claimedTypes: none },
    ],
    [
      'Entra adds a member',
      { op: 'Add', path: 'members', value: [{ $ref: null, value: 'a' }] },
      { kind: 'add', values: ['a'], claimedTypes: none },
    ],
    [
      'P-29 a single object',
      { op: 'add', path: 'members', value: { value: 'a', type: 'User' } },
      { kind: 'add', values: ['a'], claimedTypes: new Map([['a', 'User']]) },
    ],
    [
      'G-12 the same member twice',
      { op: 'add', path: 'members', value: [{ value: 'a' }, { value: 'a' }, { value: 'A' }] },
      { kind: 'add', values: ['a', 'A'], claimedTypes: none },
    ],
    [
      'Okta removes a member',
      { op: 'remove', path: 'members[value eq "a"]' },
      { kind: 'remove', values: ['a'] },
    ],
    [
      'several joined by or',
      { op: 'remove', path: 'members[value eq "a" or value eq "b" or (value eq "c")]' },
      { kind: 'remove', values: ['a', 'b', 'c'] },
    ],
    [
      'G-15 Entra removes listed members',
      { op: 'Remove', path: 'members', value: [{ value: 'a' }, { value: 'b', $ref: null }] },
      { kind: 'remove', values: ['a', 'b'] },
    ],
    [
      'G-15 listed by bare ids',
      { op: 'remove', path: 'members', value: ['a'] },
      { kind: 'remove', values: ['a'] },
    ],
    [
      'Z-14 an empty list',
      { op: 'remove', path: 'members', value: [] },
      { kind: 'remove', values: [] },
    ],
    ['G-14 all members', { op: 'remove', path: 'members' }, { kind: 'removeAll' }],
    ['G-16 an empty group', { op: 'replace', path: 'members', value: [] }, { kind: 'removeAll' }],
    [
      'G-16 an exact list',
      { op: 'replace', path: 'members', value: [{ value: 'a' }] },
      { kind: 'replace', values: ['a'], claimedTypes: none },
    ],
    [
      'Okta pushes an empty group',
      { op: 'replace', value: { members: [] } },
      { kind: 'removeAll' },
    ],
    [
      'another filter',
      { op: 'remove', path: 'members[type eq "Group"]' },
      { kind: 'removeWhere', filter: expect.objectContaining({ kind: 'compare', value: 'Group' }) },
    ],
    [
      'members of one kind among ids',
      { op: 'remove', path: 'members[value eq "a" and type eq "Group"]' },
      { kind: 'removeWhere', filter: expect.objectContaining({ kind: 'and' }) },
    ],
  ])('G-14 G-15 G-16 reads %s', (_, operation, change) => {
    expect(split(operation)).toEqual({ memberChanges: [change], rest: [] });
  });

  test('P-05 keeps the order of changes and hands the rest on', () => {
    const { memberChanges, rest } = split(
      { op: 'remove', path: 'members[value eq "a"]' },
      { op: 'replace', value: { id: 'g', displayName: 'New', members: [{ value: 'b' }] } },
      { op: 'add', path: 'members', value: [{ value: 'c' }] },
    );
    expect(memberChanges.map(({ kind }) => kind)).toEqual(['remove', 'replace', 'add']);
    const document = { schemas: [group], displayName: 'Old' };
    expect(applyPatch(groupResourceType, document, rest, 'entra').document).toEqual({
      schemas: [group],
      displayName: 'New',
    });
  });

  test.each<JsonValue>([
    { op: 'replace', value: { id: 'g', displayName: 'Blue' } },
    { op: 'add', path: 'members', value: [] },
    { op: 'add', path: 'members', value: null },
  ])('an operation that names no member changes none: %j', (operation) => {
    expect(split(operation).memberChanges).toEqual([]);
  });

  test.each<[JsonValue, string]>([
    [{ op: 'replace', path: 'members[value eq "a"].value', value: 'b' }, 'mutability'],
    [{ op: 'replace', path: 'members[value eq "a"]', value: { value: 'b' } }, 'mutability'],
    [{ op: 'remove', path: 'members[value eq "a"].value' }, 'mutability'],
    [{ op: 'replace', path: 'members[value eq "a"].display', value: 'x' }, 'mutability'],
    [{ op: 'remove', path: 'members', value: null }, 'invalidValue'],
    [{ op: 'add', path: 'members', value: [{ display: 'x' }] }, 'invalidValue'],
    [{ op: 'add', path: 'members', value: [{ value: 7 }] }, 'invalidValue'],
  ])('G-03 refuses %j', (operation, code) => {
    expect(codeOf(() => split(operation))).toBe(code);
  });
});
