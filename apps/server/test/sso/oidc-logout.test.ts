import { createPrivateKey } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idpKeys, otherKeys } from '../../../../packages/sso/test/saml/idp.ts';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';
import { TestIssuer } from './issuer.ts';
import { Journey } from './journey.ts';

type Claims = Readonly<Record<string, unknown>>;
type Header = Readonly<Record<string, string>>;

/** A company whose people come through the issuer. */
interface Company {
  readonly domain: string;
  readonly startUrl: string;
  readonly endpoint: string;
}

describeEachEngine('Universal Logout of an OIDC connection', (databases) => {
  let app: FastifyInstance;
  let database: Database;
  let issuer: TestIssuer;
  let ours: Company;
  let theirs: Company;
  const clock = new TestClock();
  let tokens = 0;

  beforeAll(async () => {
    database = await databases.open();
    issuer = await new TestIssuer().start();
    const settings = testSettings({ PRIVATE_HOSTS: new URL(issuer.url).host });
    app = testApp(database, { now: clock.now, settings });
    [ours, theirs] = [await connect(), await connect()];
  });

  afterAll(() => issuer.stop());

  async function connect(): Promise<Company> {
    const account = await seedAccount(database, { sso: false });
    const owner = new Journey(app);
    await owner.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    const base = `/accounts/${account.accountId}`;
    const domains = await owner.call('GET', `${base}/domains`);
    const body = { name: 'Okta', protocol: 'oidc', domainIds: [domains.body.items[0].id] };
    const { id, ours: given } = (await owner.call('POST', `${base}/sso-connections`, body)).body;
    const { clientSecret, url } = issuer;
    const oidc = { issuer: url, clientId: 'client1', clientSecret };
    await owner.call('PATCH', `${base}/sso-connections/${id}`, { oidc });
    const startUrl = `/sso/start/${id}`;
    const company = { domain: account.domain ?? '', startUrl, endpoint: given.universalLogoutUrl };
    await signIn(company, { journey: owner, start: `${startUrl}?test` });
    return company;
  }

  async function signIn(
    { domain, startUrl }: Company,
    { journey = new Journey(app), start = startUrl } = {},
  ): Promise<Journey> {
    issuer.claims = { sub: `00uada.${domain}`, email: `ada@${domain}`, name: 'Ada' };
    const back = await journey.open(issuer.authorize(await journey.open(start)));
    await journey.open(back);
    return journey;
  }

  const isIn = async (journey: Journey) => (await journey.call('GET', '/session')).status === 200;

  const adaOf = ({ domain }: Company) => ({ format: 'email', email: `ada@${domain}` });
  const subjectOf = ({ domain }: Company, iss = issuer.url) => ({
    format: 'iss_sub',
    iss,
    sub: `00uada.${domain}`,
  });

  /** The claims of a good token, a new one each time. */
  function claimsFor({ endpoint }: Company): Claims {
    tokens += 1;
    const iat = clock.time / 1000;
    return { jti: `t${tokens}`, iss: issuer.url, aud: endpoint, iat, exp: iat + 300 };
  }

  const revocation = { alg: 'RS256', kid: 'k1', typ: 'global-token-revocation+jwt' };

  function sign(claims: Claims, header: Header = {}, key = idpKeys): Promise<string> {
    const token = new SignJWT(claims).setProtectedHeader({ ...revocation, ...header });
    return token.sign(createPrivateKey(key.privateKey));
  }

  async function send({ endpoint }: Company, token: string, sub_id: object): Promise<number> {
    const answer = await app.inject({
      method: 'POST',
      url: new URL(endpoint).pathname,
      headers: { authorization: `Bearer ${token}` },
      payload: { sub_id },
    });
    return answer.statusCode;
  }

  it('ends the sessions of the person whom the issuer names by address or subject, once a token', async () => {
    for (const subject of [adaOf(ours), subjectOf(ours)]) {
      const journey = await signIn(ours);
      expect(await isIn(journey)).toBe(true);
      const token = await sign(claimsFor(ours));
      expect(await send(ours, token, subject)).toBe(204);
      expect(await isIn(journey)).toBe(false);
      const again = await signIn(ours);
      expect(await send(ours, token, subject)).toBe(401);
      expect(await isIn(again)).toBe(true);
    }
  });

  it('believes only the issuer, by its own keys, for this endpoint, now', async () => {
    const journey = await signIn(ours);
    const good = claimsFor(ours);
    const long = clock.time / 1000 - 3_600;
    const unsigned = [{ ...revocation, alg: 'none' }, good]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const symmetric = new SignJWT(good).setProtectedHeader({ ...revocation, alg: 'HS256' });
    const hostile: Record<string, string | Promise<string>> = {
      'no token': '',
      'no JWT': 'hello',
      'another issuer': sign({ ...good, iss: 'https://other.example.com' }),
      'another audience': sign({ ...good, aud: theirs.endpoint }),
      'a foreign key': sign(good, {}, otherKeys),
      'an unknown key': sign(good, { kid: 'k2' }),
      'alg none': `${unsigned}.`,
      'a symmetric key': symmetric.sign(Buffer.from(idpKeys.certificate)),
      'an ID token': sign(good, { typ: 'JWT' }),
      'a token that is over': sign({ ...good, exp: long + 300, iat: long }),
      'a token that lives for days': sign({ ...good, iat: long }),
      'a token without an id': sign({ ...good, jti: undefined }),
    };
    for (const [what, token] of Object.entries(hostile)) {
      expect(await send(ours, await token, adaOf(ours)), what).toBe(401);
    }
    expect(await isIn(journey)).toBe(true);
    expect(await send(ours, await sign(good), adaOf(ours))).toBe(204);
  });

  it("reaches nobody of another account, though both trust one issuer, nor another issuer's subject", async () => {
    const journey = await signIn(ours);
    const token = () => sign(claimsFor(theirs));
    expect(await send(ours, await token(), adaOf(ours))).toBe(401);
    expect(await send(theirs, await token(), adaOf(ours))).toBe(404);
    expect(await send(theirs, await token(), subjectOf(ours))).toBe(404);
    const foreign = subjectOf(ours, 'https://other.example.com');
    expect(await send(ours, await sign(claimsFor(ours)), foreign)).toBe(404);
    expect(await isIn(journey)).toBe(true);
  });

  it('asks the issuer for its keys once, however many tokens come, and says when it does not answer', async () => {
    issuer.asked.length = 0;
    const statuses: number[] = [];
    for (const kid of ['k1', 'k3', 'k4']) {
      statuses.push(await send(ours, await sign(claimsFor(ours), { kid }), adaOf(ours)));
    }
    expect(statuses).toEqual([204, 401, 401]);
    expect(issuer.asked.length).toBeLessThanOrEqual(1);
    const settings = testSettings({ PRIVATE_HOSTS: '' });
    const elsewhere = testApp(database, { now: clock.now, settings });
    const answer = await elsewhere.inject({
      method: 'POST',
      url: new URL(ours.endpoint).pathname,
      headers: { authorization: `Bearer ${await sign(claimsFor(ours))}` },
      payload: { sub_id: adaOf(ours) },
    });
    expect(answer.statusCode).toBe(503);
  });
});
