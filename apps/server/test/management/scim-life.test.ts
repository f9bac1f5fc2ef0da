import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { day, hour } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, type SeedOptions, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

describeEachEngine('SCIM of an account', (databases) => {
  let database: Database;
  let clock: TestClock;
  let app: FastifyInstance;
  let browser: TestBrowser;
  let seeded: SeededAccount;
  const lines: string[] = [];
  let people = 0;

  beforeAll(async () => {
    database = await databases.open();
    clock = new TestClock();
    const settings = testSettings({ LOG_LEVEL: 'trace' });
    const log = { write: (line: string) => lines.push(line) };
    app = testApp(database, { now: clock.now, settings, log });
  });

  const begin = async (options: SeedOptions) => {
    people += 1;
    seeded = await seedAccount(database, { at: clock.time, ...options });
    browser = new TestBrowser(app, { address: `10.0.0.${people}` });
    await browser.signIn(seeded.ownerEmail);
  };

  beforeEach(() => begin({ provider: null }));

  const account = () => `/accounts/${seeded.accountId}`;
  const enable = () =>
    browser.post(`${account()}/directories`, { provider: 'okta', expiration: '1_year' });
  const asIdp = async (token: string, directoryId: string) => {
    const answer = await app.inject({
      url: `/scim/${directoryId}/v2/Users?startIndex=1&count=2`,
      headers: { authorization: `Bearer ${token}`, accept: 'application/scim+json' },
    });
    return answer.statusCode;
  };

  it.each([
    [{ plan: 'essentials' as const }, ['plan']],
    [{ domain: null }, ['domain']],
    [{ sso: false }, ['sso']],
    [{ plan: 'essentials' as const, domain: null, sso: false }, ['plan', 'domain', 'sso']],
  ])('stays off where %j leaves requirements unmet', async (options, unmet) => {
    await begin({ provider: null, ...options });
    expect((await enable()).body).toMatchObject({ status: 403, code: 'requirements_unmet', unmet });
    const { body } = await browser.get(`${account()}/scim`);
    const lacking = body.requirements.filter(({ met }: { met: boolean }) => !met);
    expect(lacking.map(({ name }: { name: string }) => name)).toEqual(unmet);
    expect(body.directories).toEqual([]);
  });

  it('turns on with a connector URL and a token that works', async () => {
    const { status, body } = await enable();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      connectorUrl: `http://127.0.0.1:4280/scim/${body.directoryId}/v2`,
      token: expect.stringMatching(/^rollcall_scim_[0-9A-Za-z]{43}$/),
      expiresAt: new Date(clock.time + 365 * day).toISOString(),
    });
    expect(body.connectorUrl).toMatch(/^[a-z0-9:/.-]+$/);
    expect(await asIdp(body.token, body.directoryId)).toBe(200);
    const directory = await browser.get(`${account()}/directories/${body.directoryId}`);
    expect(directory.body).toMatchObject({
      state: 'on',
      provider: 'okta',
      policies: { seats: 'wait', outsidersPerDay: 20 },
      tokens: [{ state: 'valid', lastFour: body.token.slice(-4) }],
      people: 0,
      groups: 0,
    });
    expect((await enable()).body).toMatchObject({ status: 409, code: 'directory_exists' });
  });

  it('is turned on once under a race', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, enable));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  });

  it('K-08 shows a token once: it is in no later answer, log line or table', async () => {
    const { body } = await enable();
    const { token, directoryId } = body;
    await asIdp(token, directoryId);
    const path = `${account()}/directories/${directoryId}`;
    for (const url of ['/scim', '/home', '/audit-events', '/billing']) {
      expect((await browser.get(account() + url)).text).not.toContain(token);
    }
    for (const url of ['', '/overview', '/requests', '/people']) {
      expect((await browser.get(path + url)).text).not.toContain(token);
    }
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain(token);
    expect(lines.join('\n')).not.toContain(browser.cookie.split('=')[1]);
    for (const { name } of await database.read.query.introspection.getTables()) {
      // The introspection names tables that exist; the builder knows them as literals.
      const rows = await database.read.query
        .selectFrom(name as 'accounts')
        .selectAll()
        .execute();
      expect(JSON.stringify(rows)).not.toContain(token);
    }
  });

  it('K-09 refreshes the token and lets the old one work for the overlap', async () => {
    const { token: old, directoryId } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}`;
    const refreshed = await browser.post(`${path}/tokens`, {
      expiration: 'none',
      keepCurrentFor: '1_hour',
    });
    expect(refreshed).toMatchObject({ status: 201, body: { expiresAt: null } });
    const { token } = refreshed.body;
    const states = async () => {
      const { body } = await browser.get(path);
      return body.tokens.map(({ state }: { state: string }) => state);
    };
    expect(await states()).toEqual(['valid', 'retiring']);
    expect([await asIdp(token, directoryId), await asIdp(old, directoryId)]).toEqual([200, 200]);
    clock.advance(hour);
    expect([await asIdp(token, directoryId), await asIdp(old, directoryId)]).toEqual([200, 401]);
    expect(await states()).toEqual(['valid', 'revoked']);
  });

  it('K-09 revokes a token now, once', async () => {
    const { token, directoryId } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}`;
    const [{ id }] = (await browser.get(path)).body.tokens;
    const revoked = await browser.post(`${path}/tokens/${id}/revoke`);
    expect(revoked.body).toMatchObject({ health: 'token_expired', tokens: [{ state: 'revoked' }] });
    expect(await asIdp(token, directoryId)).toBe(401);
    const again = await browser.post(`${path}/tokens/${id}/revoke`);
    expect(again.body).toMatchObject({ status: 409, code: 'token_revoked' });
    const home = (await browser.get(`${account()}/home`)).body;
    expect(home.attention[0]).toMatchObject({ kind: 'token_expired', severity: 'danger' });
  });

  it('warns from twenty days before the last token expires', async () => {
    const { directoryId } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}`;
    const health = async () => {
      await browser.signIn(seeded.ownerEmail);
      return (await browser.get(path)).body.health;
    };
    clock.advance(344 * day);
    expect(await health()).toBe('waiting');
    clock.advance(day);
    expect(await health()).toBe('token_expiring');
    // The plan of the fixture ends together with the token.
    clock.advance(20 * day);
    expect(await health()).toBe('lapsed');
  });

  it('turns off, keeps the connector URL, and turns on again with a new token', async () => {
    const { token, directoryId, connectorUrl } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}`;
    expect((await browser.get(`${path}/disable-preview`)).body).toMatchObject({
      people: 0,
      accountName: seeded.accountName,
    });
    const off = await browser.post(`${path}/disable`, { people: 'keep' });
    expect(off.body).toMatchObject({ state: 'off', health: 'off' });
    expect(await asIdp(token, directoryId)).toBeGreaterThanOrEqual(400);
    expect((await browser.post(`${path}/disable`, { people: 'keep' })).body).toMatchObject({
      status: 409,
      code: 'directory_off',
    });
    const refresh = { expiration: 'none', keepCurrentFor: 'none' };
    expect((await browser.post(`${path}/tokens`, refresh)).body.code).toBe('directory_off');
    const on = await browser.post(`${path}/turn-on`, { expiration: '90_days' });
    expect(on).toMatchObject({ status: 200, body: { connectorUrl, directoryId } });
    expect(await asIdp(on.body.token, directoryId)).toBe(200);
    expect(await asIdp(token, directoryId)).toBe(401);
    const again = await browser.post(`${path}/turn-on`, { expiration: '90_days' });
    expect(again.body).toMatchObject({ status: 409, code: 'directory_on' });
  });

  it("deactivates everybody only by the account's name", async () => {
    const { directoryId } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}/disable`;
    const wrong = await browser.post(path, { people: 'deactivate', accountName: 'Other' });
    expect(wrong.body).toMatchObject({ status: 400, code: 'account_name_mismatch' });
    const { accountName } = seeded;
    const right = await browser.post(path, { people: 'deactivate', accountName });
    expect(right.body).toMatchObject({ state: 'off' });
  });

  it('changes what it is told to, and nothing else', async () => {
    const { directoryId } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}`;
    await browser.send('PATCH', path, { policies: { seats: 'refuse' } });
    const { body } = await browser.send('PATCH', path, { name: 'Okta of Cargo' });
    expect(body).toMatchObject({
      name: 'Okta of Cargo',
      provider: 'okta',
      policies: { seats: 'refuse', outsidersPerDay: 20 },
    });
    const { items } = (await browser.get(`${account()}/audit-events?limit=2`)).body;
    expect(items[0]).toMatchObject({
      action: 'directory.changed',
      sentence: 'Olivia Owner changed the settings of the directory Okta of Cargo',
      before: { name: 'Okta' },
      after: { name: 'Okta of Cargo' },
    });
  });

  it('shows teams made by hand to the identity provider as long as it is told to', async () => {
    const { directoryId, token } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}`;
    const seenByIdp = async () => {
      const answer = await app.inject({
        url: `/scim/${directoryId}/v2/Groups`,
        headers: { authorization: `Bearer ${token}` },
      });
      return answer.json().Resources.map((group: { displayName: string }) => group.displayName);
    };
    const team = (name: string) => ({ name, description: '' });
    const { body: field } = await browser.post(`${account()}/teams`, team('Field'));
    expect(await seenByIdp()).toEqual([]);
    await browser.send('PATCH', path, { policies: { handmadeTeams: 'offered' } });
    await browser.post(`${account()}/teams`, team('Sales'));
    expect(await seenByIdp()).toEqual(['Field', 'Sales']);
    expect((await browser.get(path)).body).toMatchObject({ groups: 0, linkedTeams: 0 });
    expect((await browser.get(`${path}/groups`)).body.items).toEqual([]);
    await browser.send('PATCH', `${account()}/teams/${field.id}`, team('Fields'));
    expect(await seenByIdp()).toEqual(['Fields', 'Sales']);
    await browser.send('DELETE', `${account()}/teams/${field.id}`);
    expect(await seenByIdp()).toEqual(['Sales']);
    await browser.send('PATCH', path, { policies: { seats: 'refuse' } });
    expect(await seenByIdp()).toEqual(['Sales']);
    await browser.send('PATCH', path, { policies: { handmadeTeams: 'hidden' } });
    expect(await seenByIdp()).toEqual([]);
  });

  it('lets groups share names, and goes back once none does (G-02, Z-10)', async () => {
    const { directoryId, token } = (await enable()).body;
    const path = `${account()}/directories/${directoryId}`;
    const asIdpGroup = async (method: 'POST' | 'DELETE', id = '') => {
      const answer = await app.inject({
        method,
        url: `/scim/${directoryId}/v2/Groups${id}`,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        ...(method === 'POST' && {
          payload: {
            schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
            displayName: 'Sales',
          },
        }),
      });
      return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
    };
    expect((await browser.get(path)).body.policies.groupNames).toBe('unique');
    await asIdpGroup('POST');
    expect((await asIdpGroup('POST')).status).toBe(409);
    const shared = await browser.send('PATCH', path, { policies: { groupNames: 'shared' } });
    expect(shared.body.policies).toMatchObject({ groupNames: 'shared', handmadeTeams: 'hidden' });
    const second = await asIdpGroup('POST');
    expect(second.status).toBe(201);
    const back = { name: 'Okta of Cargo', policies: { groupNames: 'unique' } };
    expect((await browser.send('PATCH', path, back)).body).toMatchObject({
      status: 409,
      code: 'conflict',
      detail: expect.stringContaining('"Sales" (2 groups)'),
    });
    expect((await browser.get(path)).body).toMatchObject({
      name: 'Okta',
      policies: { groupNames: 'shared' },
    });
    await asIdpGroup('DELETE', `/${second.body.id}`);
    expect((await browser.send('PATCH', path, back)).status).toBe(200);
    expect((await asIdpGroup('POST')).status).toBe(409);
    const { items } = (await browser.get(`${account()}/audit-events?limit=1`)).body;
    expect(items[0]).toMatchObject({
      action: 'directory.changed',
      before: { policies: { groupNames: 'shared' } },
      after: { policies: { groupNames: 'unique' } },
    });
  });

  it('raises the limit of invitations a day only with a fresh factor', async () => {
    const { directoryId } = (await enable()).body;
    clock.advance(hour);
    const path = `${account()}/directories/${directoryId}`;
    const raised = await browser.send('PATCH', path, { policies: { outsidersPerDay: 10_000 } });
    expect(raised.body).toMatchObject({ status: 403, code: 'fresh_factor_required' });
    expect((await browser.get(path)).body).toMatchObject({ policies: { outsidersPerDay: 20 } });
  });

  it('lists changes newest first, by page, by action and by search', async () => {
    await enable();
    const list = async (query: string) =>
      (await browser.get(`${account()}/audit-events?${query}`)).body;
    const all = await list('limit=100');
    const ids = all.items.map(({ id }: { id: string }) => id);
    expect(ids).toEqual([...ids].sort().reverse());
    const paged = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { items, nextCursor }: { items: { id: string }[]; nextCursor: string | null } =
        await list(`limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...items.map(({ id }) => id));
      cursor = nextCursor;
    }
    expect(paged).toEqual(ids);
    const created = await list('action=token.created');
    expect(created.items).toHaveLength(1);
    const found = await list(`search=${encodeURIComponent('VERIFIED THE DOMAIN')}`);
    expect(found).toMatchObject({ items: [{ action: 'domain.verified' }], nextCursor: null });
  });
});
