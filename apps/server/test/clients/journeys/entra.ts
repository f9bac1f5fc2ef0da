import {
  createsGroup,
  emptyList,
  enterprise,
  hasMembers,
  type Journey,
  patch,
  type Step,
  user,
} from '../journey.ts';

const adGroup = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

const arrives: readonly Step[] = [
  {
    does: 'tests the connection with somebody who cannot exist, under its flag',
    send: 'GET /Users?aadOptscim062020&filter=userName eq "5f0c3a52-5f1e-4d0c-8d2b-1c0f4c1f6b11"',
    gives: 200,
    shows: emptyList,
  },
  {
    does: 'tests groups without members',
    send: 'GET /Groups?excludedAttributes=members&filter=displayName eq "5f0c3a52"',
    gives: 200,
    shows: emptyList,
  },
  { does: 'discovers the schemas', send: 'GET /Schemas', gives: 200 },
  ...[
    'userName eq "ada@example.com"',
    'externalId eq "ada.l"',
    'emails[type eq "work"].value eq "ada@example.com"',
  ].map((filter) => ({
    does: `matches by ${filter}`,
    send: `GET /Users?filter=${filter}`,
    gives: 200,
    shows: emptyList,
  })),
  {
    does: 'creates ada in its own dialect',
    send: 'POST /Users',
    body: {
      schemas: [user, enterprise],
      externalId: 'ada.l',
      userName: 'ada@example.com',
      active: 'True',
      displayName: 'Ada L',
      emails: [{ primary: true, type: 'work', value: 'ada@example.com' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Ada L', familyName: 'L', givenName: 'Ada' },
      [enterprise]: { department: 'R&D', employeeNumber: '0042', manager: 'u-9' },
      'urn:example:tenant:User': { badge: 1 },
      title: null,
      roles: [],
    },
    gives: 201,
    shows: {
      active: true,
      schemas: [user, enterprise],
      [enterprise]: { department: 'R&D', manager: { value: 'u-9' } },
    },
    lacks: ['title', 'roles'],
    keeps: { ada: 'id' },
    ignored: 'urn:example:tenant:User',
  },
  {
    does: 'creates her once more after a timeout',
    send: 'POST /Users',
    body: { schemas: [user], externalId: 'ada.l', userName: 'ada@example.com' },
    gives: 409,
    shows: { scimType: 'uniqueness' },
  },
  { does: 'refreshes her', send: 'GET /Users/<ada>', gives: 200, shows: { active: true } },
];

const leaves: readonly Step[] = [
  {
    does: 'still finds her',
    send: 'GET /Users?filter=userName eq "ADA@EXAMPLE.COM"',
    gives: 200,
    shows: { totalResults: 1, Resources: [{ id: '<ada>', active: false }] },
  },
  { does: 'deletes her for good', send: 'DELETE /Users/<ada>', gives: 204 },
  { does: 'deletes her again', send: 'DELETE /Users/<ada>', gives: 404 },
  { does: 'refreshes her', send: 'GET /Users/<ada>', gives: 404 },
];

const blue: readonly Step[] = [
  {
    does: 'creates a group with its second schema',
    send: 'POST /Groups',
    body: {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group', adGroup],
      externalId: '8aa1a0c0',
      displayName: 'Blue',
      meta: { resourceType: 'Group' },
    },
    gives: 201,
    shows: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'] },
    keeps: { Blue: 'id' },
    ignored: adGroup,
  },
  {
    does: 'reads it without members before it changes it',
    send: 'GET /Groups/<Blue>?excludedAttributes=members',
    gives: 200,
    lacks: ['members'],
  },
  {
    does: 'adds a member with the reference null',
    send: 'PATCH /Groups/<Blue>',
    body: patch({ op: 'Add', path: 'members', value: [{ $ref: null, value: '<ada>' }] }),
    gives: 204,
  },
  hasMembers('Blue', ['ada']),
  {
    does: 'checks the membership',
    send: 'GET /Groups?filter=id eq "<Blue>" and members eq "<ada>"&attributes=id',
    gives: 200,
    shows: { totalResults: 1, Resources: [{ id: '<Blue>' }] },
  },
];

export const entra: Journey = {
  title: 'Entra: match, create, change with capitals and texts, disable, restore, delete, groups',
  provider: 'entra',
  space: '+',
  steps: [
    ...arrives,
    {
      does: 'changes her, one operation an attribute',
      send: 'PATCH /Users/<ada>',
      body: patch(
        { op: 'Replace', path: 'displayName', value: 'Ada K' },
        { op: 'Replace', path: 'emails[type eq "home"].value', value: 'ada.k@example.com' },
        { op: 'Add', path: 'emails[type eq "home"].primary', value: 'False' },
        { op: 'Add', path: 'addresses[type eq "work"].formatted', value: '7 Rue X' },
        { op: 'Add', path: `${enterprise}:department`, value: 'Ops' },
        { op: 'Replace', path: `${enterprise}:manager`, value: 'u-10' },
        {
          op: 'Add',
          path: 'roles',
          value: [{ value: '{"id":"8","value":"editor","displayName":"Editor"}' }],
        },
      ),
      gives: 200,
      shows: {
        displayName: 'Ada K',
        emails: [{ type: 'work' }, { type: 'home', value: 'ada.k@example.com', primary: false }],
        addresses: [{ type: 'work', formatted: '7 Rue X' }],
        [enterprise]: { department: 'Ops', manager: { value: 'u-10' } },
        roles: [{ value: 'editor', display: 'Editor' }],
      },
    },
    {
      does: 'disables her with text, by Add',
      send: 'PATCH /Users/<ada>',
      body: patch({ op: 'Add', path: 'active', value: 'False' }),
      gives: 200,
      shows: { active: false },
    },
    {
      does: 'restores her',
      send: 'PATCH /Users/<ada>',
      body: patch({ op: 'Replace', path: 'active', value: 'True' }),
      gives: 200,
      shows: { active: true },
    },
    ...blue,
    {
      does: 'removes only who is listed',
      send: 'PATCH /Groups/<Blue>',
      body: patch({ op: 'Remove', path: 'members', value: [{ $ref: null, value: '<ada>' }] }),
      gives: 204,
    },
    hasMembers('Blue', []),
    {
      does: 'removes her once more',
      send: 'PATCH /Groups/<Blue>',
      body: patch({ op: 'Remove', path: 'members', value: [{ value: '<ada>' }] }),
      gives: 204,
      effect: 'unchanged',
    },
    { does: 'deletes the group', send: 'DELETE /Groups/<Blue>', gives: 204 },
    {
      does: 'disables her',
      send: 'PATCH /Users/<ada>',
      body: patch({ op: 'Replace', path: 'active', value: 'False' }),
      gives: 200,
    },
    ...leaves,
  ],
};

export const entraCompliant: Journey = {
  title: 'Entra with aadOptscim062020: lower case, real booleans, one operation without path',
  provider: 'entra',
  steps: [
    ...arrives,
    {
      does: 'changes her, single values in one operation',
      send: 'PATCH /Users/<ada>',
      body: patch(
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada.k@example.com' },
        {
          op: 'replace',
          value: {
            displayName: 'Ada K',
            'name.givenName': 'Augusta',
            [`${enterprise}:employeeNumber`]: '0043',
            [`${enterprise}:manager`]: '',
          },
        },
      ),
      gives: 200,
      shows: {
        displayName: 'Ada K',
        name: { givenName: 'Augusta', familyName: 'L' },
        emails: [{ type: 'work', value: 'ada.k@example.com', primary: true }],
        [enterprise]: { employeeNumber: '0043', department: 'R&D' },
      },
    },
    {
      does: 'finds nobody who has a manager',
      send: 'GET /Users?filter=manager pr',
      gives: 200,
      shows: emptyList,
    },
    ...blue,
    createsGroup('Red', ['ada']),
    {
      does: 'removes by a filter',
      send: 'PATCH /Groups/<Red>',
      body: patch({ op: 'remove', path: 'members[value eq "<ada>"]' }),
      gives: 204,
    },
    hasMembers('Red', []),
    {
      does: 'disables her',
      send: 'PATCH /Users/<ada>',
      body: patch({ op: 'replace', path: 'active', value: false }),
      gives: 200,
      shows: { active: false },
    },
    hasMembers('Blue', ['ada']),
    ...leaves,
    hasMembers('Blue', []),
  ],
};
