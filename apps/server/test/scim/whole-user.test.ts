import { type JsonObject, type JsonValue, searchRequestSchema } from '@rollcall/scim';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { startScim } from './scim-server.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Every attribute that a client may write, each with all of its parts. */
const whole = {
  schemas: [core, enterprise],
  externalId: '701984',
  userName: 'ada@example.com',
  name: {
    formatted: 'Countess Ada K. Byron III',
    familyName: 'Byron',
    givenName: 'Ada',
    middleName: 'King',
    honorificPrefix: 'Countess',
    honorificSuffix: 'III',
  },
  displayName: 'Ada Byron',
  nickName: 'Enchantress',
  profileUrl: 'https://people.example.com/ada',
  title: 'Analyst',
  userType: 'Employee',
  preferredLanguage: 'en-US, fr;q=0.5',
  locale: 'en_US',
  timezone: 'Europe/Paris',
  active: true,
  emails: [
    { value: 'ada@example.com', display: 'At work', type: 'work', primary: true },
    { value: 'not an address', display: 'At home', type: 'home' },
  ],
  phoneNumbers: [
    { value: 'tel:+1-555-0100', display: 'Desk', type: 'work', primary: true },
    { value: '555-555-8377', type: 'secret' },
  ],
  ims: [{ value: 'enchantress', display: 'Chat', type: 'xmpp', primary: true }],
  photos: [
    {
      value: 'https://people.example.com/ada.png',
      display: 'Portrait',
      type: 'photo',
      primary: true,
    },
  ],
  addresses: [
    {
      formatted: '100 Universal City Plaza\nHollywood, CA 91608 US',
      streetAddress: '100 Universal City Plaza',
      locality: 'Hollywood',
      region: 'CA',
      postalCode: '91608',
      country: 'US',
      type: 'work',
      primary: true,
    },
  ],
  entitlements: [{ value: 'seat', display: 'Seat', type: 'License', primary: true }],
  roles: [{ value: 'member', display: 'Member', type: 'Account role', primary: true }],
  x509Certificates: [{ value: 'MIIB', display: 'Laptop', type: 'device', primary: true }],
  [enterprise]: {
    employeeNumber: '1042',
    costCenter: '4130',
    organization: 'Engines',
    division: 'Analytical',
    department: 'R&D',
  },
};

/** Texts that something on the way may take for its own. */
const hostile = [
  `' or 1=1; drop table directory_users; --`,
  '<script>alert(1)</script>&amp;',
  '#{7*7}%s%n{0}',
  '"}],"admin":true,"x":[{"',
  '\\u0041\\',
  '../../etc/passwd',
  'line\r\nX-Injected: yes',
  '\u202Eevil \u{1F469}\u200D\u{1F680} İ ﬁn e\u0301',
];

