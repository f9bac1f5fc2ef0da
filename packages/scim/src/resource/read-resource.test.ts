import { describe, expect, test } from 'vitest';
import {
  codeOf,
  createdUser,
  enterprise,
  frozen,
  group,
  refusalOf,
  user,
} from '../../test/support.ts';
import { type JsonObject, type JsonValue, WholeDecimal } from '../json/json-value.ts';
import { parseJson } from '../json/parse-json.ts';
import { attribute, complex, text } from '../schema/attribute.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { groupResourceType, userResourceType } from '../schema/resource-types.ts';
import { readResource } from './read-resource.ts';

const asset = 'urn:example:params:scim:schemas:Asset';
const assetSchema = {
  id: asset,
  name: 'Asset',
  description: 'Assets',
  attributes: [
    text('serial', 'Serial number.', { mutability: 'immutable', caseExact: true }),
    attribute('level', 'integer', 'Level.'),
    attribute('ratio', 'decimal', 'Ratio.'),
    attribute('since', 'dateTime', 'Since when.'),
    text('tags', 'Tags.', { multiValued: true }),
    complex('desk', 'Desk.', [
      text('number', 'Number.', { mutability: 'immutable' }),
      text('color', 'Color.'),
    ]),
    complex('room', 'Room.', [
      text('building', 'Building.'),
      text('door', 'Door.', { required: true }),
    ]),
  ],
};
const assetUser: ResourceType = {
  ...userResourceType,
  extensions: [...userResourceType.extensions, { schema: assetSchema, required: false }],
};

function replaced(
  body: JsonObject,
  current: JsonObject,
  resourceType: ResourceType = userResourceType,
) {
  const options = { mode: 'replace', profile: 'generic', current: frozen(current) } as const;
  const whole = { schemas: [resourceType.schema.id], userName: 'ada@example.com', ...body };
  return readResource(resourceType, frozen(whole), options).document;
}

function withAsset(values: JsonObject): JsonObject {
  return createdUser({ [asset]: values }, 'generic', assetUser).document;
}

describe('readResource: names and schemas', () => {
  test('A-05 A-06 spells names and URNs canonically', () => {
    const { document } = createdUser({
      NAME: { GIVENNAME: 'Ada' },
      [enterprise.toUpperCase()]: { DEPARTMENT: 'R&D' },
    });
    expect(document).toEqual({
      schemas: [user, enterprise],
      userName: 'ada@example.com',
      name: { givenName: 'Ada' },
      active: true,
      [enterprise]: { department: 'R&D' },
    });
  });

  test('A-07 refuses one attribute in two spellings', () => {
    expect(codeOf(() => createdUser({ USERNAME: 'b' }))).toBe('invalidSyntax');
    expect(codeOf(() => createdUser({ [enterprise]: {}, [enterprise.toUpperCase()]: {} }))).toBe(
      'invalidSyntax',
    );
  });

  test.each([
    ['no schemas', undefined],
    ['a text', user],
    ['an empty list', []],
    ['only an extension', [enterprise]],
    ['another resource type (C-09)', [group]],
    ['something that is no text', [1]],
  ])('A-01 refuses %s', (_, schemas) => {
    const body = { userName: 'a', ...(schemas === undefined ? {} : { schemas }) };
    const run = () => readResource(userResourceType, body, { mode: 'create', profile: 'entra' });
    expect(codeOf(run)).toBe('invalidSyntax');
    expect(refusalOf(run).detail).toContain(user);
  });

  test.each([[null], ['text'], [7], [[]]])('H-08 refuses %j as a resource', (body) => {
    const run = () => readResource(userResourceType, body, { mode: 'create', profile: 'okta' });
    expect(codeOf(run)).toBe('invalidSyntax');
  });

  test('A-02 A-03 completes schemas and drops what it does not know', () => {
    const unknown = 'urn:example:unknown';
    const { document, ignored } = createdUser({
      schemas: [user, user, unknown],
      [unknown]: { x: 1 },
      [enterprise]: { department: 'R&D' },
    });
    expect(document.schemas).toEqual([user, enterprise]);
    expect(ignored).toEqual([unknown]);
    expect(createdUser({ schemas: [enterprise, user] }).document.schemas).toEqual([user]);
  });

  test('A-09 ignores unknown attributes and says so', () => {
    const { document, ignored } = createdUser({
      favoriteColor: 'red',
      name: { givenName: 'Ada', nick: 'A' },
      [enterprise]: { badge: 1, department: 'R&D' },
    });
    expect(ignored).toEqual(['favoriteColor', 'name.nick', `${enterprise}:badge`]);
    expect(document).not.toHaveProperty('favoriteColor');
    expect(document.name).toEqual({ givenName: 'Ada' });
  });

  test('A-30 A-33 C-02 U-17 drops what the client may not write', () => {
    const { document, ignored } = createdUser({
      id: 'x',
      meta: { created: '1999-01-01T00:00:00Z' },
      groups: [{ value: 'g' }],
      [enterprise]: { manager: { value: 'm', displayName: 'J' } },
    });
    expect(Object.keys(document)).toEqual(['schemas', 'userName', 'active', enterprise]);
    expect(document[enterprise]).toEqual({ manager: { value: 'm' } });
    expect(ignored).toEqual(['groups']);
  });

  test('the constant empty groups of Okta are not worth a note', () => {
    expect(createdUser({ groups: [] }, 'okta').ignored).toEqual([]);
  });

  test('U-04 U-05 never stores a password', () => {
    const { document, ignored } = createdUser({ password: 'k3nq9v2x' });
    expect(JSON.stringify(document)).not.toContain('k3nq9v2x');
    expect(ignored).toEqual(['password']);
  });

  test('a member named __proto__ is one more unknown attribute', () => {
    const body = parseJson(
      `{"schemas":["${user}"],"userName":"a","__proto__":{"active":false},"name":{"__proto__":{"x":1}}}`,
    );
    const { document, ignored } = readResource(userResourceType, body, {
      mode: 'create',
      profile: 'generic',
    });
    expect(document.active).toBe(true);
    expect(ignored).toEqual(['__proto__', 'name.__proto__']);
  });
});

