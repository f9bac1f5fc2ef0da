import {
  creates,
  createsGroup,
  emptyList,
  enterprise,
  group,
  hasMembers,
  type Journey,
  patch,
  user,
} from '../journey.ts';

const oneLogin: Journey = {
  title: 'OneLogin: a template of SCIM 1, plain JSON, PUT for people and PATCH for groups',
  provider: 'generic',
  headers: { accept: 'application/json', 'content-type': 'application/json' },
  steps: [
    {
      does: 'looks for somebody who cannot exist',
      send: 'GET /Users?filter=userName eq "nobody@example.com"',
      gives: 200,
      shows: emptyList,
    },
    {
      does: 'creates ada by its template',
      send: 'POST /Users',
      body: {
        schemas: ['urn:scim:schemas:core:1.0'],
        externalId: null,
        userName: 'ada@example.com',
        name: { givenName: 'Ada', familyName: 'Byron', middleName: '' },
        emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
      },
      gives: 201,
      shows: { schemas: [user], userName: 'ada@example.com', active: true },
      lacks: ['externalId'],
      keeps: { ada: 'id' },
    },
    {
      does: 'lists the groups for its rules',
      send: 'GET /Groups',
      gives: 200,
    },
    {
      does: 'changes her',
      send: 'PUT /Users/<ada>',
      body: {
        schemas: ['urn:scim:schemas:core:1.0'],
        userName: 'ada@example.com',
        name: { givenName: 'Augusta', familyName: 'Byron' },
        emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
      },
      gives: 200,
      shows: { name: { givenName: 'Augusta' } },
    },
    {
      does: 'creates a group for a role',
      send: 'POST /Groups',
      body: { schemas: [group], displayName: 'Engineers' },
      gives: 201,
      keeps: { Engineers: 'id' },
    },
    {
      does: 'puts her into it',
      send: 'PATCH /Groups/<Engineers>',
      body: patch({ op: 'add', path: 'members', value: [{ value: '<ada>' }] }),
      gives: 204,
    },
    {
      does: 'suspends her',
      send: 'PUT /Users/<ada>',
      body: {
        schemas: ['urn:scim:schemas:core:1.0'],
        userName: 'ada@example.com',
        name: { givenName: 'Augusta', familyName: 'Byron' },
        emails: [{ value: 'ada@example.com', type: 'work', primary: true }],
        active: false,
      },
      gives: 200,
      shows: { active: false },
    },
    { does: 'deletes her', send: 'DELETE /Users/<ada>', gives: 204 },
  ],
};

const jumpCloudUser = {
  schemas: [user],
  userName: 'test@example.com',
  name: { givenName: 'Test', familyName: 'User' },
  emails: [{ value: 'test@example.com', type: 'work', primary: true }],
  active: true,
};

const jumpCloud: Journey = {
  title: 'JumpCloud: its activation makes a test user and a test group and takes them away',
  provider: 'generic',
  steps: [
    {
      does: 'looks for the test user',
      send: 'GET /Users?filter=userName eq "test@example.com"',
      gives: 200,
      shows: emptyList,
    },
    {
      does: 'creates the test user',
      send: 'POST /Users',
      body: jumpCloudUser,
      gives: 201,
      keeps: { test: 'id' },
    },
    {
      does: 'updates it',
      send: 'PUT /Users/<test>',
      body: { ...jumpCloudUser, name: { givenName: 'Tested', familyName: 'User' } },
      gives: 200,
    },
    createsGroup('JumpCloud test'),
    {
      does: 'renames the test group without a path',
      send: 'PATCH /Groups/<JumpCloud test>',
      body: patch({ op: 'replace', value: { displayName: 'JumpCloud tested' } }),
      gives: 204,
    },
    {
      does: 'adds the test user',
      send: 'PATCH /Groups/<JumpCloud test>',
      body: patch({ op: 'add', path: 'members', value: [{ value: '<test>' }] }),
      gives: 204,
    },
    creates('ada'),
    {
      does: 'removes somebody who is not in it, by a list',
      send: 'PATCH /Groups/<JumpCloud test>',
      body: patch({ op: 'remove', path: 'members', value: [{ value: '<ada>' }] }),
      gives: 204,
      effect: 'unchanged',
    },
    hasMembers('JumpCloud test', ['test']),
    {
      does: 'removes the test user by a list',
      send: 'PATCH /Groups/<JumpCloud test>',
      body: patch({ op: 'remove', path: 'members', value: [{ value: '<test>' }] }),
      gives: 204,
    },
    hasMembers('JumpCloud test', []),
    { does: 'deletes the test group', send: 'DELETE /Groups/<JumpCloud test>', gives: 204 },
    {
      does: 'deactivates the test user',
      send: 'PUT /Users/<test>',
      body: { ...jumpCloudUser, active: false },
      gives: 200,
    },
    { does: 'deletes it', send: 'DELETE /Users/<test>', gives: 204 },
  ],
};

