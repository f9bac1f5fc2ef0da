import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createdUser, enterprise, frozen, patchBody, user } from '../../test/support.ts';
import type { ClientProfile } from '../client-quirks/quirk.ts';
import { isArray, isObject, type JsonObject, type JsonValue } from '../json/json-value.ts';
import { ScimError } from '../message/error.ts';
import { readResource } from '../resource/read-resource.ts';
import { userResourceType } from '../schema/resource-types.ts';
import { applyPatch } from './apply-patch.ts';
import { parsePatch } from './parse-patch.ts';
import type { PatchResult } from './patch-operation.ts';

const profile = fc.constantFrom<ClientProfile>('okta', 'entra', 'generic');
const path = fc.constantFrom(
  'userName',
  'title',
  'active',
  'name',
  'name.givenName',
  'emails',
  'emails.value',
  'emails[type eq "work"]',
  'emails[type eq "work"].value',
  'emails[type eq "home" and primary eq "True"].display',
  'emails[not (value co "a")].primary',
  'roles',
  'addresses[type eq "work"].country',
  'groups',
  'password',
  'schemas',
  'manager',
  enterprise,
  `${enterprise}:department`,
  `${enterprise}:manager.value`,
  `${enterprise}.manager`,
  'bogus',
  'emails[',
  '__proto__',
  'constructor',
);
const word = fc.constantFrom('work', 'home', 'a', 'A', '', 'True', '__proto__', user);
const simple = fc.oneof(word, fc.boolean(), fc.constant(null), fc.integer());
const part = fc.constantFrom(
  'value',
  'type',
  'primary',
  'display',
  'givenName',
  'department',
  'x',
  '__proto__',
);
const object = fc.dictionary(part, simple, { maxKeys: 4 });
const value = fc.oneof(simple, object, fc.array(fc.oneof(simple, object), { maxLength: 3 }));
const elements = fc.array(
  fc.record({ type: word, value: word, primary: fc.boolean() }, { requiredKeys: ['value'] }),
  { maxLength: 2 },
);
const fitting = fc.oneof(
  pairs(['title', 'name.givenName', `${enterprise}:department`, 'manager', 'userName'], word),
  pairs(['emails[type eq "work"].value', 'emails[value co "a"].display', 'emails.type'], word),
  pairs(['emails', 'roles', 'emails[type eq "home"]'], elements),
  pairs(
    ['emails[type eq "work"].primary', 'active', 'emails[not (type eq "a")].primary'],
    fc.boolean(),
  ),
  pairs(
    ['name', enterprise],
    fc.constantFrom({ givenName: 'a' }, { department: 'b' }, { givenName: null }),
  ),
);

function pairs(paths: readonly string[], values: fc.Arbitrary<unknown>) {
  const op = fc.constantFrom('add', 'Replace', 'remove');
  return fc.record({ op, path: fc.constantFrom(...paths), value: values });
}

const anything = fc.record(
  {
    op: fc.constantFrom('add', 'Replace', 'remove'),
    path: fc.option(path, { nil: undefined }),
    value: fc.oneof(value, fc.dictionary(path, value, { maxKeys: 3 })),
  },
  { requiredKeys: ['op'] },
);
// Written and read again, so that undefined members go and `__proto__` is an own member, as in a request.
const asSent = (operations: unknown): JsonValue => JSON.parse(JSON.stringify(operations));
const operations = fc
  .array(
    fc.oneof(
      { weight: 40, arbitrary: fitting },
      { weight: 4, arbitrary: anything },
      { weight: 1, arbitrary: fc.jsonValue() },
    ),
    { maxLength: 4 },
  )
  .map(asSent);
const document = fc
  .record(
    {
      title: word,
      name: fc.record({ givenName: word }),
      emails: fc.uniqueArray(fc.record({ type: word, value: word, display: word }), {
        maxLength: 3,
      }),
      [enterprise]: fc.record({ department: word, manager: word }),
    },
    { requiredKeys: [] },
  )
  .map((members) => frozen(createdUser(members as JsonObject).document)); // fast-check types optional members loosely

function run(stored: JsonObject, sent: JsonValue, as: ClientProfile): PatchResult | ScimError {
  try {
    const body = frozen({ ...patchBody(), Operations: sent });
    const { operations: parsed } = parsePatch(userResourceType, body, { profile: as });
    return applyPatch(userResourceType, stored, frozen(parsed), as);
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
}

describe('any PATCH of any document', () => {
  test('P-04 gives a document or a ScimError, and changes nothing that it was given', () => {
    fc.assert(
      fc.property(document, operations, profile, (stored, sent, as) => {
        const before = JSON.stringify(stored);
        run(stored, sent, as);
        expect(JSON.stringify(stored)).toBe(before);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  test('P-58 gives back the very document exactly when nothing changed', () => {
    fc.assert(
      fc.property(document, operations, profile, (stored, sent, as) => {
        const result = run(stored, sent, as);
        if (result instanceof ScimError) return;
        expect(result.document === stored).toBe(!result.changed);
        if (result.changed) expect(result.document).not.toEqual(stored);
      }),
      { numRuns: 1_000 },
    );
  });

  test('A-01 A-11 A-23 P-18 leaves a document that a PUT of it would give again', () => {
    fc.assert(
      fc.property(document, operations, profile, (stored, sent, as) => {
        const result = run(stored, sent, as);
        if (result instanceof ScimError) return;
        expectNoNothing(result.document);
        const read = readResource(userResourceType, result.document, {
          mode: 'replace',
          profile: as,
          current: result.document,
        });
        expect(read.document).toEqual(result.document);
      }),
      { numRuns: 3_000 },
    );
  });

  test('9110§9.2.2 replacing or removing a whole attribute twice is the same as once', () => {
    fc.assert(
      fc.property(document, operations, profile, (stored, sent, as) => {
        const lasting = isArray(sent) ? sent.filter(setsWhole).slice(0, 1) : [];
        const once = run(stored, lasting, as);
        if (once instanceof ScimError) return;
        const twice = run(once.document, lasting, as);
        if (!(twice instanceof ScimError)) expect(twice.document).toEqual(once.document);
      }),
      { numRuns: 1_000 },
    );
  });
});

function expectNoNothing(given: JsonValue): void {
  expect(given).not.toBeNull();
  expect(given).not.toBe('');
  if (isArray(given) || isObject(given)) {
    const inside = Object.values(given);
    expect(inside.length).toBeGreaterThan(0);
    inside.forEach(expectNoNothing);
  }
}

// With a filter a replacement may take its element out of the filter's sight, so that the next one finds another.
function setsWhole(operation: JsonValue): boolean {
  return isObject(operation) && operation.op !== 'add' && !String(operation.path).includes('[');
}
