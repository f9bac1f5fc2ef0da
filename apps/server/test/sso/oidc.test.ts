import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { otherKeys } from '../../../../packages/sso/test/saml/idp.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';
import { TestIssuer, type TokenChange } from './issuer.ts';
import { Journey } from './journey.ts';

describeEachEngine('Signing in through OIDC', (databases) => {
  let app: FastifyInstance;
  let account: SeededAccount;
  let owner: Journey;
  let path: string;
  let startUrl: string;
  let issuer: TestIssuer;

  beforeAll(async () => {
    const database = await databases.open();
    issuer = await new TestIssuer().start();
    const settings = testSettings({ PRIVATE_HOSTS: new URL(issuer.url).host });
    app = testApp(database, { now: new TestClock().now, settings });
    account = await seedAccount(database, { sso: false });
    owner = new Journey(app);
    await owner.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    const base = `/accounts/${account.accountId}`;
    const domains = await owner.call('GET', `${base}/domains`);
    const body = { name: 'Okta', protocol: 'oidc', domainIds: [domains.body.items[0].id] };
    const { id } = (await owner.call('POST', `${base}/sso-connections`, body)).body;
    path = `${base}/sso-connections/${id}`;
    startUrl = `/sso/start/${id}`;
  });

  afterAll(() => issuer.stop());

  const person = (name: string) => ({
    sub: `00u${name}`,
    email: `${name}@${account.domain}`,
    name,
  });

  /** Through the issuer and back, as far as the browser gets. */
  async function goThrough(
    journey: Journey,
    {
      change = {},
      extra = {},
      start = startUrl,
      name = 'ada',
    }: { change?: TokenChange; extra?: Record<string, string>; start?: string; name?: string } = {},
  ): Promise<string> {
    issuer.claims = person(name);
    issuer.change = change;
    const back = await journey.open(issuer.authorize(await journey.open(start), extra));
    return back.includes('/sso/finish/') ? journey.open(back) : back;
  }

  const lastReason = async () => (await owner.call('GET', path)).body.attempts[0].reason;

  it('begins with issuer, client and secret, whose document is pinned, and a test sign-in', async () => {
    const client = { issuer: issuer.url, clientId: 'client1' };
    expect((await owner.call('PATCH', path, { oidc: client })).body).toMatchObject({
      code: 'invalid_request',
      fields: [{ path: ['oidc', 'clientSecret'] }],
    });
    const other = { ...client, issuer: `${issuer.url}/`, clientSecret: issuer.clientSecret };
    expect((await owner.call('PATCH', path, { oidc: other })).body).toMatchObject({
      code: 'sso_metadata_invalid',
    });
    for (const unsafe of [
      'https://127.0.0.1:1',
      'https://169.254.169.254',
      'http://idp.example.com',
    ]) {
      const answer = await owner.call('PATCH', path, { oidc: { ...other, issuer: unsafe } });
      expect(answer.body.code, unsafe).toBe('outgoing_refused');
    }
    const saved = await owner.call('PATCH', path, {
      oidc: { ...client, clientSecret: issuer.clientSecret },
    });
    expect(saved.body).toMatchObject({ state: 'draft', oidc: client });
    expect(JSON.stringify(saved.body)).not.toContain(issuer.clientSecret);
    expect(await goThrough(owner, { start: `${startUrl}?test` })).toMatch(/test=done$/);
    expect((await owner.call('GET', path)).body).toMatchObject({
      state: 'tested',
      lastTest: { outcome: 'accepted' },
    });
  });

  it('lets a person of its domain in, with PKCE, and asks for no discovery again', async () => {
    issuer.asked.length = 0;
    const journey = new Journey(app);
    expect(await goThrough(journey, { name: 'grace' })).toBe('/app/home');
    const { body } = await journey.call('GET', '/session');
    expect(body).toMatchObject({ user: { name: 'grace' }, accounts: [{ id: account.accountId }] });
    expect(issuer.asked).toEqual(['/token', '/keys']);
  });

  it.each<[string, string, TokenChange]>([
    ['of another issuer', 'token_invalid', { claims: { iss: 'https://other.example.com' } }],
    ['for another client', 'token_invalid', { claims: { aud: 'client2' } }],
    ['for another request', 'nonce_mismatch', { claims: { nonce: 'another' } }],
    ['that is over', 'token_invalid', { claims: { exp: 1 } }],
    ['by a foreign key', 'token_invalid', { key: otherKeys }],
    ['by a symmetric key', 'token_invalid', { alg: 'HS256' }],
    ['by none', 'token_invalid', { alg: 'none' }],
  ])('refuses a token %s', async (_name, reason, change) => {
    expect(await goThrough(new Journey(app), { change })).toMatch(/reason=not_accepted&attempt=/);
    expect(await lastReason()).toBe(reason);
  });

  it('bears clocks that differ by half a minute', async () => {
    const now = Math.floor(Date.now() / 1000);
    for (const claims of [{ nbf: now + 30 }, { exp: now - 30 }]) {
      expect(await goThrough(new Journey(app), { change: { claims } })).toBe('/app/home');
    }
    const change = { claims: { nbf: now + 600 } };
    expect(await goThrough(new Journey(app), { change })).toMatch(/not_accepted/);
  });

  it.each(['unavailable', 'drops'] as const)(
    'tells the owner of an issuer that %s',
    async (failing) => {
      issuer.failing = failing;
      expect(await goThrough(new Journey(app))).toMatch(/reason=not_accepted&attempt=/);
      issuer.failing = undefined;
      expect(await lastReason()).toBe('issuer_unreachable');
    },
  );

  it('refuses an answer to another request, to nobody, to another browser, and the code of another verifier', async () => {
    const journey = new Journey(app);
    expect(await goThrough(journey, { extra: { state: 'another' } })).toMatch(/not_this_browser/);
    const first = await journey.open(startUrl);
    const second = new URL(await journey.open(startUrl));
    const mixed = new URL(first);
    mixed.searchParams.set('state', second.searchParams.get('state') ?? '');
    expect(await journey.open(issuer.authorize(mixed.href))).toMatch(/not_accepted/);
    expect(await lastReason()).toBe('code_refused');
    const back = await journey.open(issuer.authorize(first));
    expect(await new Journey(app).open(back)).toMatch(/not_this_browser/);
  });

  it('says what the issuer said, and believes no address that it did not verify', async () => {
    const denied = {
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    };
    expect(await goThrough(new Journey(app), { extra: denied })).toMatch(/not_accepted/);
    expect(await lastReason()).toBe('idp_refused');
    // Some issuers write it as a text.
    for (const email_verified of [false, 'false', null]) {
      const change = { claims: { sub: '00unew', email_verified } };
      expect(await goThrough(new Journey(app), { change })).toMatch(/reason=no_address/);
    }
  });

  it('has to be tested with another secret, but where SSO is enforced: there it goes on, as secrets end', async () => {
    const give = async (clientSecret: string) =>
      (
        await owner.call('PATCH', path, {
          oidc: { issuer: issuer.url, clientId: 'client1', clientSecret },
        })
      ).body;
    const enforce = async (enforced: boolean) =>
      (await owner.call('PUT', `${path}/enforcement`, { enforced })).body;
    const test = () => goThrough(owner, { start: `${startUrl}?test` });
    expect(await give(issuer.clientSecret)).toMatchObject({ state: 'tested' });
    expect(await give('a second secret')).toMatchObject({ state: 'draft' });
    expect(await enforce(true)).toMatchObject({ code: 'sso_not_tested' });
    await test();
    expect(await lastReason()).toBe('code_refused');
    issuer.clientSecret = 'a second secret';
    await test();
    expect(await enforce(true)).toMatchObject({ state: 'enforced' });

    issuer.clientSecret = 'a third secret';
    expect(await give('a third secret')).toMatchObject({ state: 'enforced' });
    expect(await enforce(false)).toMatchObject({ state: 'draft' });
    await test();
    await enforce(true);
    issuer.clientSecret = 'a fourth secret';
    expect(await give('a fourth secret')).toMatchObject({ state: 'enforced' });
    expect(await goThrough(new Journey(app))).toBe('/app/home');
    expect(await enforce(false)).toMatchObject({ state: 'tested' });
  });
});