describe('readResource: values', () => {
  test.each([
    ['name', 'x'],
    ['emails', { value: 'a@example.com' }],
    ['emails', ['a@example.com']],
    ['title', 5],
    ['title', ['x']],
    ['active', 'yes'],
    ['active', 1],
    ['profileUrl', 'not a uri %'],
    ['profileUrl', 'https://example.com/%zz'],
    ['x509Certificates', [{ value: '!!' }]],
    ['emails', [{ value: 'a' }, 3]],
    ['addresses', [{ primary: true }, { primary: 'True' }]],
    [enterprise, 'x'],
  ])('A-15 refuses %s: %j with its name', (name, value: JsonValue) => {
    const refusal = refusalOf(() => createdUser({ [name]: value }));
    expect(refusal.scimType).toBe('invalidValue');
    expect(refusal.detail).toContain(name);
  });

  test('E-03 a refusal does not repeat the value', () => {
    const refusal = refusalOf(() => createdUser({ profileUrl: 'secret words' }));
    expect(refusal.detail).not.toContain('secret');
  });

  test.each<JsonObject>([
    { title: null, emails: null, name: null, [enterprise]: null },
    { title: '', locale: '' },
    { emails: [], roles: [null] },
    { name: {}, emails: [{}], [enterprise]: {} },
    { name: { givenName: '' }, emails: [{ value: null }], [enterprise]: { manager: {} } },
  ])('A-10 A-12 A-13 W-06 reads all of %j as unassigned', (members) => {
    expect(Object.keys(createdUser(members).document)).toEqual(['schemas', 'userName', 'active']);
  });

  test.each([[''], [null]])('A-12 A-14 refuses the required userName as %j', (userName) => {
    const refusal = refusalOf(() => createdUser({ userName }));
    expect(refusal.scimType).toBe('invalidValue');
    expect(refusal.detail).toContain('userName is required');
  });

  test('A-14 G-01 refuses a resource without its required attribute', () => {
    const options = { mode: 'create', profile: 'okta' } as const;
    expect(codeOf(() => readResource(userResourceType, { schemas: [user] }, options))).toBe(
      'invalidValue',
    );
    expect(codeOf(() => readResource(groupResourceType, { schemas: [group] }, options))).toBe(
      'invalidValue',
    );
  });

  test.each([
    ['True', true],
    ['FALSE', false],
    [false, false],
  ])('A-16 reads active %j as %j', (active, expected) => {
    expect(createdUser({ active }).document.active).toBe(expected);
  });

  test('U-09 a user is active unless the client says otherwise', () => {
    expect(createdUser({}).document.active).toBe(true);
    expect(createdUser({ active: false }).document.active).toBe(false);
  });

  test('C-07 null says no more than silence where there is a default', () => {
    expect(createdUser({ active: null }).document.active).toBe(true);
    expect(createdUser({ active: '' }).document.active).toBe(true);
  });

  test('A-28 the order of members carries no meaning, that of elements is kept', () => {
    const emails = [
      { type: 'work', value: 'z' },
      { type: 'home', value: 'a' },
    ];
    const body = {
      name: { familyName: 'B', givenName: 'A' },
      title: 'T',
      emails,
      [enterprise]: { department: 'D' },
    };
    const turned = (value: JsonObject) => Object.fromEntries(Object.entries(value).reverse());
    const other = turned({ ...body, name: turned(body.name), emails: emails.map(turned) });
    expect(createdUser(other).document).toEqual(createdUser(body).document);
    const names = Object.keys(createdUser(body).document);
    expect(Object.keys(createdUser(other).document)).toEqual(names);
    expect(createdUser(body).document.emails).toEqual(emails);
    expect(createdUser({ emails: emails.toReversed() }).document.emails).toEqual(
      emails.toReversed(),
    );
  });

  test('U-11 the parts of a name are independent', () => {
    expect(createdUser({ name: { givenName: 'A' } }).document.name).toEqual({ givenName: 'A' });
  });

  test('A-04 extension attributes at the top are unknown there', () => {
    const { document, ignored } = createdUser({ department: 'R&D' });
    expect(document).not.toHaveProperty('department');
    expect(ignored).toEqual(['department']);
  });

  test('A-23 at most one element is primary', () => {
    const two = [
      { value: 'a', primary: true },
      { value: 'b', primary: 'true' },
    ];
    expect(refusalOf(() => createdUser({ emails: two })).detail).toContain('"primary": true');
  });

  test('A-25 stores the same value and type once', () => {
    const emails = [
      { type: 'work', value: 'a@example.com' },
      { type: 'Work', value: 'A@example.com' },
      { type: 'home', value: 'a@example.com' },
    ];
    expect(createdUser({ emails }).document.emails).toEqual([emails[0], emails[2]]);
  });

  test('an element without its value says nothing and is dropped', () => {
    const { document, ignored } = createdUser({ emails: [{ type: 'work' }, { value: 'a' }] });
    expect(document.emails).toEqual([{ value: 'a' }]);
    expect(ignored).toEqual(['emails without value']);
  });

  test('A-26 A-27 U-02 U-13 U-14 U-15 keeps spelling and any text', () => {
    const members = {
      userName: 'Bob@X.com',
      externalId: 'AbC',
      locale: 'en_US',
      timezone: 'Europe/Paris',
      preferredLanguage: 'en-US, fr;q=0.5',
      phoneNumbers: [{ type: 'secret', value: '555-555-8377' }],
      addresses: [{ country: 'USA' }],
    };
    expect(createdUser(members).document).toMatchObject(members);
  });

  test('A-18 U-16 takes base64 with and without padding, and URIs', () => {
    const members = {
      profileUrl: 'https://example.com/ada',
      photos: [{ value: 'photos/%C3%A9.png' }],
      x509Certificates: [{ value: 'YWI' }, { value: 'YWI=' }, { value: '_-8' }],
    };
    expect(createdUser(members).document).toMatchObject(members);
  });

  test('I-03 refuses controls in a name that people are found by, and takes spaces', () => {
    expect(codeOf(() => createdUser({ userName: 'a\u0007b' }))).toBe('invalidValue');
    expect(createdUser({ userName: 'Ann Lee' }).document.userName).toBe('Ann Lee');
    expect(createdUser({ title: 'a\tb' }).document.title).toBe('a\tb');
  });

  test.each([
    [{ manager: 'u-9' }],
    [{ manager: { value: 'u-9' } }],
    [{ manager: [{ value: 'u-9', $ref: '../Users/u-9' }] }],
    [{ manager: { $ref: 'https://example.com/scim/v2/Users/u-9' } }],
    [{ manager: { $ref: 'Users/u-9', displayName: 'J' } }],
  ])('U-23 U-24 U-25 reads %j', (values) => {
    expect(createdUser({ [enterprise]: values }).document[enterprise]).toEqual({
      manager: { value: 'u-9' },
    });
  });

  test('I-03 an id from a URI is text that can be stored', () => {
    for (const $ref of ['Users/%00', 'Users/%ff', '/']) {
      const { document } = createdUser({ [enterprise]: { department: 'R&D', manager: { $ref } } });
      expect(document[enterprise]).toEqual({ department: 'R&D', manager: { $ref } });
    }
  });

  test('A-18 checks base64 text of a megabyte', () => {
    const value = 'QUJD'.repeat(260_000);
    expect(createdUser({ x509Certificates: [{ value }] }).document.x509Certificates).toEqual([
      { value },
    ]);
    for (const wrong of [`${value}Q`, `${value}=`, `${value}QQ=`, `Q=${value}`]) {
      expect(codeOf(() => createdUser({ x509Certificates: [{ value: wrong }] }))).toBe(
        'invalidValue',
      );
    }
  });

  test.each([[{ manager: '' }], [{ manager: null }], [{ manager: [] }]])(
    'U-25 reads %j as no manager',
    (values) => {
      expect(createdUser({ [enterprise]: values }).document).not.toHaveProperty([enterprise]);
    },
  );

  test('A-17 A-19 F-40 checks the types of a custom extension', () => {
    const values = { level: 3, ratio: 1.5, since: '2024-01-01T00:00:00Z', tags: ['a', 'b'] };
    expect(withAsset({ ...values, tags: ['a', 'A', 'b'] })[asset]).toEqual(values);
    expect(withAsset({ ratio: new WholeDecimal(1) })[asset]).toEqual({ ratio: 1 });
    for (const wrong of [
      { level: 1.5 },
      { level: new WholeDecimal(100) },
      { level: 2 ** 60 },
      { ratio: Number.POSITIVE_INFINITY },
      { ratio: [new WholeDecimal(1)] },
      { room: new WholeDecimal(1) },
      { tags: [new WholeDecimal(1)] },
      { level: '3' },
      { since: '2024-01-01' },
      { tags: 'a' },
      { room: { building: '1' } },
    ]) {
      expect(codeOf(() => withAsset(wrong))).toBe('invalidValue');
    }
  });

  test('A-17 a time without a zone is one of UTC, and says so from then on', () => {
    for (const [since, kept] of [
      ['2024-01-01T09:00:00', '2024-01-01T09:00:00Z'],
      ['2024-01-01T09:00:00.5', '2024-01-01T09:00:00.5Z'],
      ['2024-01-01T09:00:00+02:00', '2024-01-01T09:00:00+02:00'],
      ['2024-01-01T09:00:00Z', '2024-01-01T09:00:00Z'],
    ]) {
      expect(withAsset({ since: String(since) })[asset]).toEqual({ since: kept });
    }
  });

  test('D-24 a required extension must be there', () => {
    const demanding = { ...assetUser, extensions: [{ schema: assetSchema, required: true }] };
    expect(codeOf(() => createdUser({}, 'generic', demanding))).toBe('invalidValue');
    expect(codeOf(() => createdUser({ [asset]: {} }, 'generic', demanding))).toBe('invalidValue');
    expect(createdUser({ [asset]: { level: 1 } }, 'generic', demanding).document[asset]).toEqual({
      level: 1,
    });
  });

  test('A-22 refuses a schema with a complex attribute inside a complex one', () => {
    const nested = complex('a', 'A.', [complex('b', 'B.', [])]);
    const schema = { ...assetSchema, attributes: [nested] };
    const broken = { ...userResourceType, extensions: [{ schema, required: false }] };
    expect(() => createdUser({}, 'generic', broken)).toThrow(TypeError);
  });

  test('C-11 bounds the elements of an attribute', () => {
    const emails = Array.from({ length: 1_001 }, (_, index) => ({ value: `${index}@example.com` }));
    expect(refusalOf(() => createdUser({ emails })).detail).toContain('at most 1000');
  });
});

