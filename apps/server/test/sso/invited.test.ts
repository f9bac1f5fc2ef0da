import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { makeCode, openCode } from '../../src/domain/address-codes/index.ts';
import { inviteByHand } from '../../src/domain/invitations/index.ts';
import { releaseSeats } from '../../src/domain/licenses/index.ts';
import { setMembershipState } from '../../src/domain/memberships/index.ts';
import { openBreakGlass } from '../../src/domain/sso-connections/index.ts';
import { hour } from '../../src/duration.ts';
import { sendInvitationsJob } from '../../src/jobs/send-invitations.ts';
import { idp as scimOf } from '../provisioning/idp.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { codeTo } from '../support/mails.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';
import { idpOf, Journey, type Ours, signInThrough } from './journey.ts';

describeEachEngine('Mailed proofs where SSO is enforced', (databases) => {
  let app: FastifyInstance;
  let database: Database;
  let account: SeededAccount;
  let owner: Journey;
  let connection: { id: string; idp: string; ours: Ours; startUrl: string };
  let clock: TestClock;
  let companies = 0;

  beforeAll(async () => {
    database = await databases.open();
  });

  beforeEach(async () => {
    companies += 1;
    clock = new TestClock();
    app = testApp(database, { now: clock.now });
    account = await seedAccount(database, { sso: false });
    owner = new Journey(app);
    await owner.call('POST', '/sign-in/passphrase', { email: account.ownerEmail, passphrase });
    const domains = await owner.call('GET', `/accounts/${account.accountId}/domains`);
    const created = await owner.call('POST', `/accounts/${account.accountId}/sso-connections`, {
      name: 'Okta',
      protocol: 'saml',
      domainIds: [domains.body.items[0].id],
    });
    const { id, ours } = created.body;
    connection = { id, ours, idp: `exkmail${companies}`, startUrl: `/sso/start/${id}` };
    const settings = { saml: idpOf(connection.idp), jit: false };
    expect((await owner.call('PATCH', path(), settings)).status).toBe(200);
    await signInThrough(owner, {
      ...connection,
      startUrl: `${connection.startUrl}?test`,
      parts: { nameId: `ada@${account.domain}` },
    });
  });

  const path = () => `/accounts/${account.accountId}/sso-connections/${connection.id}`;
  const enforce = async (enforced = true) => {
    await owner.call('POST', '/session/fresh-factor', { passphrase });
    const { body } = await owner.call('PUT', `${path()}/enforcement`, { enforced });
    expect(body.state).toBe(enforced ? 'enforced' : 'tested');
  };
  const throughSso = (journey: Journey, nameId: string) =>
    signInThrough(journey, { ...connection, parts: { nameId } });
  const home = async (journey: Journey) =>
    (await journey.call('GET', `/accounts/${account.accountId}/home`)).status;
  const context = () => ({ database, settings: testSettings(), now: clock.now });
  /** Invites an address; answers the code of the mailed link. */
  const invited = async (address: string) => {
    await database.write((tx) =>
      inviteByHand(tx, {
        accountId: account.accountId,
        actor: { kind: 'operator' },
        address,
        organization: null,
        teamId: null,
        at: clock.time,
      }),
    );
    await sendInvitationsJob.run(context());
    return codeTo(database, address);
  };
  const accept = (journey: Journey, code: string, word = passphrase) =>
    journey.call('POST', '/invitations/accept', { code, name: 'Newbie', passphrase: word });
  const isHere = async (address: string) =>
    (await database.read.query
      .selectFrom('user_emails')
      .select('user_id')
      .where('address_folded', '=', address)
      .executeTakeFirst()) !== undefined;
  const seats = async () => {
    const { used, reserved } = (await owner.call('GET', `/accounts/${account.accountId}/billing`))
      .body.seats;
    return { used, reserved };
  };

  it('accept no invitation by a passphrase: the sign-in accepts it, with its seat, where nobody else may join', async () => {
    const email = `newbie@${account.domain}`;
    await enforce();
    const code = await invited(email);
    const before = await seats();
    const visitor = new Journey(app);
    expect(await accept(visitor, code)).toMatchObject({
      status: 403,
      body: { code: 'sso_required' },
    });
    expect(await isHere(email)).toBe(false);
    expect((await visitor.call('GET', `/invitations/${code}`)).body).toMatchObject({
      hasPassphrase: false,
      sso: connection.startUrl,
    });
    const stranger = await throughSso(new Journey(app), `stranger@${account.domain}`);
    expect(stranger).toContain('reason=not_a_member');
    expect(await isHere(`stranger@${account.domain}`)).toBe(false);

    expect(await throughSso(visitor, email)).toBe('/app/home');
    expect(await home(visitor)).toBe(200);
    expect(await seats()).toEqual({ used: before.used + 1, reserved: before.reserved - 1 });
    expect((await visitor.call('GET', `/invitations/${code}`)).body.code).toBe(
      'invitation_invalid',
    );
    const { body } = await visitor.call('GET', '/session');
    const person = await owner.call(
      'GET',
      `/accounts/${account.accountId}/licenses/users/${body.user.id}`,
    );
    expect(person.body).toMatchObject({ sources: ['invitation'], email });
  });

  it('accept none of somebody who has a passphrase here either', async () => {
    const email = `known@${account.domain}`;
    const elsewhere = await seedAccount(database);
    await seedMember(database, elsewhere.accountId, { email });
    await enforce();
    const code = await invited(email);
    const visitor = new Journey(app);
    expect((await accept(visitor, code)).body.code).toBe('sso_required');
    expect((await visitor.call('GET', `/invitations/${code}`)).body).toMatchObject({
      hasPassphrase: true,
      sso: connection.startUrl,
    });
    expect(await throughSso(visitor, email)).toBe('/app/home');
    expect(await home(visitor)).toBe(200);
  });

  it('bring back nobody whom the account has removed without inviting them again', async () => {
    const email = `back@${account.domain}`;
    await enforce();
    const { userId } = await seedMember(database, account.accountId, { email });
    const { accountId } = account;
    await database.write(async (tx) => {
      await setMembershipState(tx, { accountId, userId, state: 'removed', at: clock.time });
      await releaseSeats(tx, accountId, 'user', [userId]);
    });
    expect(await throughSso(new Journey(app), email)).toContain('reason=removed');
    await invited(email);
    const again = new Journey(app);
    expect(await throughSso(again, email)).toBe('/app/home');
    expect(await home(again)).toBe(200);
  });

  it('open the account no more once it is enforced, and do again when it is not', async () => {
    const email = `early@${account.domain}`;
    const visitor = new Journey(app);
    const code = await invited(email);
    expect((await visitor.call('GET', `/invitations/${code}`)).body.sso).toBeNull();
    const { body } = await accept(visitor, code);
    expect(await home(visitor)).toBe(200);
    await enforce();
    expect(await home(visitor)).toBe(404);
    expect((await visitor.call('GET', '/session')).body.accounts).toEqual([]);
    expect((await visitor.call('GET', '/session/no-access')).body.reasons).toMatchObject([
      { reason: 'sso_required', account: account.accountName, location: connection.startUrl },
    ]);
    const { accountId } = account;
    await database.write(async (tx) => {
      const who = { accountId, userId: body.user.id };
      const role = tx.query.updateTable('memberships').set({ role: 'co_owner' });
      await role.where('account_id', '=', accountId).where('user_id', '=', who.userId).execute();
      const until = clock.time + hour;
      await openBreakGlass(tx, { ...who, reason: 'Okta is down', until, at: clock.time });
    });
    expect(await home(visitor)).toBe(200);
    clock.advance(hour);
    expect(await home(visitor)).toBe(404);
    await enforce(false);
    expect(await home(visitor)).toBe(200);
  });

  it('set a first passphrase while it is not enforced, which opens the account no more once it is', async () => {
    const early = `early.scim@${account.domain}`;
    const late = `late.scim@${account.domain}`;
    const mailed = async (email: string) => {
      await scimOf(database, account).create({ userName: email });
      const { accountId } = account;
      const { user_id: userId } = await database.read.query
        .selectFrom('user_emails')
        .select('user_id')
        .where('address_folded', '=', email)
        .executeTakeFirstOrThrow();
      return database.write(async (tx) => {
        const request = { purpose: 'first_passphrase', address: email, at: clock.time } as const;
        const opened = await openCode(tx, request);
        return makeCode(tx, opened, { userId, accountId }, clock.time);
      });
    };
    const set = async (journey: Journey, code: string) =>
      journey.call('POST', '/sign-in/reset/complete', { code, passphrase });
    const [first, second] = [await mailed(early), await mailed(late)];
    const visitor = new Journey(app);
    expect((await set(visitor, first)).status).toBe(200);
    expect(await home(visitor)).toBe(200);
    await enforce();
    expect(await home(visitor)).toBe(404);
    expect((await set(new Journey(app), second)).body.code).toBe('sso_required');
  });

  it('stay good for an address outside of its domains', async () => {
    await enforce();
    const code = await invited(`outsider${companies}@elsewhere.example`);
    const visitor = new Journey(app);
    expect((await visitor.call('GET', `/invitations/${code}`)).body.sso).toBeNull();
    expect((await accept(visitor, code)).status).toBe(201);
    expect(await home(visitor)).toBe(200);
  });
});
