import { describe, expect, test } from 'vitest';
import {
  codeOf,
  createdUser,
  enterprise,
  frozen,
  operationsOf,
  patchBody,
  refusalOf,
  user,
} from '../../test/support.ts';
import type { ClientProfile } from '../client-quirks/quirk.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { attribute, complex, text } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import { applyPatch } from './apply-patch.ts';
import { parsePatch } from './parse-patch.ts';

const work = { type: 'work', value: 'ada@work.example', primary: true };
const home = { type: 'home', value: 'ada@home.example' };
const ada = frozen(
  createdUser({
    name: { givenName: 'Ada', familyName: 'Byron' },
    title: 'Engineer',
    emails: [work, home],
  }).document,
);
const plain = frozen(createdUser({}).document);

function patched(
  document: JsonObject,
  operations: readonly JsonValue[],
  profile: ClientProfile = 'generic',
) {
  const parsed = operationsOf(userResourceType, profile, ...operations);
  return applyPatch(userResourceType, document, parsed, profile);
}

/** Runs the operations on Ada and returns the attributes that are named. */
function after(names: string, ...operations: readonly JsonValue[]): JsonObject {
  const { document } = patched(ada, operations);
  return Object.fromEntries(names.split(' ').map((name) => [name, document[name] ?? null]));
}

describe('applyPatch: add', () => {
  test.each<[string, JsonValue, string, JsonObject]>([
    [
      'P-26 sets a simple attribute',
      { op: 'add', path: 'title', value: 'CTO' },
      'title',
      { title: 'CTO' },
    ],
    [
      'P-27 merges a complex attribute',
      { op: 'add', path: 'name', value: { middleName: 'K' } },
      'name',
      { name: { givenName: 'Ada', familyName: 'Byron', middleName: 'K' } },
    ],
    [
      'P-29 appends an element',
      { op: 'add', path: 'emails', value: { type: 'other', value: 'x' } },
      'emails',
      { emails: [work, home, { type: 'other', value: 'x' }] },
    ],
    [
      'P-30 takes the same element once',
      { op: 'add', path: 'emails', value: [{ type: 'HOME', value: 'ADA@home.example' }, home] },
      'emails',
      { emails: [work, home] },
    ],
    [
      'Z-25 updates the other parts of an element that is there',
      { op: 'add', path: 'emails', value: [{ ...home, display: 'Home' }] },
      'emails',
      { emails: [work, { ...home, display: 'Home' }] },
    ],
    [
      'P-31 A-24 moves primary',
      { op: 'add', path: 'emails', value: [{ type: 'other', value: 'x', primary: true }] },
      'emails',
      { emails: [{ ...work, primary: false }, home, { type: 'other', value: 'x', primary: true }] },
    ],
    [
      'P-33 sets a part of the elements that match',
      { op: 'add', path: 'emails[type eq "home"].display', value: 'H' },
      'emails',
      { emails: [work, { ...home, display: 'H' }] },
    ],
    [
      'P-33 merges into the elements that match',
      { op: 'add', path: 'emails[type eq "home"]', value: { display: 'H' } },
      'emails',
      { emails: [work, { ...home, display: 'H' }] },
    ],
    [
      'P-34 builds the element that its filter describes',
      { op: 'add', path: 'emails[type eq "other" and primary eq "True"].value', value: 'x' },
      'emails',
      { emails: [{ ...work, primary: false }, home, { type: 'other', primary: true, value: 'x' }] },
    ],
    [
      'P-23 takes every attribute of a value without path',
      { op: 'add', value: { nickName: 'B', emails: [{ value: 'x' }] } },
      'nickName emails',
      { nickName: 'B', emails: [work, home, { value: 'x' }] },
    ],
    [
      'P-50 adding nothing to a list changes nothing',
      { op: 'add', path: 'emails', value: [] },
      'emails',
      { emails: [work, home] },
    ],
  ])('%s', (_, operation, names, expected) => {
    expect(after(names, operation)).toEqual(expected);
  });

  test('P-28 creates the parent of a part', () => {
    const operation = { op: 'add', path: 'name.givenName', value: 'A' };
    expect(patched(plain, [operation]).document.name).toEqual({ givenName: 'A' });
  });

  test('P-28 creates an element for a part without filter', () => {
    const operation = { op: 'add', path: 'emails.value', value: 'x' };
    expect(patched(plain, [operation]).document.emails).toEqual([{ value: 'x' }]);
  });
});

