import { type JsonObject, readResource, userResourceType } from '@rollcall/scim';
import { enterprise, frozen, user } from '../support.ts';

const bodies: readonly JsonObject[] = [
  {
    userName: 'ada',
    displayName: 'Ada',
    title: 'Countess',
    emails: [{ value: 'a@x', type: 'work' }],
  },
  {
    userName: 'GRACE',
    active: false,
    externalId: 'AbC',
    emails: [
      { value: 'A@X', type: 'home', primary: true },
      { value: 'b@x', type: 'Work', display: 'é', primary: false },
    ],
    [enterprise]: { department: 'R&D' },
  },
  { userName: 'a%_b', displayName: 'e\u0301 \u{1F600}', name: { givenName: 'É' }, locale: 'en_US' },
  {
    userName: 'x"y\\z',
    nickName: 'a',
    roles: [{ value: 'a', display: 'A' }, { value: 'b' }],
    addresses: [{ type: 'work', locality: 'Paris', country: 'FR' }],
  },
  { userName: '\uFB01', title: '\u{1F600}', addresses: [{ locality: 'paris' }, { type: 'home' }] },
];

/** People as they are stored. */
export const sampleDocuments: readonly JsonObject[] = bodies.map((body) =>
  frozen(
    readResource(
      userResourceType,
      { schemas: [user], ...body },
      { mode: 'create', profile: 'generic' },
    ).document,
  ),
);

/** The same people as they are answered. */
export const sampleResources: readonly JsonObject[] = sampleDocuments.map((document, at) => ({
  ...document,
  id: `u-${at}`,
  meta: {
    resourceType: 'User',
    created: `2026-11-2${at}T09:00:00.${at}00Z`,
    lastModified: '2026-11-24T09:00:00Z',
  },
  ...(at % 2 === 0 && { groups: [{ value: 'G-1', display: 'Red', type: 'direct' }] }),
}));

/** What filters ask for. */
export const sampleVocabulary = {
  texts: [
    ...[
      'ada',
      'Ada',
      'GRACE',
      'a@x',
      'work',
      'home',
      'countess',
      'AbC',
      'abc',
      'é',
      'e\u0301',
      'É',
    ],
    ...['a%_b', '%', '_', 'x"y\\z', '\u{1F600}', '\uFB01', 'r&d', 'u-0', 'U-0', 'G-1', 'User', ''],
  ],
  times: ['2026-11-22T09:00:00.2Z', '2026-11-24T10:00:00+01:00', '2026-11-24T09:00:00.000Z'],
};
