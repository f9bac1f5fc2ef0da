import { describe, expect, test } from 'vitest';
import { codeOf, createdUser, frozen, operationsOf } from '../../test/support.ts';
import type { JsonValue } from '../json/json-value.ts';
import { attribute, complex, text } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { userResourceType } from '../schema/resource-types.ts';
import { applyPatch } from './apply-patch.ts';

describe('applyPatch: immutable and required parts of custom schemas', () => {
  const urn = 'urn:example:Badge';
  const badges = complex(
    'badges',
    'Badges.',
    [text('value', 'Code.', { mutability: 'immutable', required: true }), text('color', 'Color.')],
    { multiValued: true },
  );
  const serial = attribute('serial', 'integer', 'Serial.', { mutability: 'immutable' });
  const tags = text('tags', 'Tags.', { multiValued: true });
  const schema = {
    id: urn,
    name: 'Badge',
    description: 'Badge',
    attributes: [badges, serial, tags],
  };
  const badged: ResourceType = { ...userResourceType, extensions: [{ schema, required: false }] };
  const stored = frozen(
    createdUser({ [urn]: { badges: [{ value: 'b1' }], tags: ['x', 'y'] } }, 'generic', badged)
      .document,
  );

  function run(...operations: readonly JsonValue[]) {
    const parsed = operationsOf(badged, 'generic', ...operations);
    return applyPatch(badged, stored, parsed, 'generic').document[urn];
  }

  test('P-17 an immutable attribute may be set when it is empty, and again to the same', () => {
    const set = { op: 'add', path: `${urn}:serial`, value: 7 };
    expect(run(set, set)).toMatchObject({ serial: 7 });
    expect(codeOf(() => run(set, { ...set, value: 8 }))).toBe('mutability');
    expect(codeOf(() => run(set, { op: 'remove', path: `${urn}:serial` }))).toBe('mutability');
  });

  test('P-44 G-03 the immutable or required part of an element stays', () => {
    const path = `${urn}:badges[value eq "b1"].value`;
    expect(codeOf(() => run({ op: 'remove', path }))).toBe('mutability');
    expect(codeOf(() => run({ op: 'replace', path, value: 'b2' }))).toBe('mutability');
    expect(run({ op: 'replace', path, value: 'b1' })).toMatchObject({ badges: [{ value: 'b1' }] });
    expect(run({ op: 'remove', path: `${urn}:badges[value eq "b1"]` })).not.toHaveProperty(
      'badges',
    );
  });

  test('P-29 P-43 P-47 lists of simple values are added to, taken from and replaced', () => {
    const path = `${urn}:tags`;
    expect(run({ op: 'add', path, value: ['X', 'z'] })).toMatchObject({ tags: ['x', 'y', 'z'] });
    expect(run({ op: 'add', path, value: 'z' })).toMatchObject({ tags: ['x', 'y', 'z'] });
    expect(run({ op: 'remove', path, value: ['X'] })).toMatchObject({ tags: ['y'] });
    expect(run({ op: 'replace', path, value: ['q', 'Q'] })).toMatchObject({ tags: ['q'] });
  });
});
