import { describe, expect, test } from 'vitest';
import {
  codeOf,
  enterprise,
  frozen,
  operationsOf,
  patchBody,
  refusalOf,
  user,
} from '../../test/support.ts';
import type { ClientProfile } from '../client-quirks/quirk.ts';
import type { JsonValue } from '../json/json-value.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import { applyPatch } from './apply-patch.ts';
import { parsePatch } from './parse-patch.ts';

describe('parsePatch', () => {
  const read = (body: JsonValue, profile: ClientProfile = 'generic', id?: string) =>
    parsePatch(userResourceType, frozen(body), id === undefined ? { profile } : { profile, id });

  test.each<[string, JsonValue]>([
    ['H-08 no object', []],
    ['P-01 no schemas', { Operations: [] }],
    ['P-01 another URN', { schemas: [user], Operations: [] }],
    ['P-01 no operations', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }],
    ['P-01 operations that are no list', { ...patchBody(), Operations: {} }],
    ['P-01 an operation that is no object', patchBody('add')],
    ['P-01 no op', patchBody({ path: 'title', value: 'x' })],
    ['P-02 another op', patchBody({ op: 'move', path: 'title' })],
    ['a path that is no text', patchBody({ op: 'remove', path: 1 })],
  ])('refuses %s with invalidSyntax', (_, body) => {
    expect(codeOf(() => read(body))).toBe('invalidSyntax');
  });

  test('P-01 P-03 takes an empty list, and names in any case', () => {
    expect(read(patchBody()).operations).toEqual([]);
    const schemas = patchBody().schemas ?? null;
    const body = { SCHEMAS: schemas, operations: [{ OP: 'REPLACE', Path: 'TITLE', Value: 'x' }] };
    expect(read(body).operations).toMatchObject([{ op: 'replace', value: 'x' }]);
  });

  test.each<[string, JsonValue, string]>([
    ['P-22 add without value', { op: 'add', path: 'title' }, 'invalidValue'],
    ['P-22 replace without value', { op: 'replace', path: 'title' }, 'invalidValue'],
    ['P-24 a text without path', { op: 'add', value: 'x' }, 'invalidValue'],
    ['P-36 remove without path', { op: 'remove' }, 'noTarget'],
    ['P-36 remove with a null path', { op: 'remove', path: null }, 'noTarget'],
    ['P-09 a malformed path', { op: 'remove', path: 'a..b' }, 'invalidPath'],
    ['P-09 a bad filter', { op: 'remove', path: 'emails[type eq]' }, 'invalidFilter'],
    ['P-10 an unknown attribute', { op: 'add', path: 'bogus', value: 1 }, 'invalidPath'],
    ['P-10 an unknown URN', { op: 'add', path: 'urn:example:x:y', value: 1 }, 'invalidPath'],
    [
      'P-54 an unknown part',
      { op: 'add', path: 'emails[type eq "work"].bogus', value: 1 },
      'invalidPath',
    ],
    [
      'P-54 an unknown part in the filter',
      { op: 'add', path: 'emails[bogus eq "work"].value', value: '1' },
      'invalidFilter',
    ],
    [
      'P-55 brackets after a single complex attribute',
      { op: 'remove', path: 'name[givenName eq "a"]' },
      'invalidPath',
    ],
    ['P-56 an index', { op: 'remove', path: 'emails[0]' }, 'invalidPath'],
    ['P-15 id', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['P-15 meta.created', { op: 'replace', path: 'meta.created', value: 'x' }, 'mutability'],
    ['P-15 U-17 groups', { op: 'add', path: 'groups', value: [] }, 'mutability'],
    [
      'P-15 manager.displayName',
      { op: 'replace', path: `${enterprise}:manager.displayName`, value: 'x' },
      'mutability',
    ],
    ['Z-14 removing with null', { op: 'remove', path: 'emails', value: null }, 'invalidValue'],
    [
      'P-51 several values for a filter',
      { op: 'replace', path: 'emails[type eq "x"]', value: [{ value: 'a' }, { value: 'b' }] },
      'invalidValue',
    ],
  ])('refuses %s', (_, operation, code) => {
    expect(codeOf(() => read(patchBody(operation)))).toBe(code);
  });

  test('P-16 Z-18 ignores what is read-only in a value without path, but not another id', () => {
    const value = {
      id: 'i1',
      schemas: [user],
      meta: { version: 'x' },
      groups: [],
      displayName: 'A',
      bogus: 1,
    };
    const body = patchBody({ op: 'replace', value });
    const { operations, ignored } = read(body, 'okta', 'i1');
    expect(operations.map(({ path }) => path.attribute.name)).toEqual(['schemas', 'displayName']);
    expect(ignored).toEqual(['bogus']);
    expect(codeOf(() => read(body, 'okta', 'i2'))).toBe('mutability');
    expect(read(body, 'okta').operations).toHaveLength(2);
  });

  test('P-60 bounds the number of operations', () => {
    const operations = Array.from({ length: 2_001 }, () => ({ op: 'remove', path: 'title' }));
    const refusal = refusalOf(() => read(patchBody(...operations)));
    expect([refusal.status, refusal.scimType]).toEqual([413, undefined]);
  });

  test('P-60 Z-24 counts each member of a value without a path as an operation', () => {
    const value = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `emails[type eq "t${index}"].value`,
          'a@example.com',
        ]),
      );
    const whole = patchBody({ op: 'add', value: value(20_000) });
    expect(refusalOf(() => read(whole)).status).toBe(413);
    const spread = patchBody(
      ...Array.from({ length: 21 }, () => ({ op: 'add', value: value(100) })),
    );
    expect(refusalOf(() => read(spread)).detail).toContain('2100 operations; at most 2000');
  });

  test('a member named __proto__ is one more unknown attribute', () => {
    const body = JSON.parse(
      JSON.stringify(patchBody({ op: 'add', value: {} })).replace(
        '{}',
        '{"__proto__":{"title":"x"}}',
      ),
    );
    expect(read(body)).toEqual({ operations: [], ignored: ['__proto__'] });
  });

  test('P-59 U-04 accepts a password and drops it', () => {
    const { operations, ignored } = read(
      patchBody({ op: 'replace', path: 'password', value: 'k3nq' }),
    );
    expect(operations).toEqual([]);
    expect(ignored).toEqual(['password']);
  });

  test('G-01 a group keeps its name', () => {
    const operations = operationsOf(groupResourceType, 'okta', {
      op: 'remove',
      path: 'displayName',
    });
    const document = { schemas: [groupResourceType.schema.id], displayName: 'Blue' };
    expect(codeOf(() => applyPatch(groupResourceType, document, operations, 'okta'))).toBe(
      'mutability',
    );
  });
});