const ping: Journey = {
  title: 'Ping: matches by emails, replaces people without active, finds groups itself',
  provider: 'generic',
  steps: [
    {
      does: 'matches by work email',
      send: 'GET /Users?filter=emails eq "ada@example.com"',
      gives: 200,
      shows: emptyList,
    },
    {
      does: 'provisions somebody who is disabled',
      send: 'POST /Users',
      body: {
        schemas: [user],
        userName: 'ada',
        emails: [{ value: 'ada@example.com', type: 'work' }],
        active: false,
      },
      gives: 201,
      shows: { active: false },
      keeps: { ada: 'id' },
    },
    {
      does: 'finds her by emails',
      send: 'GET /Users?filter=emails eq "ADA@example.com"',
      gives: 200,
      shows: { totalResults: 1, Resources: [{ id: '<ada>' }] },
    },
    {
      does: 'replaces her without saying whether she is active',
      send: 'PUT /Users/<ada>',
      body: { schemas: [user], userName: 'ada', title: 'Countess' },
      gives: 200,
      shows: { active: false, title: 'Countess' },
      lacks: ['emails'],
    },
    createsGroup('Red', ['ada']),
    createsGroup('Green'),
    {
      does: 'lists all groups to find its own',
      send: 'GET /Groups?startIndex=1&count=1',
      gives: 200,
      shows: { totalResults: 2, itemsPerPage: 1, Resources: [{ displayName: 'Red' }] },
    },
    {
      does: 'reads on',
      send: 'GET /Groups?startIndex=2&count=1',
      gives: 200,
      shows: { totalResults: 2, itemsPerPage: 1, Resources: [{ displayName: 'Green' }] },
    },
    {
      does: 'replaces a group by PUT without members, which empties it',
      send: 'PUT /Groups/<Red>',
      body: { schemas: [group], displayName: 'Red' },
      gives: 200,
      lacks: ['members'],
    },
  ],
};

const sailPoint: Journey = {
  title: 'SailPoint: reads every discovery document, aggregates everything, then provisions',
  provider: 'generic',
  steps: [
    ...[
      'ServiceProviderConfig',
      'ResourceTypes',
      'ResourceTypes/User',
      'ResourceTypes/Group',
      'Schemas',
      `Schemas/${user}`,
      `Schemas/${group}`,
      `Schemas/${enterprise}`,
    ].map((path) => ({ does: `reads ${path}`, send: `GET /${path}`, gives: 200 })),
    creates('ada'),
    creates('grace'),
    createsGroup('Red', ['ada', 'grace']),
    {
      does: 'aggregates people',
      send: 'GET /Users?startIndex=1&count=1',
      gives: 200,
      shows: { totalResults: 2, Resources: [{ id: '<ada>', groups: [{ value: '<Red>' }] }] },
    },
    {
      does: 'aggregates on',
      send: 'GET /Users?startIndex=2&count=1',
      gives: 200,
      shows: { totalResults: 2, Resources: [{ id: '<grace>' }] },
    },
    {
      does: 'aggregates groups with their members',
      send: 'GET /Groups?startIndex=1&count=100',
      gives: 200,
      shows: { Resources: [{ members: [{ value: '<ada>' }, { value: '<grace>' }] }] },
    },
    {
      does: 'adds to an attribute',
      send: 'PATCH /Users/<ada>',
      body: patch({ op: 'add', path: 'entitlements', value: [{ value: 'reports' }] }),
      gives: 200,
      shows: { entitlements: [{ value: 'reports' }] },
    },
    {
      does: 'removes from it',
      send: 'PATCH /Users/<ada>',
      body: patch({ op: 'remove', path: 'entitlements[value eq "reports"]' }),
      gives: 200,
      lacks: ['entitlements'],
    },
  ],
};