describe('readResource: replacing', () => {
  const current = createdUser({
    externalId: 'e',
    title: 'Engineer',
    active: false,
    emails: [{ value: 'a' }],
    [enterprise]: { department: 'R&D' },
  }).document;

  test('W-03 replaces lists and complex values as a whole', () => {
    const before = createdUser({
      name: { givenName: 'Ada', familyName: 'Byron' },
      emails: [{ value: 'a' }, { value: 'b', type: 'home' }],
      [enterprise]: { department: 'R&D', costCenter: '7' },
    }).document;
    const after = {
      name: { givenName: 'Ada' },
      emails: [{ value: 'c' }],
      [enterprise]: { costCenter: '8' },
    };
    expect(replaced(after, before)).toEqual({
      schemas: [user, enterprise],
      userName: 'ada@example.com',
      active: true,
      ...after,
    });
  });

  test('W-04 W-05 clears what is omitted', () => {
    expect(replaced({ name: { givenName: 'A' } }, current)).toEqual({
      schemas: [user],
      userName: 'ada@example.com',
      name: { givenName: 'A' },
      active: false,
    });
  });

  test('W-14 Z-16 keeps active when it is omitted and never switches anybody on', () => {
    expect(replaced({}, current).active).toBe(false);
    expect(replaced({ active: true }, current).active).toBe(true);
    expect(replaced({}, { ...current, active: true }).active).toBe(true);
    expect(replaced({ active: null }, current).active).toBe(false);
  });

  test('W-07 ignores another id', () => {
    expect(
      replaced({ id: 'other', meta: {}, groups: [{ value: 'g' }] }, current),
    ).not.toHaveProperty('id');
  });

  test('W-09 refuses a missing required attribute', () => {
    expect(codeOf(() => replaced({ userName: null }, current))).toBe('invalidValue');
    const options = { mode: 'replace', profile: 'generic', current } as const;
    const nameless = () => readResource(userResourceType, { schemas: [user] }, options);
    expect(codeOf(nameless)).toBe('invalidValue');
  });

  test('W-12 gives the same document for the same body', () => {
    expect(JSON.stringify(replaced({ ...current }, current))).toBe(JSON.stringify(current));
  });

  test('W-08 P-17 an immutable value can be given once', () => {
    const stored = withAsset({ serial: 'S1', level: 1 });
    const kept = { schemas: [user, asset], [asset]: { serial: 'S1' } };
    expect(replaced({}, stored, assetUser)).toMatchObject(kept);
    expect(replaced({ [asset]: { serial: 'S1' } }, stored, assetUser)).toMatchObject(kept);
    expect(codeOf(() => replaced({ [asset]: { serial: 'S2' } }, stored, assetUser))).toBe(
      'mutability',
    );
    expect(codeOf(() => replaced({ [asset]: { serial: null } }, stored, assetUser))).toBe(
      'mutability',
    );
    expect(replaced({ [asset]: { serial: 'S2' } }, current, assetUser)).toMatchObject({
      [asset]: { serial: 'S2' },
    });
  });
});

describe('readResource: replacing a value with an immutable part', () => {
  const stored = withAsset({ desk: { number: '7', color: 'red' } });
  const desk = (sent: JsonObject) =>
    replaced({ [asset]: { desk: sent } }, stored, assetUser)[asset];

  test('W-08 the part is kept, may be repeated and cannot be changed', () => {
    expect(desk({ color: 'blue' })).toEqual({ desk: { number: '7', color: 'blue' } });
    expect(desk({ number: '7' })).toEqual({ desk: { number: '7' } });
    expect(codeOf(() => desk({ number: '8' }))).toBe('mutability');
  });
});
