import { creates, enterprise, type Journey, user } from '../journey.ts';
import { everybody, finds, manager, patches, row, withManager } from './row.ts';

/** Rows of the quirk table about PATCH of people. */
export const patchRows: readonly Journey[] = [
  ...row(
    'op in capitals',
    everybody,
    creates('ada'),
    patches('adds', [{ op: 'Add', path: 'title', value: 'A' }], { shows: { title: 'A' } }),
    patches('replaces', [{ OP: 'REPLACE', Path: 'Title', Value: 'B' }], { shows: { title: 'B' } }),
    patches('removes', [{ op: 'Remove', path: 'TITLE' }], { lacks: ['title'] }),
  ),
  ...row(
    'booleans as text, in values and in filters',
    everybody,
    creates('ada', { active: 'True', emails: [{ value: 'a@example.com', primary: 'TRUE' }] }),
    patches('disables', [{ op: 'Replace', path: 'active', value: 'False' }], {
      shows: { active: false, emails: [{ primary: true }] },
    }),
    finds('active eq "False"', ['ada']),
    finds('emails[primary eq "True"].value eq "a@example.com"', ['ada']),
    patches('says yes', [{ op: 'Replace', path: 'active', value: 'yes' }], {
      gives: 400,
      shows: { scimType: 'invalidValue' },
    }),
  ),
  ...row(
    'add of a single value replaces it',
    everybody,
    creates('ada', { title: 'A' }),
    patches('adds', [{ op: 'Add', path: 'title', value: 'B' }], { shows: { title: 'B' } }),
    patches('adds', [{ op: 'add', value: { title: 'C' } }], { shows: { title: 'C' } }),
  ),
  ...row(
    'add to an element that is not there creates it once for all of its parts',
    everybody,
    creates('ada'),
    patches(
      'adds three parts',
      [
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].primary', value: 'True' },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0100' },
        { op: 'Add', path: 'phoneNumbers[type eq "mobile"].display', value: 'M' },
      ],
      {
        shows: {
          phoneNumbers: [{ type: 'mobile', value: '+1 555 0100', primary: true, display: 'M' }],
        },
      },
    ),
  ),
  ...row(
    'replace of an element that is not there creates it',
    ['entra'],
    creates('ada'),
    patches(
      'replaces parts',
      [
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'a@example.com' },
        { op: 'Replace', path: 'emails[type eq "work"].primary', value: 'True' },
      ],
      { shows: { emails: [{ type: 'work', value: 'a@example.com', primary: true }] } },
    ),
  ),
  ...row(
    'replace of an element that is not there is noTarget, and nothing is applied',
    ['okta', 'generic'],
    creates('ada'),
    patches(
      'replaces',
      [
        { op: 'replace', path: 'title', value: 'A' },
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'a@example.com' },
      ],
      { gives: 400, shows: { scimType: 'noTarget' } },
    ),
  ),
  ...row(
    'dotted, qualified and bracketed names in a value without path',
    everybody,
    creates('ada'),
    patches(
      'replaces',
      [
        {
          op: 'replace',
          value: {
            'name.givenName': 'Ada',
            [`${enterprise}:department`]: 'R&D',
            [`${user}:title`]: 'A',
          },
        },
      ],
      { shows: { name: { givenName: 'Ada' }, title: 'A', [enterprise]: { department: 'R&D' } } },
    ),
    patches(
      'adds an element',
      [{ op: 'add', value: { 'emails[type eq "work"].value': 'a@example.com' } }],
      { shows: { emails: [{ type: 'work', value: 'a@example.com' }] } },
    ),
  ),
  ...row(
    'every form of the manager',
    everybody,
    creates('ada'),
    patches('by text', [{ op: 'Add', path: manager, value: 'u-9' }], { shows: withManager }),
    patches('by empty text', [{ op: 'Replace', path: manager, value: '' }], {
      lacks: [enterprise],
    }),
    patches('by object', [{ op: 'Replace', path: manager, value: { value: 'u-9' } }], {
      shows: withManager,
    }),
    patches('by null', [{ op: 'Replace', path: manager, value: null }], { lacks: [enterprise] }),
    patches(
      'by array',
      [{ op: 'Add', path: 'manager', value: [{ $ref: 'Users/u-9', value: 'u-9' }] }],
      { shows: withManager },
    ),
    patches('by name without path', [{ op: 'replace', value: { [manager]: 'u-8' } }], {
      shows: { [enterprise]: { manager: { value: 'u-8' } } },
    }),
    patches('by its value', [{ op: 'Replace', path: `${manager}.value`, value: 'u-9' }], {
      shows: withManager,
    }),
    patches('by removal', [{ op: 'Remove', path: manager }], { lacks: [enterprise] }),
    patches('by removal again', [{ op: 'Remove', path: manager, value: 'u-9' }], {
      effect: 'unchanged',
    }),
  ),
  ...row(
    'other spellings of paths',
    everybody,
    creates('ada'),
    patches('with a dot', [{ op: 'Add', path: `${enterprise}.department`, value: 'A' }], {
      shows: { [enterprise]: { department: 'A' } },
    }),
    patches('without URN', [{ op: 'Add', path: 'Department', value: 'B' }], {
      shows: { [enterprise]: { department: 'B' } },
    }),
    patches(
      'in capitals',
      [{ op: 'Add', path: `${enterprise.toUpperCase()}:DEPARTMENT`, value: 'C' }],
      { shows: { [enterprise]: { department: 'C' } } },
    ),
  ),
  ...row(
    'a role packed as JSON text',
    ['entra'],
    creates('ada', { roles: [] }),
    patches(
      'adds',
      [
        {
          op: 'Add',
          path: 'roles',
          value: [{ value: '{"id":"8","value":"e","displayName":"E"}' }],
        },
      ],
      { shows: { roles: [{ value: 'e', display: 'E' }] } },
    ),
  ),
  ...row(
    'roles chosen by a boolean as text',
    everybody,
    creates('ada', { roles: [{ value: 'a', primary: true }] }),
    patches('replaces', [{ op: 'Replace', path: 'roles[primary eq "True"].value', value: 'b' }], {
      shows: { roles: [{ value: 'b', primary: true }] },
    }),
  ),
  ...row(
    'null and empty text mean unassigned',
    everybody,
    creates('ada', { title: null, nickName: '', externalId: null, name: { givenName: 'A' } }),
    patches('sets', [{ op: 'replace', value: { title: 'A', nickName: 'B' } }]),
    patches('empties', [{ op: 'Replace', path: 'title', value: '' }], { lacks: ['title'] }),
    patches('nulls', [{ op: 'Replace', path: 'nickName', value: null }], { lacks: ['nickName'] }),
    patches('empties a required one', [{ op: 'Replace', path: 'userName', value: '' }], {
      gives: 400,
      shows: { scimType: 'invalidValue' },
    }),
    {
      does: 'empties names by PUT',
      send: 'PUT /Users/<ada>',
      body: {
        schemas: [user],
        userName: 'ada@example.com',
        name: { givenName: '', familyName: null },
      },
      gives: 200,
      lacks: ['name'],
    },
  ),
  ...row(
    'an empty list of operations changes nothing',
    everybody,
    creates('ada'),
    patches('sends nothing', [], { effect: 'unchanged' }),
  ),
  ...row(
    'a thousand operations at once, in their order',
    everybody,
    creates('ada'),
    patches(
      'replaces a thousand times',
      Array.from({ length: 1_000 }, (_, at) => ({ op: 'Replace', path: 'title', value: `t${at}` })),
      { shows: { title: 't999' } },
    ),
    patches(
      'sends more than are taken',
      Array.from({ length: 2_001 }, () => ({ op: 'Replace', path: 'title', value: 'x' })),
      { gives: 413 },
    ),
  ),
  ...row(
    'somebody inactive is found, and a create revives her under her id',
    everybody,
    creates('ada', { externalId: 'e-1' }),
    patches('disables', [{ op: 'replace', value: { active: false } }]),
    finds('userName eq "ada@example.com"', ['ada']),
    {
      ...creates('ada', { externalId: 'e-1' }),
      shows: { id: '<ada>', active: true },
      keeps: {},
    },
  ),
  ...row(
    'an unknown path is ignored and recorded, and the other operations are applied',
    ['okta', 'entra'],
    creates('ada'),
    patches(
      'adds',
      [
        { op: 'Add', path: 'favoriteColor', value: 'red' },
        { op: 'Add', path: 'title', value: 'A' },
      ],
      { shows: { title: 'A' }, ignored: 'favoriteColor' },
    ),
    patches('adds that alone', [{ op: 'Add', path: 'favoriteColor', value: 'red' }], {
      effect: 'unchanged',
      ignored: 'favoriteColor',
    }),
  ),
  ...row(
    'an unknown path is invalidPath',
    ['generic'],
    creates('ada'),
    patches('adds', [{ op: 'Add', path: 'favoriteColor', value: 'red' }], {
      gives: 400,
      shows: { scimType: 'invalidPath' },
    }),
  ),
];
