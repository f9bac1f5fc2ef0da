import type { KeyPair } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idpKeys, otherKeys } from '../../../../packages/sso/test/saml/idp.ts';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';
import { answeredBy, idpOf, Journey, type Ours, signInThrough } from './journey.ts';

describeEachEngine('A test sign-in counts for the settings that it was made with', (databases) => {
  let app: FastifyInstance;
  let database: Database;
  let account: SeededAccount;
  let owner: Journey;
  let path: string;
  let startUrl: string;
  let ours: Ours;
  const idp = 'exkfirst';
  const foreign = { ...idpOf(idp), certificate: otherKeys.certificate };

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: new TestClock().now });
  });

  beforeEach(async () => {
    account = await seedAccount(database, { sso: false });
    owner = new Journey(app);
    await owner.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    const base = `/accounts/${account.accountId}`;
    const domains = await owner.call('GET', `${base}/domains`);
    const body = { name: 'Okta', protocol: 'saml', domainIds: [domains.body.items[0].id] };
    const created = (await owner.call('POST', `${base}/sso-connections`, body)).body;
    ours = created.ours;
    path = `${base}/sso-connections/${created.id}`;
    startUrl = `/sso/start/${created.id}`;
    await patch({ saml: idpOf(idp) });
    await test();
    expect(await read()).toMatchObject({ state: 'tested' });
  });

  const read = async () => (await owner.call('GET', path)).body;
  const patch = async (body: object) => (await owner.call('PATCH', path, body)).body;
  const enforce = async (enforced = true) =>
    (await owner.call('PUT', `${path}/enforcement`, { enforced })).body;
  const through = (keys: KeyPair) => ({
    startUrl,
    idp,
    ours,
    keys,
    parts: { nameId: `ada@${account.domain}` },
  });
  const ofTest = (keys: KeyPair) => ({ ...through(keys), startUrl: `${startUrl}?test` });
  const test = (keys = idpKeys) => signInThrough(owner, ofTest(keys));
  const signIn = (keys: KeyPair) => signInThrough(new Journey(app), through(keys));
  const add = async ({ certificate }: KeyPair) =>
    (await owner.call('POST', `${path}/certificates`, { certificate })).body;
  const remove = async (index: number) => {
    const { fingerprint } = (await read()).saml.certificates[index];
    return (await owner.call('DELETE', `${path}/certificates/${fingerprint}`)).body;
  };

  describe('a certificate', () => {
    it('in place of the one that was tested has to be tested before SSO is enforced', async () => {
      expect(await patch({ saml: foreign })).toMatchObject({ state: 'draft' });
      expect(await enforce()).toMatchObject({ status: 409, code: 'sso_not_tested' });
      await test(otherKeys);
      expect(await enforce()).toMatchObject({ state: 'enforced' });
    });

    it('is not exchanged where SSO is enforced: that would keep everybody out', async () => {
      await enforce();
      const refused = await patch({ saml: foreign });
      expect(refused).toMatchObject({ status: 409, code: 'sso_enforced' });
      expect(refused.detail).toContain('add it beside the old one');
      expect(await signIn(idpKeys)).toBe('/app/home');
    });

    it('is followed by another one, where SSO is enforced, once somebody came through with that', async () => {
      await enforce();
      expect(await add(otherKeys)).toMatchObject({ state: 'enforced' });
      expect(await remove(0)).toMatchObject({ status: 409, code: 'sso_enforced' });
      expect(await signIn(otherKeys)).toBe('/app/home');
      expect(await remove(0)).toMatchObject({ state: 'enforced' });
      expect(await signIn(otherKeys)).toBe('/app/home');
      expect(await signIn(idpKeys)).toContain('not_accepted');
    });

    it('is followed by another one after a test sign-in with that, too', async () => {
      await enforce();
      await add(otherKeys);
      await test(otherKeys);
      expect(await remove(0)).toMatchObject({ state: 'enforced' });
    });

    it('that nobody used may go; without one that was used the connection is untested', async () => {
      await add(otherKeys);
      expect(await remove(1)).toMatchObject({ state: 'tested' });
      await add(otherKeys);
      expect(await remove(0)).toMatchObject({ state: 'draft' });
      expect(await enforce()).toMatchObject({ code: 'sso_not_tested' });
    });

    it('that was given twice, or with other switches, stays as it was', async () => {
      expect(await patch({ saml: idpOf(idp) })).toMatchObject({ state: 'tested' });
      expect(await add(idpKeys)).toMatchObject({ state: 'tested' });
      expect(await patch({ jit: false, signRequests: true })).toMatchObject({ state: 'tested' });
      await add(otherKeys);
      expect(await remove(1)).toMatchObject({ state: 'tested' });
    });

    it('counts as used for the IdP alone with which it was', async () => {
      await patch({ saml: { ...idpOf(idp), signOnUrl: 'https://elsewhere.example.com/sso' } });
      await add(otherKeys);
      await test(otherKeys);
      expect(await remove(1)).toMatchObject({ state: 'draft' });
    });
  });

  describe('its answer, held', () => {
    it.each([
      ['another IdP', { saml: idpOf('exksecond') }],
      ['another sign-on address', { saml: { ...idpOf(idp), signOnUrl: 'https://b.example.com/' } }],
      ['another certificate', { saml: foreign }],
    ])('says nothing of %s', async (_, change) => {
      const held = await answeredBy(owner, ofTest(idpKeys));
      expect(held).toContain('/sso/finish/');
      expect(await patch(change)).toMatchObject({ state: 'draft' });
      await owner.open(held);
      expect(await read()).toMatchObject({ state: 'draft' });
      expect(await enforce()).toMatchObject({ code: 'sso_not_tested' });
    });

    it('says nothing of the same IdP that went and came back', async () => {
      const held = await answeredBy(owner, ofTest(idpKeys));
      await patch({ saml: idpOf('exksecond') });
      await patch({ saml: idpOf(idp) });
      await owner.open(held);
      expect(await read()).toMatchObject({ state: 'draft' });
    });

    it('says nothing once the certificate that signed it is not trusted any more', async () => {
      await add(otherKeys);
      const held = await answeredBy(owner, ofTest(otherKeys));
      await remove(1);
      await owner.open(held);
      const lastTest = { outcome: 'refused', reason: 'settings_changed' };
      expect(await read()).toMatchObject({ state: 'tested', lastTest });
    });

    it('counts where nothing of the IdP was changed', async () => {
      await patch({ saml: foreign });
      const held = await answeredBy(owner, ofTest(otherKeys));
      await patch({ name: 'Okta again', jit: false });
      await add(idpKeys);
      await owner.open(held);
      expect(await read()).toMatchObject({ state: 'tested' });
    });
  });
});