describeEachEngine('A whole user', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database, { provider: 'generic', seats: 50 });

  it('comes back as it was sent, with every attribute (U-10, U-22, U-13 to U-16, A-27, A-38)', async () => {
    const scim = await start();
    const made = await scim.send('POST', '/Users', { body: whole });
    const { id, meta, ...said } = made.body;
    expect([made.status, said]).toEqual([201, whole]);
    const read = await scim.send('GET', `/Users/${id}`);
    expect(read.body).toEqual(made.body);
    const { body: list } = await scim.send('GET', '/Users');
    expect(list.Resources).toEqual([made.body]);
    const again = await scim.send('PUT', `/Users/${id}`, { body: whole });
    expect(again.body.meta).toEqual(meta);
  });

  it('is given its id, its meta, its groups and its manager’s name by us alone (A-29, A-30, A-33, A-34, C-02, W-07, U-17, U-23)', async () => {
    const scim = await start();
    const { body: boss } = await scim.send('POST', '/Users', { body: oktaUser('boss') });
    const claimed = {
      id: 'mine',
      meta: {
        resourceType: 'Group',
        created: '1999-01-01T00:00:00Z',
        lastModified: '1999-01-01T00:00:00Z',
        location: 'https://evil.example/Users/mine',
        version: 'W/"99"',
      },
      groups: [{ value: 'g-1', display: 'Owners' }],
      [enterprise]: { manager: { value: boss.id, displayName: 'Somebody else' } },
    };
    const made = await scim.send('POST', '/Users', { body: oktaUser('ada', claimed) });
    expect(made.status).toBe(201);
    const { id, meta } = made.body;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.body[enterprise].manager.displayName).toBe('Boss Byron');
    const put = await scim.send('PUT', `/Users/${id}`, {
      body: oktaUser('ada', { ...claimed, title: 'x' }),
    });
    expect(put.status).toBe(200);
    for (const { body } of [made, put, await scim.send('GET', `/Users/${id}`)]) {
      expect(body).not.toHaveProperty('groups');
      expect([body.id, body.meta.resourceType]).toEqual([id, 'User']);
      expect([body.meta.created, body.meta.location]).toEqual([meta.created, meta.location]);
      expect(JSON.stringify(body)).not.toMatch(/1999|evil|W\/\\"99|Somebody|Owners/);
    }
    for (const path of [
      'id',
      'meta',
      'meta.created',
      'groups',
      `${enterprise}:manager.displayName`,
    ]) {
      const change = patch({ op: 'replace', path, value: 'x' });
      const refused = await scim.send('PATCH', `/Users/${id}`, { body: change });
      expect([path, refused.status, refused.body.scimType]).toEqual([path, 400, 'mutability']);
    }
  });

  it('says nothing of what it does not have (A-10, A-11, U-09, U-11)', async () => {
    const scim = await start();
    const bare = { schemas: [core], userName: 'bare', name: { givenName: 'Ada' } };
    const empty = {
      ...bare,
      userName: 'empty',
      nickName: null,
      emails: [],
      roles: [{}],
      groups: [],
      [enterprise]: { manager: null },
    };
    const { body: first } = await scim.send('POST', '/Users', { body: bare });
    const { body: second } = await scim.send('POST', '/Users', { body: empty });
    const { body: team } = await scim.send('POST', '/Groups', {
      body: { ...group('Sales'), externalId: null },
    });
    for (const { id, meta, ...said } of [first, second]) {
      expect(said).toEqual({ ...bare, userName: said.userName, active: true });
      expectNoNothing((await scim.send('GET', `/Users/${id}`)).body);
      expect(meta.resourceType).toBe('User');
    }
    expect(Object.keys(team).toSorted()).toEqual(['displayName', 'id', 'meta', 'schemas']);
    for (const path of ['/Users', '/Groups', '/Schemas']) {
      for (const resource of (await scim.send('GET', path)).body.Resources)
        expectNoNothing(resource);
    }
    for (const attribute of ['nickName', 'emails', 'roles', 'groups', `${enterprise}:manager`]) {
      const filter = encodeURIComponent(`${attribute} pr`);
      const found = await scim.send('GET', `/Users?filter=${filter}`);
      expect([attribute, found.body.totalResults]).toEqual([attribute, 0]);
    }
  });

  it('keeps any text as the text that it is (S-06, H-01, I-05)', async () => {
    const scim = await start();
    for (const [at, text] of hostile.entries()) {
      const values = {
        title: text,
        nickName: text,
        name: { formatted: text, familyName: text },
        roles: [{ value: text, display: text, type: text }],
        addresses: [{ streetAddress: text, type: 'work' }],
        [enterprise]: { department: text, costCenter: text },
      };
      const body = oktaUser(`u${at}`, values);
      const made = await scim.send('POST', '/Users', { body });
      expect(made.body, text).toMatchObject(values);
      expect((await scim.send('GET', `/Users/${made.body.id}`)).body).toEqual(made.body);
      expect(made.headers.get('x-injected')).toBeNull();
      const filter = `title eq ${JSON.stringify(text)} and roles.value eq ${JSON.stringify(text)}`;
      const found = await scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(found.body.Resources, filter).toEqual([made.body]);
    }
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(hostile.length);
  });

  it('keeps its password from every answer (U-04, J-07)', async () => {
    const scim = await start();
    const password = 'Correct-Horse-7-Battery';
    const made = await scim.send('POST', '/Users', { body: oktaUser('ada', { password }) });
    const path = `/Users/${made.body.id}`;
    const change = patch({ op: 'replace', value: { password, title: 'x' } });
    const wrong = patch({ op: 'replace', value: { password, active: 'perhaps' } });
    const schemas = [searchRequestSchema];
    const bulk = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [
        { method: 'PATCH', path, data: wrong },
        { method: 'POST', path: '/Users', bulkId: 'a', data: oktaUser('ada', { password }) },
      ],
    };
    const answers = [
      made,
      await scim.send('PUT', path, { body: oktaUser('ada', { password, nickName: 'x' }) }),
      await scim.send('PATCH', path, { body: change }),
      await scim.send('PATCH', `${path}?attributes=password,title`, { body: change }),
      await scim.send('PATCH', path, { body: wrong }),
      await scim.send('POST', '/Users', { body: oktaUser('ada', { password }) }),
      await scim.send('GET', path),
      await scim.send('GET', `${path}?attributes=password`),
      await scim.send('GET', '/Users?attributes=password'),
      await scim.send('POST', '/Users/.search', { body: { schemas, attributes: ['password'] } }),
      await scim.send('POST', '/Bulk', { body: bulk }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      201, 200, 200, 200, 400, 409, 200, 200, 200, 200, 200,
    ]);
    for (const { text } of answers) {
      expect(text).not.toContain(password);
      expect(text).not.toContain('"password"');
    }
  });

  it('can be switched off, found so, and switched on again (U-08)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('POST', '/Users', { body: oktaUser('grace') });
    const path = `/Users/${ada.id}`;
    const set = async (active: boolean) => {
      const change = patch({ op: 'replace', path: 'active', value: active });
      return (await scim.send('PATCH', path, { body: change })).body;
    };
    const inactive = async () =>
      (await scim.send('GET', '/Users?filter=active%20eq%20false')).body.Resources;
    const off = await set(false);
    expect([off.id, off.active, (await scim.send('GET', path)).body]).toEqual([ada.id, false, off]);
    expect(await inactive()).toEqual([off]);
    const on = await set(true);
    expect(on).toEqual({ ...ada, meta: on.meta });
    expect(await inactive()).toEqual([]);
  });

  it('may have a manager whom nobody knows, by id alone (U-26)', async () => {
    const scim = await start();
    const made = await scim.send('POST', '/Users', {
      body: oktaUser('ada', { [enterprise]: { manager: { value: 'nope' } } }),
    });
    expect([made.status, made.body[enterprise].manager]).toEqual([201, { value: 'nope' }]);
  });

  it('has a name that is taken in any case and composition, and no other spelling (I-01, I-04, U-02)', async () => {
    const scim = await start();
    const named = (userName: string) =>
      scim.send('POST', '/Users', { body: { schemas: [core], userName, displayName: userName } });
    expect((await named('Émilie Straße')).body.userName).toBe('Émilie Straße');
    for (const equal of ['ÉMILIE STRAßE', 'e\u0301milie straße']) {
      const taken = await named(equal);
      expect([equal, taken.status, taken.body.scimType]).toEqual([equal, 409, 'uniqueness']);
      for (const attribute of ['userName', 'displayName']) {
        const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(equal)}`);
        expect((await scim.send('GET', `/Users?filter=${filter}`)).body.totalResults).toBe(1);
      }
    }
    for (const other of ['Émilie Strasse', '\uFF25milie Straße', 'Emilie Straße']) {
      expect([other, (await named(other)).status]).toEqual([other, 201]);
    }
  });
});

function expectNoNothing(given: JsonValue | JsonObject): void {
  expect(given).not.toBeNull();
  if (typeof given !== 'object' || given === null) return;
  const inside = Object.values(given);
  expect(inside.length, JSON.stringify(given)).toBeGreaterThan(0);
  inside.forEach(expectNoNothing);
}
