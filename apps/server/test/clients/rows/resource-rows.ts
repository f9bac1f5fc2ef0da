import { creates, emptyList, enterprise, type Journey, patch, user } from '../journey.ts';
import { everybody, finds, row } from './row.ts';

/** Rows of the quirk table about reading, creating and replacing people. */
export const resourceRows: readonly Journey[] = [
  ...row(
    'a filter without match is an empty list, never 404',
    everybody,
    { does: 'seeks', send: 'GET /Users?filter=userName eq "x"', gives: 200, shows: emptyList },
    { does: 'seeks', send: 'GET /Groups?filter=displayName eq "x"', gives: 200, shows: emptyList },
  ),
  ...row(
    'a whole resource in a value without path',
    everybody,
    creates('ada'),
    { does: 'reads', send: 'GET /Users/<ada>', gives: 200, keeps: { read: '' } },
    {
      does: 'replaces all of it',
      send: 'PATCH /Users/<ada>',
      body: ({ read }) =>
        patch({ op: 'replace', value: { ...read, title: 'A', groups: [{ value: 'x' }] } }),
      gives: 200,
      shows: { id: '<ada>', title: 'A' },
      lacks: ['groups'],
    },
  ),
  ...row(
    'extensions that are declared or not',
    everybody,
    {
      does: 'creates with one that is not declared',
      send: 'POST /Users',
      body: { schemas: [user], userName: 'a', [enterprise]: { department: 'A' } },
      gives: 201,
      shows: { schemas: [user, enterprise], [enterprise]: { department: 'A' } },
    },
    {
      does: 'creates with one that is declared and absent',
      send: 'POST /Users',
      body: { schemas: [user, enterprise], userName: 'b' },
      gives: 201,
      shows: { schemas: [user] },
      lacks: [enterprise],
    },
  ),
  ...row(
    'addresses are found by every path',
    everybody,
    creates('ada', { emails: [{ type: 'work', value: 'A@example.com' }] }),
    finds('emails eq "a@EXAMPLE.com"', ['ada']),
    finds('emails.value eq "a@example.com"', ['ada']),
    finds('email eq "a@example.com"', ['ada']),
    finds('emails[type eq "work"].value eq "a@example.com"', ['ada']),
    finds('emails[type eq "home"].value eq "a@example.com"', []),
  ),
  ...row(
    'PUT without active leaves an inactive person inactive',
    everybody,
    creates('ada', { active: false }),
    {
      does: 'replaces',
      send: 'PUT /Users/<ada>',
      body: { schemas: [user], userName: 'ada@example.com', title: 'A' },
      gives: 200,
      shows: { active: false, title: 'A' },
    },
  ),
  ...row(
    'slashes and unknown parameters mean nothing',
    everybody,
    creates('ada'),
    ...['//Users///<ada>/', '/Users/<ada>?aadOptscim062020', '/Users/<ada>/?x=1&x=2'].map(
      (path) => ({
        does: `reads ${path}`,
        send: `GET ${path}`,
        gives: 200,
        shows: { id: '<ada>' },
      }),
    ),
  ),
  ...row(
    'JSON under any of its names, and the type that the client takes',
    everybody,
    ...[
      'application/json',
      'application/json; charset=UTF-8',
      'application/scim+json;charset="utf-8"',
    ].map((type, at) => ({
      ...creates(`ada${at}`),
      headers: { 'content-type': type, accept: 'application/json' },
    })),
    { ...creates('eve'), headers: { 'content-type': 'text/plain' }, gives: 415, keeps: {} },
  ),
  ...row(
    'a second delete is 404',
    everybody,
    creates('ada'),
    { does: 'deletes', send: 'DELETE /Users/<ada>', gives: 204 },
    { does: 'deletes again', send: 'DELETE /Users/<ada>', gives: 404 },
  ),
  ...row(
    'discovery is complete and has no null',
    everybody,
    ...['ServiceProviderConfig', 'Schemas', 'ResourceTypes', 'ResourceTypes/User'].map((path) => ({
      does: `reads ${path}`,
      send: `GET /${path}`,
      gives: 200,
    })),
    {
      does: 'finds how many operations it may send, of which none would be read as all at once',
      send: 'GET /ServiceProviderConfig',
      gives: 200,
      shows: { patch: { supported: true }, bulk: { supported: true, maxOperations: 1_000 } },
    },
  ),
  ...row(
    'unknown attributes of a body are ignored and recorded',
    everybody,
    {
      ...creates('ada', { favoriteColor: 'red' }),
      lacks: ['favoriteColor'],
      ignored: 'favoriteColor',
    },
    {
      does: 'replaces',
      send: 'PUT /Users/<ada>',
      body: { schemas: [user], userName: 'ada@example.com', favoriteColor: 'blue' },
      gives: 200,
      effect: 'unchanged',
      ignored: 'favoriteColor',
    },
  ),
  ...row(
    'values are kept byte for byte',
    everybody,
    creates('ada', { phoneNumbers: [{ type: 'work', value: ' +1 (555) 0100 ext.7 ' }] }),
    {
      does: 'reads',
      send: 'GET /Users/<ada>',
      gives: 200,
      shows: { phoneNumbers: [{ value: ' +1 (555) 0100 ext.7 ' }] },
    },
  ),
];
