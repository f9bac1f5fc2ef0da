import type { FastifyInstance } from 'fastify';
import { beforeAll, describe, expect, it } from 'vitest';
import { otherKeys } from '../../../../packages/sso/test/saml/idp.ts';
import type { Database } from '../../src/database/index.ts';
import { createDomain, markDomainVerified } from '../../src/domain/domains/index.ts';
import { closeBreakGlass, openBreakGlass } from '../../src/domain/sso-connections/index.ts';
import { createUser, hashPassphrase } from '../../src/domain/users/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';
import { answer, idpOf, Journey, type Ours, requestIdOf, signInThrough } from './journey.ts';

interface Connected {
  readonly account: SeededAccount;
  readonly id: string;
  readonly idp: string;
  readonly ours: Ours;
  readonly startUrl: string;
  readonly owner: Journey;
}

describeEachEngine('Signing in through SAML', (databases) => {
  let app: FastifyInstance;
  let database: Database;
  const clock = new TestClock();
  let companies = 0;

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
  });

  /** An owner makes a connection by hand, gives it an IdP, and passes the test sign-in. */
  async function connect(options: { seats?: number } = {}): Promise<Connected> {
    companies += 1;
    const account = await seedAccount(database, { ...options, sso: false });
    const owner = new Journey(app);
    await owner.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    const path = `/accounts/${account.accountId}`;
    const domains = await owner.call('GET', `${path}/domains`);
    const created = await owner.call('POST', `${path}/sso-connections`, {
      name: 'Okta',
      protocol: 'saml',
      domainIds: [domains.body.items[0].id],
    });
    expect(created.status).toBe(201);
    const { id, ours } = created.body;
    const idp = `exk${companies}`;
    const saved = await owner.call('PATCH', `${path}/sso-connections/${id}`, { saml: idpOf(idp) });
    expect(saved.body).toMatchObject({ state: 'draft', saml: { entityId: idpOf(idp).entityId } });
    const startUrl = `/sso/start/${id}`;
    const test = {
      startUrl: `${startUrl}?test`,
      idp,
      ours,
      parts: { nameId: `ada@${account.domain}` },
    };
    expect(await signInThrough(owner, test)).toBe(`/app/enterprise/sso/${id}?test=done`);
    const tested = await owner.call('GET', `${path}/sso-connections/${id}`);
    expect(tested.body).toMatchObject({
      state: 'tested',
      lastTest: {
        outcome: 'accepted',
        attributes: [{ name: 'email', values: [`ada@${account.domain}`] }],
      },
    });
    return { account, id, idp, ours, startUrl, owner };
  }

  const signIn = (journey: Journey, connected: Connected, nameId: string) =>
    signInThrough(journey, { ...connected, parts: { nameId } });

  const accountsOf = async (journey: Journey) =>
    (await journey.call('GET', '/session')).body.accounts?.map(({ id }: { id: string }) => id);

  const attemptsOf = async ({ owner, account, id }: Connected) =>
    (await owner.call('GET', `/accounts/${account.accountId}/sso-connections/${id}`)).body.attempts;

  it('needs no second factor of ours, and takes nothing over from a sign-in that lacks one', async () => {
    const company = await connect();
    const { account } = company;
    const email = `ada@${account.domain}`;
    const { userId } = await seedMember(database, account.accountId, { email });
    const row = { user_id: userId, secret: '', created_at: 0, confirmed_at: 0, last_step: 0 };
    await database.write((tx) => tx.query.insertInto('totp_secrets').values(row).execute());
    const browser = new Journey(app);
    const half = await browser.call('POST', '/sign-in/passphrase', { email, passphrase });
    expect(half.body.secondFactor).toMatchObject({ app: true });
    expect(await signIn(browser, company, email)).toBe('/app/home');
    expect(await accountsOf(browser)).toEqual([account.accountId]);
    const { items } = (await browser.call('GET', '/profile/sessions')).body;
    expect(items).toMatchObject([{ current: true, methods: ['saml'] }]);
  });

  it('lets a person of a verified domain join by signing in, and know them by their subject afterwards', async () => {
    const company = await connect();
    const address = `grace@${company.account.domain}`;
    const first = new Journey(app);
    expect(await signIn(first, company, address)).toBe('/app/home');
    expect(await accountsOf(first)).toEqual([company.account.accountId]);
    const { body } = await first.call('GET', '/session');
    const again = new Journey(app);
    const renamed = { nameId: address, email: `grace.hopper@${company.account.domain}` };
    expect(await signInThrough(again, { ...company, parts: renamed })).toBe('/app/home');
    expect((await again.call('GET', '/session')).body.user.id).toBe(body.user.id);
  });

  it("takes address and name from Entra's default claims, though the Name ID is an address elsewhere", async () => {
    const company = await connect();
    const { domain } = company.account;
    const claims = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims';
    const attributes = {
      [`${claims}/emailaddress`]: `lin@${domain}`,
      [`${claims}/givenname`]: 'Lin',
      [`${claims}/surname`]: 'Sample',
      [`${claims}/name`]: 'lin@tenant.example',
    };
    const journey = new Journey(app);
    const parts = { nameId: 'lin@tenant.example', attributes };
    expect(await signInThrough(journey, { ...company, parts })).toBe('/app/home');
    expect((await journey.call('GET', '/session')).body.user).toMatchObject({
      name: 'Lin Sample',
      email: `lin@${domain}`,
    });
  });

  it('leads to the page that was asked for, and to no other site', async () => {
    const company = await connect();
    const go = async (next: string) => {
      const startUrl = `${company.startUrl}?next=${encodeURIComponent(next)}`;
      return signInThrough(new Journey(app), {
        ...company,
        startUrl,
        parts: { nameId: `ada@${company.account.domain}` },
      });
    };
    expect(await go('/app/organizations?page=2')).toBe('/app/organizations?page=2');
    for (const next of [
      'https://evil.example/app/',
      '//evil.example/app/',
      '/\\evil.example',
      'javascript:alert(1)',
      '/api/v1/session',
    ]) {
      expect(await go(next), next).toBe('/app/home');
    }
  });

  it("never opens another company's account, for a person who is in both", async () => {
    const a = await connect();
    const b = await connect();
    const address = `both@${a.account.domain}`;
    const person = await seedMember(database, a.account.accountId, { email: address });
    await database.write(async (tx) => {
      await tx.query
        .insertInto('memberships')
        .values({
          account_id: b.account.accountId,
          user_id: person.userId,
          role: 'owner',
          state: 'active',
          created_at: 1,
          changed_at: 1,
          last_active_at: null,
        })
        .execute();
    });
    const journey = new Journey(app);
    expect(await signIn(journey, a, address)).toBe('/app/home');
    expect(await accountsOf(journey)).toEqual([a.account.accountId]);
    expect((await journey.call('GET', `/accounts/${b.account.accountId}/home`)).status).toBe(404);
    expect((await journey.call('GET', `/accounts/${a.account.accountId}/home`)).status).toBe(200);
    // Company A's IdP says that this browser is company B's owner: it is believed for its own domains alone.
    expect(await signIn(new Journey(app), a, b.account.ownerEmail)).toMatch(
      /refused\?reason=foreign_domain/,
    );
    // What A's IdP vouched for cannot become a local factor, which B would accept.
    const set = await journey.call('PUT', '/profile/passphrase', {
      passphrase: 'a new passphrase of mine',
    });
    expect(set.body).toMatchObject({ code: 'fresh_factor_required' });
  });

  it('counts an address for nothing that somebody gave and did not prove', async () => {
    const company = await connect();
    const address = `squatter@${company.account.domain}`;
    const hash = await hashPassphrase(passphrase);
    const squatter = await database.write((tx) =>
      createUser(tx, {
        name: 'Somebody',
        address,
        provedBy: null,
        passphraseHash: hash,
        at: clock.time,
      }),
    );
    const journey = new Journey(app);
    expect(await signIn(journey, company, address)).toBe('/app/home');
    expect((await journey.call('GET', '/session')).body.user.id).not.toBe(squatter);
  });

  it('is refused to a browser that did not ask, and a code works once', async () => {
    const company = await connect();
    const victim = new Journey(app);
    const attacker = new Journey(app);
    const inResponseTo = requestIdOf(await attacker.open(company.startUrl));
    const parts = { inResponseTo, nameId: `eve@${company.account.domain}` };
    const finish = await attacker.postFromElsewhere(
      company.ours.ssoUrl,
      answer(company.idp, company.ours, parts),
    );
    expect(await victim.open(finish)).toBe('/sign-in/refused?reason=not_this_browser');
    expect(await attacker.open(finish)).toBe('/app/home');
    expect(await attacker.open(finish)).toBe('/sign-in/refused?reason=not_this_browser');
    expect((await victim.call('GET', '/session')).status).toBe(401);
  });

  it('takes a response once, and writes each refusal with its reason for the owner alone', async () => {
    const company = await connect();
    const journey = new Journey(app);
    const inResponseTo = requestIdOf(await journey.open(company.startUrl));
    const form = answer(company.idp, company.ours, {
      inResponseTo,
      nameId: `ada@${company.account.domain}`,
    });
    expect(await journey.postFromElsewhere(company.ours.ssoUrl, form)).toContain('/sso/finish/');
    const refused = await journey.postFromElsewhere(company.ours.ssoUrl, form);
    expect(refused).toMatch(/\/sign-in\/refused\?reason=not_accepted&attempt=[0-9a-f-]{36}$/);
    const [latest] = await attemptsOf(company);
    expect(refused).toContain(latest.id);
    expect(latest).toMatchObject({ outcome: 'refused', reason: 'request_unknown' });
    const unknown = answer(company.idp, company.ours, { inResponseTo: '_unknown' });
    await journey.postFromElsewhere(company.ours.ssoUrl, unknown);
    expect((await attemptsOf(company))[0].reason).toBe('request_unknown');
  });

  it('asks anew where the IdP began, so that nobody is signed in as somebody else', async () => {
    const company = await connect();
    const journey = new Journey(app);
    const parts = { inResponseTo: null, nameId: `ada@${company.account.domain}` };
    const tile = answer(company.idp, company.ours, parts);
    const restarted = await journey.postFromElsewhere(company.ours.ssoUrl, tile);
    expect(restarted).toContain(company.startUrl);
    expect(await journey.call('GET', '/session')).toMatchObject({ status: 401 });
    expect(
      await signInThrough(journey, {
        ...company,
        startUrl: restarted,
        parts: { nameId: parts.nameId },
      }),
    ).toBe('/app/home');
    const twice = await journey.postFromElsewhere(company.ours.ssoUrl, tile);
    expect(twice).toContain('reason=not_accepted');
    expect((await attemptsOf(company))[0].reason).toBe('replayed');
  });

  it('refuses a person whom the directory deactivated, without making a second one', async () => {
    const company = await connect();
    const address = `gone@${company.account.domain}`;
    const { userId } = await seedMember(database, company.account.accountId, { email: address });
    await database.write((tx) =>
      tx.query
        .updateTable('memberships')
        .set({ state: 'deactivated' })
        .where('user_id', '=', userId)
        .execute(),
    );
    const people = () => database.read.query.selectFrom('users').select('id').execute();
    const before = await people();
    expect(await signIn(new Journey(app), company, address)).toMatch(/reason=deactivated&attempt=/);
    expect(await people()).toHaveLength(before.length);
    expect((await attemptsOf(company))[0]).toMatchObject({
      reason: 'deactivated',
      person: { id: userId },
    });
  });

  it('lets nobody join where no seat is free, and then makes nobody', async () => {
    const company = await connect({ seats: 1 });
    const people = () => database.read.query.selectFrom('users').select('id').execute();
    const before = await people();
    expect(await signIn(new Journey(app), company, `late@${company.account.domain}`)).toMatch(
      /reason=no_seat/,
    );
    expect(await people()).toHaveLength(before.length);
  });

  describe('where it is enforced', () => {
    it('ends passphrases for the people of its domains, except through an audited break-glass that expires', async () => {
      const company = await connect();
      const { account, owner, id } = company;
      const path = `/accounts/${account.accountId}/sso-connections/${id}`;
      const inside = await seedMember(database, account.accountId, {
        role: 'co_owner',
        email: `boss@${account.domain}`,
      });
      const boss = new Journey(app);
      const enter = () =>
        boss.call('POST', '/sign-in/passphrase', { email: inside.email, passphrase });
      expect((await enter()).status).toBe(200);
      expect((await boss.call('POST', '/sign-in/identify', { email: inside.email })).body).toEqual({
        method: 'passphrase',
        location: company.startUrl,
      });
      expect((await owner.call('PUT', `${path}/enforcement`, { enforced: true })).body.state).toBe(
        'enforced',
      );
      // The session that was opened before opens the account no more.
      expect((await boss.call('GET', `/accounts/${account.accountId}/home`)).status).toBe(404);
      expect((await enter()).body).toMatchObject({ status: 403, code: 'sso_required' });
      for (const email of [inside.email, `nobody@${account.domain}`]) {
        expect((await boss.call('POST', '/sign-in/identify', { email })).body).toEqual({
          method: 'sso',
          location: company.startUrl,
        });
      }
      // An address outside of its domains is not touched.
      expect((await owner.call('GET', `/accounts/${account.accountId}/home`)).status).toBe(200);

      const { accountId } = account;
      const until = clock.time + 3_600_000;
      const glass = {
        accountId,
        userId: inside.userId,
        reason: 'Okta is down',
        until,
        at: clock.time,
      };
      await database.write((tx) => openBreakGlass(tx, glass));
      expect((await enter()).status).toBe(200);
      expect((await boss.call('GET', `/accounts/${accountId}/home`)).status).toBe(200);
      const events = await owner.call('GET', `/accounts/${accountId}/audit-events`);
      expect(JSON.stringify(events.body)).toContain('sign in without SSO for a while');
      await database.write((tx) => openBreakGlass(tx, { ...glass, until: clock.time }));
      expect((await enter()).body.code).toBe('sso_required');
      await database.write((tx) =>
        openBreakGlass(tx, { ...glass, until: clock.time + 3_600_000, at: clock.time }),
      );
      await database.write((tx) => closeBreakGlass(tx, { ...glass, at: clock.time }));
      expect((await enter()).body.code).toBe('sso_required');
    });

    it('is enforced on oneself only after coming through it, since it has its IdP', async () => {
      const company = await connect();
      const { account, owner, id, idp } = company;
      const path = `/accounts/${account.accountId}/sso-connections/${id}`;
      const email = `chief@${account.domain}`;
      await seedMember(database, account.accountId, { role: 'co_owner', email });
      const chief = new Journey(app);
      await chief.call('POST', '/sign-in/passphrase', { email, passphrase });
      const enforce = () => chief.call('PUT', `${path}/enforcement`, { enforced: true });
      const testAs = (journey: Journey, nameId: string) =>
        signInThrough(journey, {
          ...company,
          startUrl: `${company.startUrl}?test`,
          parts: { nameId },
        });
      // The test that somebody else passed says nothing of this owner.
      expect((await enforce()).body).toMatchObject({ status: 409, code: 'sso_untried' });
      await testAs(chief, `grace@${account.domain}`);
      expect((await enforce()).body.code).toBe('sso_untried');
      expect((await owner.call('GET', path)).body.state).toBe('tested');
      await testAs(chief, email);
      expect((await enforce()).body.state).toBe('enforced');

      await owner.call('PUT', `${path}/enforcement`, { enforced: false });
      clock.advance(1);
      await owner.call('PATCH', path, { saml: idpOf('exkother') });
      await owner.call('PATCH', path, { saml: idpOf(idp) });
      await testAs(owner, `ada@${account.domain}`);
      await chief.call('POST', '/sign-in/passphrase', { email, passphrase });
      expect((await enforce()).body.code).toBe('sso_untried');
      expect(await signIn(new Journey(app), company, email)).toBe('/app/home');
      expect((await enforce()).body.state).toBe('enforced');
    });

    it('takes no domain more that would lock out whoever adds it', async () => {
      const { owner, account, id } = await connect();
      const path = `/accounts/${account.accountId}/sso-connections/${id}`;
      const [, name = ''] = account.ownerEmail.split('@');
      await owner.call('PUT', `${path}/enforcement`, { enforced: true });
      const change = {
        accountId: account.accountId,
        actor: { kind: 'system' },
        at: clock.time,
      } as const;
      const own = await database.write(async (tx) => {
        const domainId = await createDomain(tx, { ...change, name });
        await markDomainVerified(tx, { ...change, domainId });
        return domainId;
      });
      const { routedDomains } = (await owner.call('GET', path)).body;
      const domainIds = [routedDomains[0].id, own];
      expect((await owner.call('PATCH', path, { domainIds })).body.code).toBe('sso_untried');
      expect((await owner.call('GET', path)).body.domains).toEqual([account.domain]);
    });

    it('keeps its IdP: neither exchanged nor removed', async () => {
      const { owner, account, id } = await connect();
      const path = `/accounts/${account.accountId}/sso-connections/${id}`;
      await owner.call('PUT', `${path}/enforcement`, { enforced: true });
      const other = { saml: idpOf('exkother') };
      expect((await owner.call('PATCH', path, other)).body.code).toBe('sso_enforced');
      expect((await owner.call('DELETE', path)).body.code).toBe('sso_enforced');
      await owner.call('PUT', `${path}/enforcement`, { enforced: false });
      expect((await owner.call('PATCH', path, other)).body.state).toBe('draft');
      expect((await owner.call('PUT', `${path}/enforcement`, { enforced: true })).body.code).toBe(
        'sso_not_tested',
      );
      expect((await owner.call('DELETE', path)).status).toBe(204);
      expect((await owner.call('GET', path)).status).toBe(404);
    });
  });

  it('trusts several certificates at once, and the last one stays', async () => {
    const { owner, account, id } = await connect();
    const path = `/accounts/${account.accountId}/sso-connections/${id}/certificates`;
    const added = await owner.call('POST', path, { certificate: otherKeys.certificate });
    const [first, second] = added.body.saml.certificates;
    expect(added.body.state).toBe('tested');
    expect(
      (await owner.call('DELETE', `${path}/${first.fingerprint}`)).body.saml.certificates,
    ).toEqual([second]);
    expect((await owner.call('DELETE', `${path}/${second.fingerprint}`)).body).toMatchObject({
      code: 'conflict',
    });
    expect((await owner.call('POST', path, { certificate: 'hello' })).body).toMatchObject({
      code: 'sso_certificate_invalid',
      fields: [{ path: ['saml', 'certificate'] }],
    });
  });

  it("keeps a connection's own key sealed, and shows neither it nor its draft to anybody", async () => {
    const { account, id } = await connect();
    const row = await database.read.query
      .selectFrom('sso_connections')
      .select('settings')
      .where('account_id', '=', account.accountId)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.settings).not.toContain('PRIVATE KEY');
    expect(JSON.parse(row.settings).key.privateKey).toMatch(/^1\.[0-9a-f]{8}\./);
    const metadata = await app.inject(`/sso/saml/${id}`);
    expect(metadata.body).toContain(`entityID="http://127.0.0.1:4280/sso/saml/${id}"`);
  });
});
