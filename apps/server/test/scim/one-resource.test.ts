import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const pathOf = (location: string) => location.slice(location.indexOf('/v2') + 3);

describeEachEngine('One resource', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database, { provider: 'generic' });

  it('is answered as it is stored, at the address that it names (A-09, A-35, A-38, C-01, C-08, D-22, R-01)', async () => {
    const scim = await start();
    for (const [endpoint, sent, type] of [
      [
        '/Users',
        { ...oktaUser('ada'), nonsense: 1, id: 'mine', meta: { resourceType: 'Group' } },
        'User',
      ],
      ['/Groups', { ...group('Sales'), nonsense: 1, id: 'mine', meta: { created: 'x' } }, 'Group'],
    ] as const) {
      const made = await scim.send('POST', endpoint, { body: sent });
      expect([made.status, made.body.meta.resourceType]).toEqual([201, type]);
      expect(made.body).not.toHaveProperty('nonsense');
      expect(made.body.id).not.toBe('mine');
      expect(made.headers.get('etag')).toBe(made.body.meta.version);
      const location = made.headers.get('location') ?? '';
      expect(location).toBe(made.body.meta.location);
      expect(location).toMatch(new RegExp(`^https://rollcall.example.com/.*${endpoint}/[^/]+$`));
      const read = await scim.send('GET', pathOf(location));
      expect([read.status, read.body]).toEqual([200, made.body]);
      expect(read.headers.get('content-location')).toBe(location);
      expect(read.headers.get('etag')).toBe(made.body.meta.version);
    }
  });

  it('is found by its exact id, whatever is asked beside it (R-04, R-05)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    expect((await scim.send('GET', `/Users/${ada.id.toUpperCase()}`)).status).toBe(404);
    const asked = await scim.send(
      'GET',
      `/Users/${ada.id}?filter=userName%20eq%20%22x%22&sortBy=x`,
    );
    expect(asked.body).toEqual(ada);
  });

  it('is shaped by the projection of a create too (C-10, J-01)', async () => {
    const scim = await start();
    const { body } = await scim.send('POST', '/Users?attributes=userName', {
      body: oktaUser('ada'),
    });
    expect(Object.keys(body).toSorted()).toEqual(['id', 'schemas', 'userName']);
    const made = await scim.send('POST', '/Groups?excludedAttributes=members', {
      body: group('Sales', [body.id]),
    });
    expect([made.status, made.body.members]).toEqual([201, undefined]);
  });

  it('is replaced by PUT as a whole, which creates nothing and needs the base schema (W-01, W-02, W-13)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const unknown = await scim.send('PUT', '/Users/0198b7e0-0000-7000-8000-000000000000', {
      body: oktaUser('nobody'),
    });
    expect(unknown.status).toBe(404);
    for (const schemas of [undefined, [], [enterprise]]) {
      const refused = await scim.send('PUT', path, { body: { ...ada, schemas } });
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidSyntax']);
    }
    const put = await scim.send('PUT', path, { body: { ...ada, title: 'Countess' } });
    expect([put.status, put.body.title]).toEqual([200, 'Countess']);
    expect(put.body).toEqual((await scim.send('GET', path)).body);
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(1);
  });

  it('is gone after DELETE for every request, and its name is free (X-01, X-02, X-06, C-06)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    for (const { id, meta, ...rest } of [ada, sales]) {
      const endpoint = `/${meta.resourceType}s`;
      const gone = await scim.send('DELETE', `${endpoint}/${id}`);
      expect([gone.status, gone.text]).toEqual([204, '']);
      for (const [method, body] of [
        ['GET', undefined],
        ['PUT', rest],
        ['PATCH', patch({ op: 'replace', path: 'displayName', value: 'x' })],
        ['DELETE', undefined],
      ] as const) {
        expect((await scim.send(method, `${endpoint}/${id}`, { body })).status, method).toBe(404);
      }
      expect((await scim.send('GET', endpoint)).body.totalResults).toBe(0);
      const again = await scim.send('POST', endpoint, { body: rest });
      expect([again.status, again.body.id === id]).toEqual([201, false]);
    }
  });

  it('has references that can be followed, names of its own and kinds that are true (A-21, U-18, G-04, G-05)', async () => {
    const scim = await start();
    const { body: boss } = await scim.send('POST', '/Users', { body: oktaUser('boss') });
    const { body: ada } = await scim.send('POST', '/Users', {
      body: oktaUser('ada', { [enterprise]: { manager: { value: boss.id } } }),
    });
    const { body: inner } = await scim.send('POST', '/Groups', { body: group('Inner') });
    const members = [{ value: ada.id, display: 'Somebody else' }, { value: inner.id }];
    const sent = { ...group('Sales'), members };
    const { body: sales } = await scim.send('POST', '/Groups', { body: sent });
    expect(sales.members).toHaveLength(2);
    expect(sales.members).toContainEqual({
      value: ada.id,
      $ref: ada.meta.location,
      display: 'Ada Byron',
      type: 'User',
    });
    const read = await scim.send('GET', `/Users/${ada.id}`);
    expect(read.body.groups).toEqual([
      { value: sales.id, $ref: sales.meta.location, display: 'Sales', type: 'direct' },
    ]);
    const references = [
      ...sales.members.map(({ $ref }: { $ref: string }) => $ref),
      read.body.groups[0].$ref,
      read.body[enterprise].manager.$ref,
    ];
    for (const reference of references) {
      expect((await scim.send('GET', pathOf(reference))).status, reference).toBe(200);
    }
  });

  it('lets somebody be removed who is not in the group (G-13)', async () => {
    const scim = await start();
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const path = `/Groups/${sales.id}`;
    for (const operation of [
      { op: 'remove', path: 'members[value eq "absent"]' },
      { op: 'remove', path: 'members', value: [{ value: 'absent' }] },
    ]) {
      const answer = await scim.send('PATCH', path, { body: patch(operation) });
      expect(answer.status).toBe(204);
    }
    expect((await scim.send('GET', path)).body).toEqual(sales);
  });

  it('keeps no password, in whatever way it comes, and says that none can be changed (U-07, U-04, P-59)', async () => {
    const scim = await start();
    const secret = 'Correct-Horse-7-Battery';
    const { body: ada } = await scim.send('POST', '/Users', {
      body: { ...oktaUser('ada'), password: secret },
    });
    const path = `/Users/${ada.id}`;
    for (const operation of [
      { op: 'replace', path: 'password', value: secret },
      { op: 'add', value: { password: secret } },
    ]) {
      const { status, body } = await scim.send('PATCH', path, { body: patch(operation) });
      expect([status, body]).toEqual([200, ada]);
    }
    const asked = await scim.send('GET', `${path}?attributes=password`);
    expect(asked.body).toEqual({ schemas: ada.schemas, id: ada.id });
    const { body: configuration } = await scim.send('GET', '/ServiceProviderConfig');
    expect(configuration.changePassword).toEqual({ supported: false });
    const { rows } = await scim.database.read.query
      .selectFrom('directory_users')
      .select('document')
      .execute()
      .then((found) => ({ rows: found }));
    expect(JSON.stringify(rows)).not.toContain(secret);
  });

  it('comes back in UTF-8, and is kept by no cache (H-01, H-21)', async () => {
    const scim = await start();
    const displayName = 'Zoë 李 \u{1F469}\u200D\u{1F680} İ';
    const made = await scim.send('POST', '/Users', { body: oktaUser('ada', { displayName }) });
    const read = await scim.send('GET', `/Users/${made.body.id}`);
    expect(read.body.displayName).toBe(displayName);
    expect(read.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    for (const answer of [
      made,
      read,
      await scim.send('GET', '/Users'),
      await scim.send('GET', '/Users/nobody'),
      await scim.send('GET', '/Users', { token: null }),
    ]) {
      expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    }
  });

  it('keeps roles, entitlements, certificates and pictures with all their parts (A-18, U-16, P-29, P-33, P-40)', async () => {
    const scim = await start();
    const values = {
      roles: [{ value: 'member', display: 'Member', type: 'Account role', primary: true }],
      entitlements: [{ value: 'seat', display: 'Seat', type: 'License' }],
      x509Certificates: [{ value: 'MIIB', display: 'Laptop', type: 'device' }],
      photos: [{ value: 'https://people.example.com/ada.png', type: 'photo' }],
    };
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada', values) });
    expect(ada).toMatchObject(values);
    const path = `/Users/${ada.id}`;
    const { body: changed } = await scim.send('PATCH', path, {
      body: patch(
        { op: 'add', path: 'roles', value: { value: 'reader', primary: true } },
        { op: 'replace', path: 'entitlements[value eq "seat"].display', value: 'License seat' },
        { op: 'remove', path: 'x509Certificates[type eq "device"]' },
        { op: 'add', path: 'photos[type eq "thumbnail"].value', value: 'https://x.example/t.png' },
      ),
    });
    expect(changed.roles).toEqual([
      { value: 'member', display: 'Member', type: 'Account role', primary: false },
      { value: 'reader', primary: true },
    ]);
    expect(changed.entitlements[0].display).toBe('License seat');
    expect(changed).not.toHaveProperty('x509Certificates');
    expect(changed.photos).toHaveLength(2);
    const { body: only } = await scim.send('GET', `${path}?attributes=roles.value,photos.type`);
    expect(only).toEqual({
      schemas: ada.schemas,
      id: ada.id,
      photos: [{ type: 'photo' }, { type: 'thumbnail' }],
      roles: [{ value: 'member' }, { value: 'reader' }],
    });
    for (const wrong of [{ x509Certificates: [{ value: '!!' }] }, { photos: [{ value: 'a b' }] }]) {
      const refused = await scim.send('POST', '/Users', { body: oktaUser('grace', wrong) });
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidValue']);
    }
  });
});
