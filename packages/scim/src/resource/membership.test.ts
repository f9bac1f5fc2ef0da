import { describe, expect, test } from 'vitest';
import { codeOf, frozen, group } from '../../test/support.ts';
import type { ClientProfile } from '../client-quirks/quirk.ts';
import type { JsonValue } from '../json/json-value.ts';
import { groupResourceType } from '../schema/resource-types.ts';
import { readResource, readResourceInSteps } from './read-resource.ts';

describe('readResource: members', () => {
  const members = [
    { value: 'u1', display: null, $ref: null },
    { value: 'u2', type: 'User', display: 'B' },
    { value: 'u1' },
    { $ref: 'https://example.com/Groups/g1' },
  ];

  function groupChanges(
    mode: 'create' | 'replace',
    profile: ClientProfile,
    sent: { members?: JsonValue } = {},
  ) {
    const body = frozen({ schemas: [group], displayName: 'Blue', ...sent });
    const result = readResource(
      groupResourceType,
      body,
      mode === 'create' ? { mode, profile } : { mode, profile, current: {} },
    );
    expect(result.document).toEqual({ schemas: [group], displayName: 'Blue' });
    return result.memberChanges;
  }

  test('C-03 G-06 G-09 G-16 members are a change of their own and no part of the document', () => {
    expect(groupChanges('create', 'okta', { members })).toEqual([
      { kind: 'replace', values: ['u1', 'u2', 'g1'], claimedTypes: new Map([['u2', 'User']]) },
    ]);
    expect(groupChanges('create', 'okta')).toEqual([]);
  });

  test.each(['generic', 'okta', 'entra'] as const)(
    'G-16 an empty list empties the group for %s',
    (profile) => {
      expect(groupChanges('replace', profile, { members: [] })).toEqual([{ kind: 'removeAll' }]);
    },
  );

  test.each([
    [{ members: [{}] }],
    [{ members: [{ display: 'x' }] }],
    [{ members: ['u1'] }],
    [{ members: { value: 'u1' } }],
    [{ members: [{ value: 5 }] }],
  ])('G-07 refuses %j', (sent) => {
    expect(codeOf(() => groupChanges('replace', 'entra', sent))).toBe('invalidValue');
  });

  test('G-18 100,000 members are read, in slices of a thousand', () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({ value: `u${index}` }));
    expect(groupChanges('replace', 'okta', { members: many })[0]).toMatchObject({
      kind: 'replace',
    });
    const body = frozen({ schemas: [group], displayName: 'Blue', members: many });
    const steps = readResourceInSteps(groupResourceType, body, { mode: 'create', profile: 'okta' });
    expect([...steps].length).toBe(100);
  });

  test('A-25 G-06 a member that stands in several slices counts once, as it was named first', () => {
    const many = Array.from({ length: 2_500 }, (_, index) => ({ value: `u${index}` }));
    const sent = [...many, { value: 'u0', type: 'Group' }, { value: 'u0', $ref: 'x', other: 1 }];
    expect(groupChanges('replace', 'okta', { members: sent })).toEqual([
      { kind: 'replace', values: many.map(({ value }) => value), claimedTypes: new Map() },
    ]);
    expect(codeOf(() => groupChanges('replace', 'okta', { members: [...many, 'u1'] }))).toBe(
      'invalidValue',
    );
  });

  test('a membership that was read before is not read again', () => {
    const memberChanges = [{ kind: 'removeAll' }] as const;
    const body = frozen({ schemas: [group], displayName: 'Blue', members: 'nothing of the kind' });
    const read = readResource(groupResourceType, body, {
      mode: 'replace',
      profile: 'okta',
      current: {},
      memberChanges,
    });
    expect(read.memberChanges).toBe(memberChanges);
  });
});
