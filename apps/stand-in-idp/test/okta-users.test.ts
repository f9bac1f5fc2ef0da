import { describe, expect, it } from 'vitest';
import { configure, startHarness, updating } from './support/harness.ts';

const adaFilter = 'filter=userName%20eq%20%22ada.example%40example.com%22&startIndex=1&count=100';

describe('custom (AIW) app: users', () => {
  it('C9290: assigning a new user sends the match query, then POST (sections 3.1, 3.2, 3.4)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    await harness.control('POST', `/people/${ada}/assign`);
    const [match, create, ...rest] = harness.peer.takeAll();
    expect(rest).toEqual([]);
    expect(`${match?.method} ${match?.target}`).toBe(`GET /Users?${adaFilter}`);
    expect(`${create?.method} ${create?.target}`).toBe('POST /Users');
    expect(create?.body).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      ],
      userName: 'ada.example@example.com',
      name: { givenName: 'Ada', familyName: 'Example' },
      emails: [{ primary: true, value: 'ada.example@example.com', type: 'work' }],
      title: 'Engineer',
      displayName: 'Ada Example',
      locale: 'en-US',
      externalId: ada,
      groups: [],
      password: expect.stringMatching(/^[a-z0-9]{8}$/),
      active: true,
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Platform' },
    });
    const [user] = (await harness.state()).appUsers;
    expect(user).toMatchObject({ state: 'PROVISIONED', scimId: 'u1' });
  });

  it('every request has the headers of section 3.0', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    await harness.control('POST', `/people/${ada}/assign`);
    const [match, create] = harness.peer.takeAll();
    const common = {
      accept: 'application/scim+json',
      'accept-charset': 'utf-8',
      'user-agent': 'Okta SCIM Client 1.0.0',
      authorization: 'Bearer peer-token',
      connection: 'Keep-Alive',
      'accept-encoding': 'gzip,deflate',
      host: expect.any(String),
    };
    expect(match?.headers).toEqual(common);
    expect(create?.headers).toEqual({
      ...common,
      'content-type': 'application/scim+json; charset=utf-8',
      'content-length': expect.any(String),
    });
  });

  it('C9335: an existing user is linked by GET and PUT, then pushed by a second GET and PUT (section 3.3)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    const existing = harness.peer.addUser({
      userName: 'ada.example@example.com',
      active: false,
      nickName: 'kept',
      meta: { resourceType: 'User' },
    });
    await configure(harness, updating);
    await harness.control('POST', `/people/${ada}/assign`);
    const seen = harness.peer.takeAll();
    expect(seen.map(({ method, target }) => `${method} ${target}`)).toEqual([
      `GET /Users?${adaFilter}`,
      `GET /Users/${existing}`,
      `PUT /Users/${existing}`,
      `GET /Users/${existing}`,
      `PUT /Users/${existing}`,
    ]);
    expect(seen[2]?.body).toMatchObject({ active: true, nickName: 'kept', id: existing });
    expect(seen[4]?.body).toMatchObject({
      active: true,
      externalId: ada,
      name: { givenName: 'Ada', familyName: 'Example' },
      meta: { resourceType: 'User' },
    });
  });

  it('with Update User Attributes off a linked user gets one GET and one PUT (section 3.3)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    harness.peer.addUser({ userName: 'ada.example@example.com' });
    await configure(harness);
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.take()).toEqual([
      `GET /Users?${adaFilter}`,
      'GET /Users/u1',
      'PUT /Users/u1',
    ]);
  });

  it('C9310: a changed profile is pushed by GET and PUT, and the PUT echoes what the app does not own (section 3.5)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, updating);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.users.set('u1', { ...harness.peer.users.get('u1'), 'urn:x:custom': { a: 1 } });
    harness.peer.take();
    const profile = {
      firstName: 'Adele',
      lastName: 'Example',
      login: 'ada.example@example.com',
      email: 'ada.example@example.com',
    };
    await harness.control('PUT', `/people/${ada}`, { profile });
    const [get, put] = harness.peer.takeAll();
    expect(`${get?.method} ${get?.target}`).toBe('GET /Users/u1');
    expect(`${put?.method} ${put?.target}`).toBe('PUT /Users/u1');
    expect(put?.body).toMatchObject({
      name: { givenName: 'Adele', familyName: 'Example' },
      displayName: 'Adele Example',
      title: '',
      'urn:x:custom': { a: 1 },
    });
    expect(put?.body).not.toHaveProperty('password');
  });

  it('a profile change sends nothing while Update User Attributes is off (section 1.5)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    const profile = {
      firstName: 'Adele',
      lastName: 'E',
      login: 'a@example.com',
      email: 'a@example.com',
    };
    await harness.control('PUT', `/people/${ada}`, { profile });
    expect(harness.peer.take()).toEqual([]);
  });

  it.each(['unassign', 'deactivate'])(
    'C9292, C9294: %s sends GET and PUT with active false, never DELETE (section 3.6)',
    async (action) => {
      const harness = await startHarness();
      const ada = await harness.person('Ada');
      await configure(harness);
      await harness.control('POST', `/people/${ada}/assign`);
      harness.peer.take();
      await harness.control('POST', `/people/${ada}/${action}`);
      const [get, put, ...rest] = harness.peer.takeAll();
      expect(`${get?.method} ${get?.target}`).toBe('GET /Users/u1');
      expect(`${put?.method} ${put?.target}`).toBe('PUT /Users/u1');
      expect(put?.body).toMatchObject({ active: false, userName: 'ada.example@example.com' });
      expect(rest).toEqual([]);
    },
  );

  it('with Deactivate Users off nothing is sent when a person leaves (section 1.5)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, { toApp: { deactivateUsers: false } });
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/unassign`);
    expect(harness.peer.take()).toEqual([]);
  });

  it('C9293: a reactivated person is matched, reactivated and keeps the same id (section 3.7)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, updating);
    await harness.control('POST', `/people/${ada}/assign`);
    await harness.control('POST', `/people/${ada}/deactivate`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/activate`);
    expect(harness.peer.take()).toEqual([]);
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.take()).toEqual([
      `GET /Users?${adaFilter}`,
      'GET /Users/u1',
      'PUT /Users/u1',
      'GET /Users/u1',
      'PUT /Users/u1',
    ]);
    expect(harness.peer.users.get('u1')?.active).toBe(true);
  });

  it('the stale-active race can be provoked: the profile PUT after a reactivation carries active false (section 3.7)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, { ...updating, advanced: { staleActive: true } });
    await harness.control('POST', `/people/${ada}/assign`);
    await harness.control('POST', `/people/${ada}/unassign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/assign`);
    const puts = harness.peer.takeAll().filter(({ method }) => method === 'PUT');
    expect(puts.map(({ body }) => body?.active)).toEqual([true, false]);
  });

  it('C9295, C9300: suspending, unsuspending and deleting send nothing (section 3.6)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/suspend`);
    await harness.control('POST', `/people/${ada}/unsuspend`);
    expect(harness.peer.take()).toEqual([]);
    await harness.control('POST', `/people/${ada}/deactivate`);
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/remove`);
    expect(harness.peer.take()).toEqual([]);
  });

  it('C9307, C9311: an assigned group provisions its people, and takes them out again', async () => {
    const harness = await startHarness();
    const sales = await harness.group('Sales');
    await configure(harness);
    await harness.control('POST', `/groups/${sales}/assignGroup`);
    const created = harness.peer.takeAll().filter(({ method }) => method === 'POST');
    expect(created.map(({ body }) => body?.userName).sort()).toEqual([
      'ben.sample@example.com',
      'ines.example@example.com',
    ]);
    await harness.control('POST', `/groups/${sales}/unassignGroup`);
    const puts = harness.peer.takeAll().filter(({ method }) => method === 'PUT');
    expect(puts.map(({ body }) => body?.active)).toEqual([false, false]);
  });

  it('C9339: with provisioning off an assignment sends nothing; Provision User sends it later', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.take()).toEqual([]);
    await configure(harness);
    await harness.control('POST', `/people/${ada}/provision`);
    expect(harness.peer.take()).toEqual([`GET /Users?${adaFilter}`, 'POST /Users']);
  });

  it('after a changed user name the match finds nobody and a POST follows (section 3.7)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness);
    await harness.control('POST', `/people/${ada}/assign`);
    await harness.control('POST', `/people/${ada}/unassign`);
    const email = 'ada.byron@example.com';
    const profile = { firstName: 'Ada', lastName: 'Byron', login: email, email };
    await harness.control('PUT', `/people/${ada}`, { profile });
    harness.peer.take();
    await harness.control('POST', `/people/${ada}/assign`);
    expect(harness.peer.takeAll()[1]).toMatchObject({
      method: 'POST',
      body: { userName: email, externalId: ada },
    });
  });

  it('C9337: a cleared attribute is sent empty, as null, or not at all, as the setting says (section 4.5)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, updating);
    await harness.control('POST', `/people/${ada}/assign`);
    const email = 'ada.example@example.com';
    const sent: unknown[] = [];
    for (const clearedAs of ['empty', 'null', 'absent']) {
      await harness.control('POST', '/app', { advanced: { clearedAs } });
      const profile = { firstName: 'Ada', lastName: clearedAs, login: email, email };
      harness.peer.users.set('u1', { ...harness.peer.users.get('u1'), title: 'Engineer' });
      harness.peer.take();
      await harness.control('PUT', `/people/${ada}`, { profile });
      sent.push(harness.peer.takeAll()[1]?.body?.title);
    }
    expect(sent).toEqual(['', null, undefined]);
  });

  it('of several phone numbers only those that the app maps are changed (section 3.5)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, updating);
    await harness.control('POST', `/people/${ada}/assign`);
    const fax = { value: '+1 555 0199', type: 'fax' };
    const work = { value: '+1 555 0100', type: 'work', primary: true };
    harness.peer.users.set('u1', { ...harness.peer.users.get('u1'), phoneNumbers: [work, fax] });
    harness.peer.take();
    const email = 'ada.example@example.com';
    const profile = {
      firstName: 'Ada',
      lastName: 'E',
      login: email,
      email,
      primaryPhone: '+1 555 0101',
    };
    await harness.control('PUT', `/people/${ada}`, { profile });
    expect(harness.peer.takeAll()[1]?.body?.phoneNumbers).toEqual([
      { ...work, value: '+1 555 0101' },
      fax,
    ]);
  });

  it('a person who is not active yet is provisioned when activated', async () => {
    const harness = await startHarness();
    await configure(harness);
    const email = 'new@example.com';
    const profile = { firstName: 'New', lastName: 'Person', login: email, email };
    const { id } = await harness.control('POST', '/people', { profile, status: 'STAGED' });
    await harness.control('POST', `/people/${id}/assign`);
    expect(harness.peer.take()).toEqual([]);
    await harness.control('POST', `/people/${id}/activate`);
    expect(harness.peer.take()).toHaveLength(2);
  });

  it('with "Create only" a changed user name stays as it was in the app (section 1.2)', async () => {
    const harness = await startHarness();
    const ada = await harness.person('Ada');
    await configure(harness, { ...updating, updateUserNameOn: 'create' });
    await harness.control('POST', `/people/${ada}/assign`);
    harness.peer.take();
    const email = 'ada.byron@example.com';
    const profile = { firstName: 'Ada', lastName: 'Byron', login: email, email };
    await harness.control('PUT', `/people/${ada}`, { profile });
    expect(harness.peer.takeAll()[1]?.body).toMatchObject({
      userName: 'ada.example@example.com',
      emails: [{ value: email }],
    });
  });
});