describe('applyPatch: replace', () => {
  test.each<[string, JsonValue, string, JsonObject]>([
    [
      'P-46 sets a simple attribute',
      { op: 'replace', path: 'title', value: 'CTO' },
      'title',
      { title: 'CTO' },
    ],
    [
      'P-46 acts as add where nothing is',
      { op: 'replace', path: 'nickName', value: 'B' },
      'nickName',
      { nickName: 'B' },
    ],
    [
      'P-47 replaces all elements',
      { op: 'replace', path: 'emails', value: [home] },
      'emails',
      { emails: [home] },
    ],
    [
      'P-48 keeps the parts that are not given',
      { op: 'replace', path: 'name', value: { givenName: 'Augusta' } },
      'name',
      { name: { givenName: 'Augusta', familyName: 'Byron' } },
    ],
    [
      'P-49 null takes a part away',
      { op: 'replace', path: 'name', value: { givenName: null } },
      'name',
      { name: { familyName: 'Byron' } },
    ],
    [
      'P-50 null unassigns',
      { op: 'replace', path: 'title', value: null },
      'title',
      { title: null },
    ],
    [
      'P-50 an empty text unassigns',
      { op: 'replace', path: 'title', value: '' },
      'title',
      { title: null },
    ],
    [
      'P-50 an empty list unassigns',
      { op: 'replace', path: 'emails', value: [] },
      'emails',
      { emails: null },
    ],
    [
      'P-51 Z-27 replaces an element and keeps what its filter fixes',
      { op: 'replace', path: 'emails[type eq "work"]', value: { value: 'x' } },
      'emails',
      { emails: [{ type: 'work', value: 'x' }, home] },
    ],
    [
      'P-52 sets a part of every match',
      { op: 'replace', path: 'emails[value co "ada"].display', value: 'Ada' },
      'emails',
      {
        emails: [
          { ...work, display: 'Ada' },
          { ...home, display: 'Ada' },
        ],
      },
    ],
    [
      'A-24 moves primary by a part',
      { op: 'replace', path: 'emails[type eq "home"].primary', value: true },
      'emails',
      {
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    [
      'P-45 P-25 takes dotted and qualified names without a path',
      {
        op: 'replace',
        value: {
          'name.givenName': 'A',
          [`${user}:title`]: 'T',
          'emails[type eq "home"].value': 'h',
        },
      },
      'name title emails',
      {
        name: { givenName: 'A', familyName: 'Byron' },
        title: 'T',
        emails: [work, { type: 'home', value: 'h' }],
      },
    ],
    [
      'P-11 A-05 paths in any case',
      { op: 'replace', path: `${user.toUpperCase()}:NAME.FAMILYNAME`, value: 'K' },
      'name',
      { name: { givenName: 'Ada', familyName: 'K' } },
    ],
  ])('%s', (_, operation, names, expected) => {
    expect(after(names, operation)).toEqual(expected);
  });
});

describe('applyPatch: remove', () => {
  test.each<[string, JsonValue, string, JsonObject]>([
    [
      'P-37 unassigns a simple attribute',
      { op: 'remove', path: 'title' },
      'title',
      { title: null },
    ],
    ['P-37 unassigns a complex attribute', { op: 'remove', path: 'name' }, 'name', { name: null }],
    [
      'P-38 unassigns a part',
      { op: 'remove', path: 'name.givenName' },
      'name',
      { name: { familyName: 'Byron' } },
    ],
    ['P-39 removes all elements', { op: 'remove', path: 'emails' }, 'emails', { emails: null }],
    [
      'P-40 removes the elements that match',
      { op: 'remove', path: 'emails[type eq "work"]' },
      'emails',
      { emails: [home] },
    ],
    [
      'P-40 leaves nothing when all match',
      { op: 'remove', path: 'emails[value pr]' },
      'emails',
      { emails: null },
    ],
    [
      'P-41 removes a part of the elements that match',
      { op: 'remove', path: 'emails[type eq "work"].primary' },
      'emails',
      { emails: [{ type: 'work', value: 'ada@work.example' }, home] },
    ],
    [
      'P-43 removes the listed elements',
      { op: 'remove', path: 'emails', value: [{ value: 'ADA@work.example' }] },
      'emails',
      { emails: [home] },
    ],
    [
      'P-43 an element of another type stays',
      { op: 'remove', path: 'emails', value: [{ type: 'home', value: 'ada@work.example' }] },
      'emails',
      { emails: [work, home] },
    ],
    [
      'Z-14 an empty list removes nothing',
      { op: 'remove', path: 'emails', value: [] },
      'emails',
      { emails: [work, home] },
    ],
    [
      'Z-14 a value beside a single attribute says nothing',
      { op: 'remove', path: 'title', value: 'x' },
      'title',
      { title: null },
    ],
    [
      'an e-mail address that loses its value is gone',
      { op: 'remove', path: 'emails[type eq "work"].value', value: 'x' },
      'emails',
      { emails: [home] },
    ],
  ])('%s', (_, operation, names, expected) => {
    expect(after(names, operation)).toEqual(expected);
  });

  test('P-38 the parent goes with its last part', () => {
    const operations = ['givenName', 'familyName'].map((part) => ({
      op: 'remove',
      path: `name.${part}`,
    }));
    expect(patched(ada, operations).document).not.toHaveProperty('name');
  });
});

describe('applyPatch: extensions', () => {
  const path = `${enterprise}:department`;

  test('P-13 P-14 lists the extension in schemas exactly while it has values', () => {
    const { document } = patched(ada, [{ op: 'add', path, value: 'R&D' }]);
    expect(document.schemas).toEqual([user, enterprise]);
    const back = patched(document, [{ op: 'remove', path }]).document;
    expect(back.schemas).toEqual([user]);
    expect(back).toEqual(ada);
  });

  test('P-12 a bare URN stands for the whole extension', () => {
    const value = { department: 'R&D', MANAGER: 'm', bogus: 1 };
    const { document } = patched(ada, [{ op: 'replace', path: enterprise.toUpperCase(), value }]);
    expect(document[enterprise]).toEqual({ department: 'R&D', manager: { value: 'm' } });
    expect(patched(document, [{ op: 'remove', path: enterprise }]).document).toEqual(ada);
    expect(patched(document, [{ op: 'replace', path: enterprise, value: null }]).document).toEqual(
      ada,
    );
    expect(patched(ada, [{ op: 'add', value: { [enterprise]: value } }]).document).toEqual(
      document,
    );
  });

  test.each<[JsonValue]>([['u-9'], [{ value: 'u-9' }], [[{ $ref: 'Users/u-9', value: 'u-9' }]]])(
    'U-25 Z-08 sets the manager from %j',
    (value) => {
      const { document } = patched(ada, [{ op: 'Add', path: `${enterprise}:manager`, value }]);
      expect(document[enterprise]).toEqual({ manager: { value: 'u-9' } });
    },
  );

  test('U-24 sets the manager by the URI', () => {
    const document = createdUser({ [enterprise]: { manager: 'm' } }).document;
    const operation = { op: 'replace', path: `${enterprise}:manager.$ref`, value: 'Users/u-9' };
    expect(patched(document, [operation]).document[enterprise]).toEqual({
      manager: { value: 'u-9' },
    });
  });

  test.each([[''], [null]])('U-25 removes the manager by %j', (value) => {
    const document = createdUser({ [enterprise]: { manager: 'm' } }).document;
    expect(patched(document, [{ op: 'Replace', path: 'manager', value }]).document).toEqual(plain);
  });
});

describe('applyPatch: order, atomicity, no effect', () => {
  test('P-05 every operation sees what the one before has done', () => {
    const operations = [
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [home] },
      { op: 'add', path: 'emails[type eq "home"].display', value: 'H' },
    ];
    expect(after('emails', ...operations)).toEqual({ emails: [{ ...home, display: 'H' }] });
  });

  test('P-04 a refused operation leaves the document as it was', () => {
    const operations = [
      { op: 'replace', path: 'title', value: 'CTO' },
      { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
    ];
    expect(codeOf(() => patched(ada, operations))).toBe('noTarget');
    expect(ada.title).toBe('Engineer');
  });

  test.each<[string, readonly JsonValue[]]>([
    ['P-01 no operations', []],
    ['P-58 the same value', [{ op: 'replace', path: 'title', value: 'Engineer' }]],
    ['P-30 an element that is there', [{ op: 'add', path: 'emails', value: [home] }]],
    ['P-37 removing what is not there', [{ op: 'remove', path: 'nickName' }]],
    ['P-42 removing what matches nothing', [{ op: 'remove', path: 'emails[type eq "fax"]' }]],
    [
      'P-42 a part of what matches nothing',
      [{ op: 'remove', path: 'emails[type eq "fax"].value' }],
    ],
    ['P-59 a password', [{ op: 'replace', value: { password: 'p' } }]],
    ['P-48 an object of nothing', [{ op: 'replace', path: 'name', value: {} }]],
    ['P-48 parts that nobody knows', [{ op: 'replace', value: { name: { nick: 'A' } } }]],
    ['P-48 an element of nothing', [{ op: 'replace', path: 'emails[type eq "work"]', value: {} }]],
    [
      'P-57 schemas that follow from the values anyway',
      [{ op: 'add', path: 'schemas', value: [enterprise] }],
    ],
    [
      'there and back again',
      [
        { op: 'replace', path: 'title', value: 'CTO' },
        { op: 'replace', path: 'title', value: 'Engineer' },
      ],
    ],
  ])('P-58 gives back the very document after %s', (_, operations) => {
    const result = patched(ada, operations);
    expect(result.document).toBe(ada);
    expect(result.changed).toBe(false);
  });
});

describe('applyPatch: refusals', () => {
  test.each<[string, JsonValue, string]>([
    ['P-18 removing a required attribute', { op: 'remove', path: 'userName' }, 'mutability'],
    [
      'P-19 emptying a required attribute',
      { op: 'replace', path: 'userName', value: null },
      'invalidValue',
    ],
    [
      'P-19 emptying it with an empty text',
      { op: 'replace', value: { userName: '' } },
      'invalidValue',
    ],
    ['C-07 removing active', { op: 'remove', path: 'active' }, 'mutability'],
    ['C-07 emptying active', { op: 'replace', value: { active: null } }, 'invalidValue'],
    [
      'P-20 a value of the wrong type',
      { op: 'replace', path: 'active', value: { a: 1 } },
      'invalidValue',
    ],
    [
      'P-20 a text for a complex attribute',
      { op: 'replace', path: 'name', value: 'Ada' },
      'invalidValue',
    ],
    [
      'P-32 two primaries at once',
      {
        op: 'add',
        path: 'emails',
        value: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'invalidValue',
    ],
    [
      'P-32 two primaries by a filter',
      { op: 'replace', path: 'emails[value pr].primary', value: true },
      'invalidValue',
    ],
    [
      'P-35 adding where no element can be built',
      { op: 'add', path: 'emails[value co "?"].type', value: 'home' },
      'noTarget',
    ],
    [
      'P-35 adding where or leaves it open',
      { op: 'add', path: 'emails[type eq "a" or type eq "b"].value', value: 'x' },
      'noTarget',
    ],
    [
      'P-35 adding an element with an empty part',
      { op: 'add', path: 'emails[type eq ""].value', value: 'x' },
      'noTarget',
    ],
    [
      'A-20 building an element that is not valid',
      { op: 'add', path: 'photos[value eq "not a uri"].type', value: 'photo' },
      'invalidValue',
    ],
    [
      'P-53 replacing what matches nothing',
      { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
      'noTarget',
    ],
    ['P-57 removing schemas', { op: 'remove', path: 'schemas' }, 'mutability'],
    [
      'P-57 removing the core schema',
      { op: 'remove', path: 'schemas', value: [user] },
      'mutability',
    ],
    [
      'P-57 replacing schemas without it',
      { op: 'replace', path: 'schemas', value: [enterprise] },
      'mutability',
    ],
  ])('%s', (_, operation, code) => {
    expect(codeOf(() => patched(ada, [operation]))).toBe(code);
  });

  test('C-11 an attribute cannot grow without bound', () => {
    const value = Array.from({ length: 600 }, (_, index) => ({ value: `a${index}` }));
    const more = value.map((one) => ({ value: `b${one.value}` }));
    const operations = [value, more].map((list) => ({ op: 'add', path: 'emails', value: list }));
    expect(codeOf(() => patched(ada, operations))).toBe('invalidValue');
  });
});

describe('applyPatch: hostile requests', () => {
  const emails = Array.from({ length: 1_000 }, (_, index) => ({ value: `${index}@example.com` }));
  const crowded = createdUser({ emails }).document;
  const terms = Array.from({ length: 100 }, (_, index) => `value eq "${index}"`).join(' or ');

  test.each<[string, JsonValue]>([
    ['filters', { op: 'remove', path: 'emails[value co "?"]' }],
    ['additions', { op: 'add', path: 'emails', value: [{ value: '1@example.com' }] }],
    ['lists', { op: 'remove', path: 'emails', value: emails.slice(0, 100) }],
    ['long filters', { op: 'remove', path: `emails[${terms}]` }],
  ])('P-60 many %s on many values are refused before they cost minutes', (_, operation) => {
    const operations = Array.from({ length: 1_000 }, () => operation);
    expect(codeOf(() => patched(crowded, operations))).toBe('tooMany');
  });

  test('P-60 a thousand operations on a person are applied', () => {
    const operations = Array.from({ length: 1_000 }, (_, index) => ({
      op: 'add',
      path: 'emails[type eq "home"].display',
      value: `${index}`,
    }));
    expect(patched(ada, operations).document.emails).toEqual([work, { ...home, display: '999' }]);
  });
});

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