const authentik: Journey = {
  title: 'authentik: asks what is supported, PUTs people, PATCHes groups with the whole of them',
  provider: 'generic',
  headers: { accept: '*/*', 'content-type': 'application/scim+json' },
  steps: [
    {
      does: 'asks what is supported',
      send: 'GET /ServiceProviderConfig',
      gives: 200,
      shows: { patch: { supported: true } },
    },
    creates('ada', { externalId: 'a3f1' }),
    {
      does: 'puts her with our id',
      send: 'PUT /Users/<ada>',
      body: {
        schemas: [user],
        id: '<ada>',
        externalId: 'a3f1',
        userName: 'ada@example.com',
        name: { formatted: 'Ada', givenName: 'Ada', familyName: '' },
        displayName: 'Ada',
        photos: [],
        active: true,
        meta: { resourceType: 'User' },
      },
      gives: 200,
      shows: { name: { formatted: 'Ada', givenName: 'Ada' } },
    },
    createsGroup('Red'),
    {
      does: 'creates it twice',
      send: 'POST /Groups',
      body: { schemas: [group], displayName: 'red' },
      gives: 409,
      shows: { scimType: 'uniqueness' },
    },
    {
      does: 'finds it by name',
      send: 'GET /Groups?filter=displayName eq "Red"',
      gives: 200,
      shows: { totalResults: 1, Resources: [{ id: '<Red>' }] },
    },
    {
      does: 'replaces it without a path, whole, with schemas and id',
      send: 'PATCH /Groups/<Red>',
      body: patch({
        op: 'replace',
        path: null,
        value: { schemas: [group], id: '<Red>', displayName: 'Red', externalId: 'g-1' },
      }),
      gives: 204,
    },
    {
      does: 'adds one member',
      send: 'PATCH /Groups/<Red>',
      body: patch({ op: 'add', path: 'members', value: [{ value: '<ada>' }] }),
      gives: 204,
    },
    hasMembers('Red', ['ada']),
    {
      does: 'removes one member',
      send: 'PATCH /Groups/<Red>',
      body: patch({ op: 'remove', path: 'members', value: [{ value: '<ada>' }] }),
      gives: 204,
    },
    hasMembers('Red', []),
    {
      does: 'walks until the total is reached',
      send: 'GET /Users?startIndex=1',
      gives: 200,
      shows: { totalResults: 1, itemsPerPage: 1 },
    },
    { does: 'removes her', send: 'DELETE /Users/<ada>', gives: 204 },
  ],
};

const keycloak: Journey = {
  title: 'Keycloak: a double slash, an id of its own, addresses without type',
  provider: 'generic',
  steps: [
    {
      does: 'creates ada under its own id',
      send: 'POST //Users',
      body: {
        schemas: [user],
        id: '0c5a7d1e-keycloak',
        userName: 'ada@example.com',
        emails: [{ value: 'ada@example.com', primary: true }],
        groups: [{ value: 'x' }],
        meta: { created: '1999-01-01T00:00:00Z', resourceType: 'User' },
        active: true,
      },
      gives: 201,
      shows: { emails: [{ value: 'ada@example.com', primary: true }] },
      lacks: ['groups'],
      keeps: { ada: 'id' },
    },
    { does: 'does not find its own id', send: 'GET //Users/0c5a7d1e-keycloak', gives: 404 },
    {
      does: 'puts her, with its own id in the body',
      send: 'PUT //Users/<ada>',
      body: {
        schemas: [user],
        id: '0c5a7d1e-keycloak',
        externalId: 'kc-1',
        userName: 'ada@example.com',
        active: true,
      },
      gives: 200,
      shows: { id: '<ada>', externalId: 'kc-1' },
      lacks: ['emails'],
    },
    { does: 'lists with a trailing slash', send: 'GET //Users/', gives: 200 },
    { does: 'deletes her', send: 'DELETE //Users/<ada>', gives: 204 },
  ],
};

const google: Journey = {
  title: 'Google Workspace: people only, suspended before they are deleted',
  provider: 'generic',
  steps: [
    { does: 'probes', send: 'GET /Users?count=1', gives: 200, shows: { totalResults: 0 } },
    creates('ada', { name: { givenName: 'Ada', familyName: 'Byron' }, active: true }),
    {
      does: 'suspends her',
      send: 'PATCH /Users/<ada>',
      body: patch({ op: 'replace', path: 'active', value: false }),
      gives: 200,
      shows: { active: false },
    },
    { does: 'deletes her after the delay', send: 'DELETE /Users/<ada>', gives: 204 },
  ],
};

const rippling: Journey = {
  title: 'Rippling: reads what is supported, matches by listing, repeats a create',
  provider: 'generic',
  steps: [
    { does: 'tests', send: 'GET /ServiceProviderConfig', gives: 200 },
    creates('ada', { externalId: 'r-1' }),
    {
      does: 'lists people to match them',
      send: 'GET /Users?startIndex=1&count=100',
      gives: 200,
      shows: { totalResults: 1, Resources: [{ externalId: 'r-1' }] },
    },
    {
      does: 'repeats a create that it took for lost',
      send: 'POST /Users',
      body: { schemas: [user], userName: 'ada@example.com', externalId: 'r-1' },
      gives: 409,
      shows: { scimType: 'uniqueness' },
    },
    {
      does: 'finds her by externalId instead',
      send: 'GET /Users?filter=externalId eq "r-1"',
      gives: 200,
      shows: { totalResults: 1 },
    },
  ],
};

export const otherClients: readonly Journey[] = [
  oneLogin,
  jumpCloud,
  ping,
  sailPoint,
  authentik,
  keycloak,
  google,
  rippling,
];
