import type { ApiKeyScope } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { day, minute } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('API keys', (databases) => {
  let database: Database;
  let clock: TestClock;
  let app: FastifyInstance;
  let ours: SeededAccount;
  let owner: TestBrowser;
  let keys: string;

  beforeAll(async () => {
    database = await databases.open();
    clock = new TestClock();
    app = testApp(database, { now: clock.now });
    ours = await seedAccount(database, { at: clock.time });
    keys = `/accounts/${ours.accountId}/api-keys`;
    owner = new TestBrowser(app);
    await owner.signIn(ours.ownerEmail);
  });

  /** A client without a browser: no cookie, and an origin that is not ours. */
  const clientOf = (secret: string, cookie = '') => {
    const headers = { authorization: `Bearer ${secret}` };
    const client = new TestBrowser(app, { headers, origin: 'https://elsewhere.example.com' });
    client.cookie = cookie;
    return client;
  };

  const make = async (...scopes: ApiKeyScope[]) => {
    await owner.signIn(ours.ownerEmail);
    const { body } = await owner.post(keys, { name: 'Reports', scopes, expiration: '30_days' });
    return { id: String(body.key.id), secret: String(body.secret) };
  };

  it('are shown once, stored as digests, and listed without their secret (K-08)', async () => {
    const body = {
      name: ' Reports ',
      scopes: ['people:read', 'people:read'],
      expiration: '90_days',
    };
    const made = await owner.post(keys, body);
    expect(made.status).toBe(201);
    const { key, secret } = made.body;
    expect(secret).toMatch(/^rollcall_api_\w{43}$/);
    expect(key).toEqual({
      id: key.id,
      name: 'Reports',
      scopes: ['people:read'],
      lastFour: secret.slice(-4),
      state: 'valid',
      createdAt: new Date(clock.time).toISOString(),
      createdBy: 'Olivia Owner',
      expiresAt: new Date(clock.time + 90 * day).toISOString(),
      revokedAt: null,
      lastUsedAt: null,
    });
    const listed = await owner.get(keys);
    expect(listed.body.items).toContainEqual(key);
    expect(listed.text).not.toContain(secret);
    const rows = await database.read.query.selectFrom('api_keys').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
    const events = await owner.get(`/accounts/${ours.accountId}/audit-events`);
    expect(events.text).not.toContain(secret);
    expect(events.body.items[0]).toMatchObject({
      sentence: 'Olivia Owner made the API key Reports',
    });
  });

  it.each([
    ['no scope', { scopes: [] }],
    ['a scope that there is not', { scopes: ['roles:write'] }],
    ['no end', { expiration: 'none' }],
    ['no name', { name: ' ' }],
  ])('are not made with %s', async (_what, wrong) => {
    const body = { name: 'Reports', scopes: ['people:read'], expiration: '30_days', ...wrong };
    expect((await owner.post(keys, body)).body).toMatchObject({ code: 'invalid_request' });
  });

  it('read what their scopes hold and nothing else; writing includes reading', async () => {
    const reader = clientOf((await make('people:read')).secret);
    const at = (path: string) => `/accounts/${ours.accountId}${path}`;
    expect((await reader.get(at('/licenses/users'))).status).toBe(200);
    expect((await reader.get(at('/audit-events'))).body).toMatchObject({
      status: 403,
      code: 'insufficient_scope',
      detail: 'This API key does not have the scope audit:read.',
    });
    const payer = clientOf((await make('billing:write')).secret);
    expect((await payer.get(at('/billing'))).status).toBe(200);
    expect((await payer.post(at('/billing/activation-code'), { code: 'x' })).body).toMatchObject({
      code: 'activation_code_invalid',
    });
    expect(
      (await clientOf((await make('billing:read')).secret).post(at('/billing/trial'))).body,
    ).toMatchObject({ code: 'insufficient_scope' });
  });

  it('do nothing that a person has to prove a factor for: no roles, no keys, no tokens', async () => {
    const every = clientOf(
      (await make('people:write', 'scim:write', 'organizations:write')).secret,
    );
    const user = `/accounts/${ours.accountId}/licenses/users/${ours.ownerId}`;
    for (const [method, path] of [
      ['GET', keys],
      ['POST', keys],
      ['DELETE', user],
      ['PUT', `${user}/role`],
      ['DELETE', `/accounts/${ours.accountId}/organizations/${ours.accountId}`],
      ['POST', `/accounts/${ours.accountId}/directories/${ours.directoryId}/tokens`],
    ] as const) {
      const answer = await every.send(method, path, method === 'GET' ? undefined : {});
      expect(answer.body, path).toMatchObject({ status: 403, code: 'fresh_factor_required' });
    }
  });

  it("open no other account, whatever the path, and no person's own pages (T-02)", async () => {
    const theirs = await seedAccount(database, { at: clock.time });
    const { secret } = await make('people:read', 'scim:read');
    const client = clientOf(secret, owner.cookie);
    for (const path of [
      `/accounts/${theirs.accountId}/licenses/users`,
      `/accounts/${theirs.accountId}/directories/${theirs.directoryId}`,
      `/accounts/${ours.accountId}/directories/${theirs.directoryId}`,
    ]) {
      expect((await client.get(path)).body, path).toMatchObject({ status: 404 });
    }
    expect((await client.get('/profile')).body).toMatchObject({ status: 401 });
    expect((await client.post('/session/fresh-factor', { passphrase: 'x' })).status).toBe(401);
  });

  it('stop at once when they are revoked, and say so; twice is once', async () => {
    const { id, secret } = await make('people:read');
    const path = `/accounts/${ours.accountId}/licenses/users`;
    expect((await owner.send('DELETE', `${keys}/${id}`)).status).toBe(204);
    expect((await owner.send('DELETE', `${keys}/${id}`)).status).toBe(204);
    expect((await clientOf(secret).get(path)).body).toMatchObject({
      status: 401,
      detail: expect.stringMatching(/^This API key was revoked on \d{4}-\d\d-\d\d\./),
    });
    expect((await clientOf('rollcall_api_unknown').get(path)).body).toMatchObject({ status: 401 });
  });

  it('expire, and are noted when they are used, once a minute at most', async () => {
    const { id, secret } = await make('people:read');
    const path = `/accounts/${ours.accountId}/licenses/users`;
    const lastUsed = async () => {
      const { body } = await owner.get(keys);
      return body.items.find((key: { id: string }) => key.id === id).lastUsedAt;
    };
    const first = clock.time;
    await clientOf(secret).get(path);
    clock.advance(minute - 1);
    await clientOf(secret).get(path);
    expect(await lastUsed()).toBe(new Date(first).toISOString());
    clock.advance(30 * day);
    expect((await clientOf(secret).get(path)).body).toMatchObject({
      status: 401,
      detail: expect.stringContaining('expired on'),
    });
    clock.time = fixtureTime;
  });

  it('are worth no more than whoever made them is now', async () => {
    const { accountId } = ours;
    const maker = await seedMember(database, accountId, { role: 'co_owner', at: clock.time });
    const browser = new TestBrowser(app);
    await browser.signIn(maker.email);
    const body = { name: 'Inviter', scopes: ['people:write'], expiration: '30_days' };
    const { key, secret } = (await browser.post(keys, body)).body;
    await owner.signIn(ours.ownerEmail);
    const user = `/accounts/${accountId}/licenses/users/${maker.userId}`;
    const become = async (role: string) =>
      expect((await owner.send('PUT', `${user}/role`, { role })).status).toBe(200);
    const state = async () => {
      const { items } = (await owner.get(keys)).body;
      return items.find(({ id }: { id: string }) => id === key.id).state;
    };
    const invite = () =>
      clientOf(secret).post(`/accounts/${accountId}/invitations`, { email: 'guest@example.org' });
    const suspended = { status: 401, detail: expect.stringContaining('is suspended') };

    for (const role of ['member', 'billing_only']) {
      await become(role);
      expect((await invite()).body, role).toMatchObject(suspended);
      expect(await state()).toBe('suspended');
    }
    await become('owner');
    expect(await state()).toBe('valid');
    expect((await invite()).status).toBe(201);
    await become('member');
    expect((await owner.send('DELETE', user)).status).toBe(204);
    expect((await invite()).body).toMatchObject(suspended);
    expect((await owner.send('DELETE', `${keys}/${key.id}`)).status).toBe(204);
    expect(await state()).toBe('revoked');
  });

  it('stop while their maker is deactivated, whatever the role, and work again after', async () => {
    const maker = await seedMember(database, ours.accountId, { role: 'co_owner', at: clock.time });
    const browser = new TestBrowser(app);
    await browser.signIn(maker.email);
    const body = { name: 'Reader', scopes: ['people:read'], expiration: '30_days' };
    const { secret } = (await browser.post(keys, body)).body;
    const read = () => clientOf(secret).get(`/accounts/${ours.accountId}/licenses/users`);
    const turn = (state: 'active' | 'deactivated') =>
      database.write((tx) =>
        tx.query
          .updateTable('memberships')
          .set({ state })
          .where('account_id', '=', ours.accountId)
          .where('user_id', '=', maker.userId)
          .execute(),
      );
    await turn('deactivated');
    expect((await read()).body).toMatchObject({
      status: 401,
      detail: expect.stringContaining('is suspended'),
    });
    await turn('active');
    expect((await read()).status).toBe(200);
  });

  it('are named in the audit as who did it', async () => {
    const seeded = await seedAccount(database, { at: clock.time, plan: 'essentials' });
    const account = `/accounts/${seeded.accountId}`;
    const browser = new TestBrowser(app);
    await browser.signIn(seeded.ownerEmail);
    const body = { name: 'Billing robot', scopes: ['billing:write'], expiration: '30_days' };
    const { secret } = (await browser.post(`${account}/api-keys`, body)).body;
    expect((await clientOf(secret).post(`${account}/billing/trial`)).status).toBe(200);
    const { items } = (await browser.get(`${account}/audit-events`)).body;
    expect(items[0]).toMatchObject({
      sentence: 'Billing robot started the trial',
      actor: { kind: 'api_key', name: 'Billing robot' },
    });
  });
});
