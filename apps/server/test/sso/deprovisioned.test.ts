import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { addSource } from '../../src/domain/memberships/index.ts';
import { createUser } from '../../src/domain/users/index.ts';
import { grantsOf } from '../provisioning/grants.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';
import { idpOf, Journey, type Ours, signInThrough } from './journey.ts';

const refused = /reason=deactivated&attempt=/;

describeEachEngine('People of SSO whom the directory gives up', (databases) => {
  let app: FastifyInstance;
  let database: Database;
  let account: SeededAccount;
  let owner: Journey;
  let connection: { id: string; ours: Ours };
  let path: string;
  const clock = new TestClock();
  const idp = 'exkdeprovisioned';

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
  });

  beforeEach(async () => {
    account = await seedAccount(database, { sso: false });
    owner = new Journey(app);
    await owner.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    path = `/accounts/${account.accountId}`;
    const domains = await owner.call('GET', `${path}/domains`);
    const body = { name: 'Okta', protocol: 'saml', domainIds: [domains.body.items[0].id] };
    connection = (await owner.call('POST', `${path}/sso-connections`, body)).body;
    const saml = idpOf(idp);
    await owner.call('PATCH', `${path}/sso-connections/${connection.id}`, { saml });
    const { id, ours } = connection;
    const parts = { nameId: addressOf('ada') };
    await signInThrough(owner, { startUrl: `/sso/start/${id}?test`, idp, ours, parts });
  });

  const addressOf = (name: string) => `${name}@${account.domain}`;

  const signIn = async (name: string) => {
    const journey = new Journey(app);
    const { id, ours } = connection;
    const parts = { nameId: addressOf(name) };
    const end = await signInThrough(journey, { startUrl: `/sso/start/${id}`, idp, ours, parts });
    return { journey, end };
  };

  const scim = async (method: 'POST' | 'PATCH' | 'DELETE', resource: string, body?: object) => {
    const response = await app.inject({
      method,
      url: `/scim/${account.directoryId}/v2${resource}`,
      headers: {
        authorization: `Bearer ${account.token}`,
        ...(body && { 'content-type': 'application/scim+json' }),
      },
      ...(body && { payload: JSON.stringify(body) }),
    });
    return { status: response.statusCode, body: response.body === '' ? null : response.json() };
  };

  const create = async (name: string, active = true): Promise<string> => {
    const created = await scim('POST', '/Users', {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: addressOf(name),
      emails: [{ value: addressOf(name), primary: true }],
      active,
    });
    expect(created.status).toBe(201);
    return created.body.id;
  };

  const setActive = async (id: string, active: boolean) => {
    const answer = await scim('PATCH', `/Users/${id}`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'replace', value: { active } }],
    });
    expect(answer).toMatchObject({ status: 200, body: { active } });
  };

  const userOf = async (journey: Journey): Promise<string> =>
    (await journey.call('GET', '/session')).body.user.id;

  const homeOf = async (journey: Journey) => (await journey.call('GET', `${path}/home`)).status;

  const grants = (userId: string) => grantsOf(database.read, account.accountId, userId);

  const nothing = { state: 'deactivated', sources: [], seats: 0, sessions: 0 };

  /** Somebody who joined by signing in, before SCIM knew them. */
  const joined = async () => {
    const { journey, end } = await signIn('jit');
    expect(end).toBe('/app/home');
    return { journey, userId: await userOf(journey) };
  };

  it('lose access, seat and sessions though they joined by signing in, and come back with the directory alone', async () => {
    const { journey, userId } = await joined();
    const id = await create('jit');
    expect(await grants(userId)).toMatchObject({ sources: ['directory', 'jit'], seats: 1 });
    await setActive(id, false);
    expect(await grants(userId)).toMatchObject(nothing);
    expect((await journey.call('GET', '/session')).status).toBe(401);
    expect(await homeOf(journey)).toBe(401);
    const review = `${path}/directories/${account.directoryId}/review`;
    expect((await owner.call('GET', review)).body).toMatchObject({ items: [] });
    expect((await signIn('jit')).end).toMatch(refused);
    expect(await grants(userId)).toMatchObject(nothing);

    await setActive(id, true);
    expect(await grants(userId)).toMatchObject({
      state: 'active',
      sources: ['directory'],
      seats: 1,
    });
    const again = await signIn('jit');
    expect(again.end).toBe('/app/home');
    expect(await userOf(again.journey)).toBe(userId);
    await setActive(id, false);
    expect(await grants(userId)).toMatchObject(nothing);
  });

  it('lose access as well when their record is deleted', async () => {
    const { userId } = await joined();
    const id = await create('jit');
    expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
    expect(await grants(userId)).toMatchObject(nothing);
    expect((await signIn('jit')).end).toMatch(refused);
  });

  it('lose access where they had signed up in a domain with capture', async () => {
    const { accountId } = account;
    const { userId } = await joined();
    const { body } = await owner.call('GET', `${path}/domains`);
    const capture = { kind: 'capture', sourceId: body.items[0].id } as const;
    await database.write((tx) => addSource(tx, { accountId, userId, at: clock.now(), ...capture }));
    const id = await create('jit');
    await setActive(id, false);
    expect(await grants(userId)).toMatchObject(nothing);
  });

  it('stay where somebody added them by hand too', async () => {
    const email = addressOf('ben');
    const { userId } = await seedMember(database, account.accountId, { email });
    const id = await create('ben');
    await setActive(id, false);
    expect(await grants(userId)).toMatchObject({ state: 'active', sources: ['manual'], seats: 1 });
    expect((await signIn('ben')).end).toBe('/app/home');
  });

  it('do not join by signing in, whether they are known here or not', async () => {
    const userId = await database.write((tx) =>
      createUser(tx, {
        name: 'Gil Ghost',
        address: addressOf('ghost'),
        provedBy: 'sign_up',
        passphraseHash: null,
        at: clock.now(),
      }),
    );
    for (const name of ['ghost', 'stranger']) {
      const id = await create(name, false);
      expect((await signIn(name)).end).toMatch(refused);
      if (name === 'ghost') expect(await grants(userId)).toMatchObject({ sources: [], seats: 0 });
      await setActive(id, true);
      expect((await signIn(name)).end).toBe('/app/home');
    }
    expect(await grants(userId)).toMatchObject({ state: 'active', sources: ['directory'] });
  });
});
