import { createPrivateKey, sign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import { beforeAll, expect, it } from 'vitest';
import { samlServiceProvider } from '../../../../packages/sso/src/index.ts';
import { idpKeys, logoutOf, otherKeys, signed } from '../../../../packages/sso/test/saml/idp.ts';
import type { Database } from '../../src/database/index.ts';
import { day } from '../../src/duration.ts';
import { certificatesJob, metadataJob } from '../../src/jobs/sso.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';
import { idpOf, Journey, type Ours, signInThrough } from './journey.ts';

const logoutUrl = 'https://exklogout.example.com/slo/saml';

/** The address that carries a message by redirect, signed over the query. */
function redirectOf(destination: string, xml: string): string {
  const query = new URLSearchParams({
    SAMLRequest: deflateRawSync(xml).toString('base64'),
    SigAlg: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  }).toString();
  const signature = sign('sha256', Buffer.from(query), idpKeys.privateKey).toString('base64');
  return `${destination}?${query}&Signature=${encodeURIComponent(signature)}`;
}

describeEachEngine('Sessions that came through an IdP', (databases) => {
  let app: FastifyInstance;
  let database: Database;
  let account: SeededAccount;
  let owner: Journey;
  let id: string;
  let ours: Ours & { logoutUrl: string; universalLogoutUrl: string };
  let address: string;
  const clock = new TestClock();
  const idp = 'exklogout';

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
    account = await seedAccount(database, { sso: false });
    address = `ada@${account.domain}`;
    owner = new Journey(app);
    await owner.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    const path = `/accounts/${account.accountId}`;
    const domains = await owner.call('GET', `${path}/domains`);
    const domainIds = [domains.body.items[0].id];
    const body = { name: 'Okta', protocol: 'saml', domainIds };
    const created = await owner.call('POST', `${path}/sso-connections`, body);
    ({ id, ours } = created.body);
    const saml = { ...idpOf(idp), logoutUrl };
    await owner.call('PATCH', `${path}/sso-connections/${id}`, { saml });
    await signInThrough(owner, {
      startUrl: `/sso/start/${id}?test`,
      idp,
      ours,
      parts: { nameId: address },
    });
  });

  const signIn = async () => {
    const journey = new Journey(app);
    const through = { startUrl: `/sso/start/${id}`, idp, ours, parts: { nameId: address } };
    expect(await signInThrough(journey, through)).toBe('/app/home');
    return journey;
  };

  const isIn = async (journey: Journey) => (await journey.call('GET', '/session')).status === 200;

  it('end at the IdP too where it has an address for that', async () => {
    const journey = await signIn();
    const { location } = (await journey.call('POST', '/sign-out')).body;
    expect(location).toContain(`${logoutUrl}?SAMLRequest=`);
    expect(location).toContain('Signature=');
    expect(await isIn(journey)).toBe(false);
  });

  it('end when the IdP signs the person out in the browser, by a message that it signed', async () => {
    const journey = await signIn();
    const speaks = samlServiceProvider({
      sp: { entityId: idpOf(idp).entityId, acsUrl: logoutUrl, logoutUrl, ...idpKeys },
      idp: {
        entityId: ours.audience,
        signOnUrl: ours.ssoUrl,
        logoutUrl: ours.logoutUrl,
        certificates: [],
      },
      signRequests: true,
    });
    const whom = { id: '_l1', subject: address, nameIdFormat: 'x', sessionIndex: null };
    const url = (await speaks.logoutUrl(whom)) ?? '';
    clock.time = Date.now();
    expect(await journey.open(url.replace(/Signature=[^&]{9}/, 'Signature=AAAAAAAAA'))).toContain(
      'not_accepted',
    );
    expect(await isIn(await signInAgain())).toBe(true);
    expect(await journey.open(url)).toContain(`${logoutUrl}?SAMLResponse=`);
  });

  it('end when the IdP posts that message, and only the session that it names', async () => {
    clock.time = Date.UTC(2026, 10, 24, 9);
    const issuer = idpOf(idp).entityId;
    const post = (message: 'LogoutRequest' | 'LogoutResponse', change = (xml: string) => xml) => {
      const xml = signed(logoutOf(message, { destination: ours.logoutUrl, issuer }), message);
      const name = message === 'LogoutRequest' ? 'SAMLRequest' : 'SAMLResponse';
      const form = { [name]: Buffer.from(change(xml)).toString('base64'), RelayState: 'r&1' };
      return new Journey(app).postFromElsewhere(ours.logoutUrl, form);
    };
    const named = (subject: string) => (xml: string) => xml.replace('ada@example.com', subject);
    const journey = await signIn();
    expect(await post('LogoutRequest', named(address))).toContain('not_accepted');
    expect(await isIn(journey)).toBe(true);
    expect(await post('LogoutResponse')).toBe('/sign-in');
    const request = (sessionIndex: string) => {
      const parts = { id: `_for${sessionIndex}`, destination: ours.logoutUrl, issuer };
      const mine = named(address)(logoutOf('LogoutRequest', parts));
      return signed(mine.replace('_session1', sessionIndex), 'LogoutRequest');
    };
    expect(await post('LogoutRequest', () => request('_other'))).toContain('SAMLResponse=');
    expect(await isIn(journey)).toBe(true);
    const answered = await post('LogoutRequest', () => request('_session1'));
    expect(answered).toMatch(/^https:\/\/exklogout.*SAMLResponse=.*RelayState=r%261/);
    expect(await isIn(journey)).toBe(false);
  });

  it('go on when a request that ended others comes again, by form or redirect', async () => {
    clock.time = Date.UTC(2026, 10, 24, 9);
    const parts = { id: '_once', destination: ours.logoutUrl, issuer: idpOf(idp).entityId };
    const xml = logoutOf('LogoutRequest', parts).replace('ada@example.com', address);
    const form = { SAMLRequest: Buffer.from(signed(xml, 'LogoutRequest')).toString('base64') };
    const byForm = () => new Journey(app).postFromElsewhere(ours.logoutUrl, form);
    const byRedirect = () => new Journey(app).open(redirectOf(ours.logoutUrl, xml));
    const before = await signIn();
    expect(await byForm()).toContain('SAMLResponse=');
    expect(await isIn(before)).toBe(false);
    const after = await signIn();
    expect(await byForm()).toContain('not_accepted');
    expect(await byRedirect()).toContain('not_accepted');
    expect(await isIn(after)).toBe(true);
    const path = `/accounts/${account.accountId}/sso-connections/${id}`;
    expect((await owner.call('GET', path)).body.attempts[0].reason).toBe('replayed');
  });

  it.each(['acs', 'logout'])(
    'go on when something else than a form is posted to %s',
    async (end) => {
      const url = `/sso/saml/${id}/${end}`;
      const payload = { SAMLRequest: 'x', SAMLResponse: 'x' };
      for (const sent of [{ payload }, {}]) {
        const { headers } = await app.inject({ method: 'POST', url, ...sent });
        expect(headers.location).toContain('/sign-in/refused?reason=not_accepted');
      }
    },
  );

  /** The clock of the machine was needed for a moment. */
  const signInAgain = async () => {
    clock.time = Date.UTC(2026, 10, 24, 9);
    const journey = await signIn();
    clock.time = Date.now();
    return journey;
  };

  const revoke = async (
    claims: object,
    { key = idpKeys, typ = 'global-token-revocation+jwt' } = {},
    sub: object = { format: 'email', email: address },
  ) => {
    const token = await new SignJWT({
      iss: 'https://example.okta.com',
      aud: ours.universalLogoutUrl,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', typ })
      .setIssuedAt(clock.time / 1000)
      .setExpirationTime(clock.time / 1000 + 300)
      .sign(createPrivateKey(key.privateKey));
    const answer = await app.inject({
      method: 'POST',
      url: new URL(ours.universalLogoutUrl).pathname,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      payload: { sub_id: sub },
    });
    return answer.statusCode;
  };

  it("end by Okta's Universal Logout, which is believed for its key, this address and once", async () => {
    clock.time = Date.UTC(2026, 10, 24, 9);
    const journey = await signIn();
    expect(await revoke({ jti: 'a' }, { key: otherKeys })).toBe(401);
    expect(await revoke({ jti: 'a', aud: 'https://other.example.com' })).toBe(401);
    expect(await revoke({ jti: 'a' }, { typ: 'JWT' })).toBe(401);
    expect(await revoke({ jti: 'a' }, {}, { format: 'phone' })).toBe(400);
    expect(
      await revoke({ jti: 'b' }, {}, { format: 'email', email: `nobody@${account.domain}` }),
    ).toBe(404);
    expect(
      await revoke({ jti: 'c' }, {}, { format: 'email', email: 'owner@elsewhere.example' }),
    ).toBe(404);
    expect(await isIn(journey)).toBe(true);
    expect(await revoke({ jti: 'd' })).toBe(204);
    expect(await isIn(journey)).toBe(false);
    expect(await revoke({ jti: 'd' })).toBe(401);
    const again = await signIn();
    expect(await revoke({ jti: 'e' }, {}, { format: 'iss_sub', iss: 'x', sub: address })).toBe(204);
    expect(await isIn(again)).toBe(false);
  });

  it('end when an owner ends them', async () => {
    const journey = await signIn();
    const { user } = (await journey.call('GET', '/session')).body;
    const path = `/accounts/${account.accountId}/licenses/users/${user.id}/sessions/end`;
    expect((await owner.call('POST', path)).body).toEqual({ ended: 1 });
    expect(await isIn(journey)).toBe(false);
    expect(
      (await owner.call('POST', path.replace(user.id, '01a00000-0000-7000-8000-000000000000')))
        .status,
    ).toBe(404);
  });

  it('rest on certificates of whose end owners are told three times', async () => {
    let units = 0;
    const write: Database['write'] = (unit) => {
      units += 1;
      return database.write(unit);
    };
    const counted = Object.assign(Object.create(database), { write });
    const context = { database: counted, settings: testSettings(), now: clock.now };
    const mails = async () =>
      (
        await database.read.query
          .selectFrom('mails')
          .select('kind')
          .where('kind', '=', 'sso_certificate_ends')
          .execute()
      ).length;
    const end = Date.parse(
      (await owner.call('GET', `/accounts/${account.accountId}/sso-connections/${id}`)).body
        .certificateEndsAt,
    );
    const counts: number[] = [];
    for (const days of [40, 30, 20, 7, 6, 1, 0]) {
      clock.time = end - days * day;
      await certificatesJob.run(context);
      counts.push(await mails());
    }
    expect(counts).toEqual([0, 1, 1, 2, 2, 3, 3]);
    // One unit each time cleans up; a connection costs one where something is noted of it.
    expect(units).toBe(7 + 3);
    await metadataJob.run(context);
  });
});
