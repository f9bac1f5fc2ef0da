import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

/** As current and as older samples of Okta encode the match. */
const spaced = (attribute: string, value: string) =>
  `/Users?filter=${attribute}%20eq%20%22${encodeURIComponent(value)}%22&startIndex=1&count=100`;
const plussed = (attribute: string, value: string) =>
  `/Users?filter=${attribute}+eq+%22${encodeURIComponent(value)}%22&startIndex=1&count=100`;

async function create(scim: ScimServer, name: string, more: Record<string, unknown> = {}) {
  const { status, body } = await scim.send('POST', '/Users', { body: oktaUser(name, more) });
  expect(status).toBe(201);
  return body;
}

describeEachEngine('What Okta sends', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database);

  it('tests the connection of an empty directory: a complete list of nothing (section 2, L-02)', async () => {
    const scim = await start();
    for (const path of ['/Users?startIndex=1&count=2', '/Groups?startIndex=1&count=100']) {
      const { status, body, headers } = await scim.send('GET', path);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
      expect(body).toEqual({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      });
    }
  });

  it('takes every spelling of the Authorization header that administrators paste (1.4, K-01)', async () => {
    const scim = await start();
    const { token } = scim.seeded;
    for (const authorization of [
      `Bearer ${token}`,
      `bearer ${token}`,
      `BEARER ${token}`,
      token,
      `Bearer Bearer ${token}`,
      `  Bearer   ${token}  `,
    ]) {
      const { status } = await scim.send('GET', '/Users', {
        token: null,
        headers: { authorization },
      });
      expect(status, authorization).toBe(200);
    }
  });

  it('matches, then creates: 0 results, 201 with Location, then 1 result by both encodings (3.1, 3.2)', async () => {
    const scim = await start();
    const before = await scim.send('GET', spaced('userName', 'ada@example.com'));
    expect(before.body.totalResults).toBe(0);

    const { status, body, headers } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      userName: 'ada@example.com',
      name: { givenName: 'Ada', familyName: 'Byron' },
      externalId: '00u-ada',
      active: true,
    });
    expect(body).not.toHaveProperty('password');
    expect(body).not.toHaveProperty('groups');
    const location = `https://rollcall.example.com/scim/${scim.seeded.directoryId}/v2/Users/${body.id}`;
    expect(headers.get('location')).toBe(location);
    expect(body.meta).toMatchObject({ resourceType: 'User', location, version: 'W/"1"' });
    expect(headers.get('etag')).toBe('W/"1"');

    for (const path of [
      spaced('userName', 'ada@example.com'),
      plussed('userName', 'ada@example.com'),
      spaced('userName', 'ADA@EXAMPLE.COM'),
      spaced('username', 'ada@example.com'),
    ]) {
      const found = await scim.send('GET', path);
      expect(found.body.totalResults, path).toBe(1);
      expect(found.body.Resources[0], path).toEqual(body);
    }
  });

  it('finds people by `email` in both forms of the setting, and a plus sign in the address (4.1, F-10)', async () => {
    const scim = await start();
    const address = 'ada+work@example.com';
    const ada = await create(scim, 'ada', {
      userName: 'ada.byron',
      emails: [{ primary: true, value: address, type: 'work' }],
    });
    await create(scim, 'grace');
    for (const attribute of ['userName', 'email', 'emails', 'emails.value']) {
      const { body } = await scim.send('GET', plussed(attribute, address));
      expect(
        body.Resources.map(({ id }: { id: string }) => id),
        attribute,
      ).toEqual([ada.id]);
    }
    for (const filter of [
      `emails[type eq "work"].value eq "${address}"`,
      `emails[primary eq true].value eq "${address}"`,
      `emails[type eq "work" and value eq "${address}"]`,
    ]) {
      const { body } = await scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(
        body.Resources.map(({ id }: { id: string }) => id),
        filter,
      ).toEqual([ada.id]);
    }
    const home = `emails[type eq "home"].value eq "${address}"`;
    const none = await scim.send('GET', `/Users?filter=${encodeURIComponent(home)}`);
    expect(none.body.totalResults).toBe(0);
  });

  it('prefers a userName over somebody else’s primary address (4.1)', async () => {
    const scim = await start();
    await create(scim, 'ada', {
      userName: 'ada',
      emails: [{ primary: true, value: 'x@example.com' }],
    });
    const named = await create(scim, 'x', { userName: 'x@example.com', emails: [] });
    const { body } = await scim.send('GET', spaced('userName', 'x@example.com'));
    expect(body.Resources.map(({ id }: { id: string }) => id)).toEqual([named.id]);
  });

  it('AIW: reads and puts back what it read, twice, without changing anything (3.3, 3.5, W-12)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    for (let round = 0; round < 2; round += 1) {
      const { body: read } = await scim.send('GET', `/Users/${ada.id}`);
      const put = await scim.send('PUT', `/Users/${ada.id}`, {
        body: { ...read, password: 'p4x0c7re', groups: [] },
      });
      expect(put.status).toBe(200);
      expect(put.body).toEqual(ada);
    }
  });

  it('AIW: deactivates and reactivates by PUT; the record stays readable under its id (3.6, 3.7, U-08)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    const off = await scim.send('PUT', `/Users/${ada.id}`, { body: { ...ada, active: false } });
    expect(off.status).toBe(200);
    expect(off.body).toMatchObject({ id: ada.id, active: false, meta: { version: 'W/"2"' } });
    const read = await scim.send('GET', `/Users/${ada.id}`);
    expect(read.body).toEqual(off.body);
    const on = await scim.send('PUT', `/Users/${ada.id}`, { body: { ...off.body, active: true } });
    expect(on.body).toMatchObject({ id: ada.id, active: true, meta: { version: 'W/"3"' } });
    expect(on.body.meta.created).toBe(ada.meta.created);
    expect(Date.parse(on.body.meta.lastModified)).toBeGreaterThan(
      Date.parse(off.body.meta.lastModified),
    );
  });

  it('catalog: deactivates, reactivates and sets a password by PATCH without path (3.6 to 3.8, U-04)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    const off = await scim.send('PATCH', `/Users/${ada.id}`, {
      body: patch({ op: 'replace', value: { active: false } }),
    });
    expect(off.status).toBe(200);
    expect(off.body.active).toBe(false);
    const on = await scim.send('PATCH', `/Users/${ada.id}`, {
      body: patch({ op: 'replace', value: { active: true } }),
    });
    expect(on.body).toMatchObject({ id: ada.id, active: true });
    const password = await scim.send('PATCH', `/Users/${ada.id}`, {
      body: patch({ op: 'replace', value: { password: 'p4x0c7re' } }),
    });
    expect(password.status).toBe(200);
    expect(password.body).toEqual(on.body);
  });

  it('takes 101 people of an import in pages of 100, each once and in one order (3.9, L-11)', async () => {
    const scim = await startScim(database, { seats: 200 });
    const names = Array.from({ length: 101 }, (_, index) => `person${index}`);
    for (const name of names) await create(scim, name);
    const first = await scim.send('GET', '/Users?startIndex=1&count=100');
    const second = await scim.send('GET', '/Users?startIndex=101&count=100');
    expect(first.body).toMatchObject({ totalResults: 101, startIndex: 1, itemsPerPage: 100 });
    expect(second.body).toMatchObject({ totalResults: 101, startIndex: 101, itemsPerPage: 1 });
    const listed = [...first.body.Resources, ...second.body.Resources];
    expect(listed.map(({ userName }) => userName)).toEqual(
      names.map((name) => `${name}@example.com`),
    );
    const past = await scim.send('GET', '/Users?startIndex=1000');
    expect(past.body).toMatchObject({ totalResults: 101, itemsPerPage: 0, Resources: [] });
  });

  it('AIW: pushes a group, its members, a rename and a removal by PUT (3.10 to 3.14)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    const grace = await create(scim, 'grace');
    const created = await scim.send('POST', '/Groups', { body: group('Platform Team') });
    expect(created.status).toBe(201);
    expect(created.body).not.toHaveProperty('members');
    const { id } = created.body;
    const put = await scim.send('PUT', `/Groups/${id}`, {
      body: { ...group('Platform Team', [ada.id, grace.id]), id },
    });
    expect(put.status).toBe(200);
    const base = `https://rollcall.example.com/scim/${scim.seeded.directoryId}/v2`;
    expect(put.body.members).toEqual(
      [ada, grace].map(({ id: value, displayName: display }) => ({
        value,
        $ref: `${base}/Users/${value}`,
        display,
        type: 'User',
      })),
    );
    const user = await scim.send('GET', `/Users/${ada.id}`);
    expect(user.body.groups).toEqual([
      { value: id, $ref: `${base}/Groups/${id}`, display: 'Platform Team', type: 'direct' },
    ]);
    expect(user.body.meta.version).toBe(ada.meta.version);

    const renamed = await scim.send('PUT', `/Groups/${id}`, {
      body: group('Platform', [grace.id]),
    });
    expect(renamed.body).toMatchObject({ displayName: 'Platform', members: [{ value: grace.id }] });
    const gone = await scim.send('DELETE', `/Groups/${id}`, {
      headers: { 'content-type': 'application/scim+json; charset=utf-8' },
    });
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect((await scim.send('DELETE', `/Groups/${id}`)).status).toBe(404);
    const left = await scim.send('GET', `/Users/${grace.id}`);
    expect(left.body).not.toHaveProperty('groups');
  });

  it('catalog: adds and removes members in one PATCH, with the rename that goes along (3.11, 3.13, P-16)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    const grace = await create(scim, 'grace');
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    const change = await scim.send('PATCH', `/Groups/${sales.id}`, {
      body: patch(
        { op: 'remove', path: `members[value eq "${ada.id}"]` },
        { op: 'add', path: 'members', value: [{ value: grace.id, display: 'grace@example.com' }] },
      ),
    });
    expect([change.status, change.text]).toEqual([204, '']);
    const rename = await scim.send('PATCH', `/Groups/${sales.id}`, {
      body: patch({ op: 'replace', value: { id: sales.id, displayName: 'Sales' } }),
    });
    expect(rename.status).toBe(204);
    expect(rename.headers.get('etag')).toBe(change.headers.get('etag'));
    const { body } = await scim.send('GET', `/Groups/${sales.id}`);
    expect(body.members.map(({ value }: { value: string }) => value)).toEqual([grace.id]);
  });

  it('catalog: replaces all members in each of the three shapes of Push now (3.12, G-16)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    const grace = await create(scim, 'grace');
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    const members = async () => {
      const { body } = await scim.send('GET', `/Groups/${sales.id}`);
      return (body.members ?? []).map(({ value }: { value: string }) => value);
    };
    const push = (operation: object) =>
      scim.send('PATCH', `/Groups/${sales.id}`, { body: patch(operation) });

    await push({ op: 'replace', path: 'members', value: [{ value: grace.id, display: null }] });
    expect(await members()).toEqual([grace.id]);
    await push({ op: 'replace', path: 'members', value: [] });
    expect(await members()).toEqual([]);
    await push({ op: 'add', path: 'members', value: [{ value: ada.id }] });
    await push({ op: 'replace', value: { id: sales.id, displayName: 'Sales', members: [] } });
    expect(await members()).toEqual([]);
  });

  it('keeps the members of a PUT that does not mention them; an empty list removes all (3.12, G-17)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    const { members: _, ...silent } = group('Sales');
    const kept = await scim.send('PUT', `/Groups/${sales.id}`, { body: silent });
    expect(kept.body.members).toHaveLength(1);
    const emptied = await scim.send('PUT', `/Groups/${sales.id}`, { body: group('Sales') });
    expect(emptied.body).not.toHaveProperty('members');
  });

  it('looks a group up by name, whatever its case, and refuses a second of that name (3.10, G-02)', async () => {
    const scim = await start();
    await scim.send('POST', '/Groups', { body: group('Platform Team') });
    const path = '/Groups?filter=displayName%20eq%20%22platform%20team%22&startIndex=1&count=100';
    expect((await scim.send('GET', path)).body.totalResults).toBe(1);
    const again = await scim.send('POST', '/Groups', { body: group('PLATFORM TEAM') });
    expect(again.status).toBe(409);
    expect(again.body.scimType).toBe('uniqueness');
    expect(again.body.detail).toContain('"Platform Team"');
  });

  it('revives the record of an inactive person under its id; a deleted one gets a new id (A-29, X-04)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada');
    await scim.send('PATCH', `/Users/${ada.id}`, {
      body: patch({ op: 'replace', value: { active: false } }),
    });
    const revived = await scim.send('POST', '/Users', {
      body: oktaUser('ada', { title: 'Countess' }),
    });
    expect(revived.status).toBe(201);
    expect(revived.body).toMatchObject({ id: ada.id, active: true, title: 'Countess' });

    expect((await scim.send('DELETE', `/Users/${ada.id}`)).status).toBe(204);
    expect((await scim.send('GET', `/Users/${ada.id}`)).status).toBe(404);
    const anew = await create(scim, 'ada');
    expect(anew.id).not.toBe(ada.id);
  });

  it('clears attributes that come as null, as empty text or not at all (4.5, A-12)', async () => {
    const scim = await start();
    const ada = await create(scim, 'ada', { title: 'Countess', nickName: 'A', userType: 'x' });
    const { userType: _, ...rest } = ada;
    const { status, body } = await scim.send('PUT', `/Users/${ada.id}`, {
      body: { ...rest, title: null, nickName: '' },
    });
    expect(status).toBe(200);
    for (const gone of ['title', 'nickName', 'userType']) expect(body).not.toHaveProperty(gone);
  });
});
