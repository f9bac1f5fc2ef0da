import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { createOrganization } from '../../src/domain/organizations/index.ts';
import { day, minute } from '../../src/duration.ts';
import { invitationsJob } from '../../src/jobs/invitations.ts';
import { sendInvitationsJob } from '../../src/jobs/send-invitations.ts';
import { idp } from '../provisioning/idp.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

const operator = { kind: 'operator' } as const;

describeEachEngine('Inviting by hand', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let owner: TestBrowser;
  let clock: TestClock;
  let path: string;
  let people = 0;

  beforeAll(async () => {
    database = await databases.open();
  });

  beforeEach(async () => {
    clock = new TestClock();
    account = await seedAccount(database, { seats: 3 });
    path = `/accounts/${account.accountId}`;
    owner = await signedIn(account.ownerEmail);
  });

  const browser = () => new TestBrowser(testApp(database, { now: clock.now }));
  const signedIn = async (email: string) => {
    const one = browser();
    expect((await one.signIn(email)).status).toBe(200);
    return one;
  };
  const fresh = (domain = 'elsewhere.example') => {
    people += 1;
    return `invited${people}@${domain}`;
  };
  const organization = (name = 'Cargo') =>
    database.write((tx) =>
      createOrganization(tx, {
        accountId: account.accountId,
        name,
        actor: operator,
        requestId: 'test',
        at: clock.time,
      }),
    );
  const jobContext = () => ({ database, settings: testSettings(), now: clock.now });
  /** Sends what is to be sent; answers the code of the newest mail to an address. */
  const codeFor = async (address: string) => {
    await sendInvitationsJob.run(jobContext());
    const mail = await database.read.query
      .selectFrom('mails')
      .select('body_text')
      .where('recipient', '=', address)
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return mail.body_text.match(/\/invite\/(\w+)/)?.[1] ?? '';
  };
  const seats = async () => {
    const { body } = await owner.get(`${path}/billing`);
    const { used, reserved, left } = body.seats;
    return { used, reserved, left };
  };
  const listed = async (query = '') => {
    const { body } = await owner.get(`${path}/invitations${query}`);
    return body.items;
  };

  it('reserves a seat, is mailed, and makes a member with their place in the organization', async () => {
    const organizationId = await organization();
    const email = fresh();
    const created = await owner.post(`${path}/invitations`, {
      email,
      organizationId,
      role: 'admin',
    });
    expect(created.status).toBe(201);
    expect(await seats()).toEqual({ used: 1, reserved: 1, left: 1 });
    expect(await listed()).toMatchObject([
      {
        address: email,
        state: 'pending',
        invitedBy: 'Olivia Owner',
        fromDirectory: false,
        organization: { id: organizationId, name: 'Cargo', role: 'admin' },
        team: null,
        expiresAt: new Date(clock.time + 30 * day).toISOString(),
      },
    ]);
    const code = await codeFor(email);
    const visitor = browser();
    const joined = await visitor.post('/invitations/accept', { code, name: 'Ivo', passphrase });
    expect(joined).toMatchObject({ status: 201, body: { accounts: [{ role: 'member' }] } });
    expect(await seats()).toEqual({ used: 2, reserved: 0, left: 1 });
    const { body } = await visitor.get(`${path}/organizations`);
    expect(body.items).toMatchObject([{ id: organizationId, ownRole: 'admin' }]);
    const person = await owner.get(`${path}/licenses/users/${joined.body.user.id}`);
    expect(person.body).toMatchObject({ sources: ['invitation'], email });
    expect((await listed())[0]).toMatchObject({ state: 'accepted' });
  });

  it('is for strangers, once, with an address and a seat', async () => {
    const member = await seedMember(database, account.accountId);
    const email = fresh();
    const send = (body: object) => owner.post(`${path}/invitations`, body);
    expect((await send({ email: 'nobody' })).body.code).toBe('email_invalid');
    expect((await send({ email: member.email })).body).toMatchObject({ code: 'conflict' });
    expect((await send({ email, teamId: account.accountId })).body.code).toBe('not_found');
    expect((await send({ email, organizationId: account.accountId })).body.code).toBe('not_found');
    expect((await send({ email })).status).toBe(201);
    const again = await send({ email: email.toUpperCase() });
    expect(again.body).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('Resend'),
    });
    const full = await send({ email: fresh() });
    expect(full.body).toMatchObject({ status: 409, code: 'seats_exhausted' });
    expect(await seats()).toEqual({ used: 2, reserved: 1, left: 0 });
  });

  it('ends after 30 days, and gives its seat back', async () => {
    const email = fresh();
    await owner.post(`${path}/invitations`, { email });
    const code = await codeFor(email);
    clock.advance(30 * day - minute);
    await invitationsJob.run(jobContext());
    expect((await browser().get(`/invitations/${code}`)).status).toBe(200);
    clock.advance(2 * minute);
    await invitationsJob.run(jobContext());
    owner = await signedIn(account.ownerEmail);
    expect(await seats()).toEqual({ used: 1, reserved: 0, left: 2 });
    expect(await listed()).toMatchObject([{ state: 'expired' }]);
    expect((await browser().get(`/invitations/${code}`)).body.code).toBe('invitation_invalid');
    expect((await owner.post(`${path}/invitations`, { email })).status).toBe(201);
  });

  it('is sent again with another link, and revoked', async () => {
    const email = fresh();
    const { body } = await owner.post(`${path}/invitations`, { email });
    const first = await codeFor(email);
    const one = `${path}/invitations/${body.id}`;
    const soon = await owner.post(`${one}/resend`);
    expect(soon.body).toMatchObject({ status: 429, code: 'too_many_requests' });
    clock.advance(6 * minute);
    expect((await owner.post(`${one}/resend`)).status).toBe(204);
    const second = await codeFor(email);
    expect(second).not.toBe(first);
    expect((await browser().get(`/invitations/${first}`)).body.code).toBe('invitation_invalid');
    expect((await browser().get(`/invitations/${second}`)).status).toBe(200);
    expect((await owner.send('DELETE', one)).status).toBe(204);
    expect((await browser().get(`/invitations/${second}`)).body.code).toBe('invitation_invalid');
    expect(await seats()).toEqual({ used: 1, reserved: 0, left: 2 });
    expect((await owner.send('DELETE', one)).status).toBe(404);
    const { body: events } = await owner.get(`${path}/audit-events?search=${body.id}`);
    expect(events.items.map(({ sentence }: { sentence: string }) => sentence)).toEqual([
      `Olivia Owner revoked the invitation of ${email}`,
      `Olivia Owner sent the invitation of ${email} again`,
      `Olivia Owner invited ${email}`,
    ]);
  });

  it('leaves an organization that went, and a member who came otherwise, as they are', async () => {
    const organizationId = await organization();
    const email = fresh();
    await owner.post(`${path}/invitations`, { email, organizationId });
    const code = await codeFor(email);
    await owner.send('DELETE', `${path}/organizations/${organizationId}`, { name: 'Cargo' });
    const { userId } = await seedMember(database, account.accountId, { email });
    expect(await seats()).toEqual({ used: 2, reserved: 1, left: 0 });
    const joined = await browser().post('/invitations/accept', { code, passphrase });
    expect(joined.body).toMatchObject({ user: { id: userId } });
    expect(await seats()).toEqual({ used: 2, reserved: 0, left: 1 });
  });

  describe('to one organization', () => {
    it('is for its admins, who see and change its invitations alone', async () => {
      const organizationId = await organization();
      const other = await organization('Passengers');
      const { userId, email } = await seedMember(database, account.accountId);
      const admin = await signedIn(email);
      const own = `${path}/organizations/${organizationId}/invitations`;
      const body = { email: fresh(), role: 'member' };
      expect((await admin.post(own, body)).status).toBe(403);
      await owner.post(`${path}/organizations/${organizationId}/collaborators`, {
        email,
        role: 'member',
      });
      expect((await admin.post(own, body)).body.code).toBe('forbidden');
      expect((await admin.get(own)).status).toBe(200);
      const collaborator = `${path}/organizations/${organizationId}/collaborators/${userId}`;
      await owner.send('PUT', collaborator, { role: 'admin' });
      const created = await admin.post(own, body);
      expect(created.status).toBe(201);
      const wrong = `${path}/organizations/${other}/invitations/${created.body.id}`;
      expect((await owner.send('DELETE', wrong)).status).toBe(404);
      expect((await admin.send('DELETE', `${path}/invitations/${created.body.id}`)).status).toBe(
        403,
      );
      expect((await admin.send('DELETE', `${own}/${created.body.id}`)).status).toBe(204);
    });

    it('is not there for another account', async () => {
      const { body } = await owner.post(`${path}/invitations`, { email: fresh() });
      const other = await seedAccount(database);
      const stranger = await signedIn(other.ownerEmail);
      const theirs = `/accounts/${other.accountId}/invitations/${body.id}`;
      expect((await stranger.post(`${theirs}/resend`)).status).toBe(404);
      expect((await stranger.send('DELETE', theirs)).status).toBe(404);
      expect((await stranger.get(`/accounts/${other.accountId}/invitations`)).body.items).toEqual(
        [],
      );
      const organizationId = await organization();
      const rule = { organizationId, rule: { rule: 'all', domains: [] } };
      const foreign = await stranger.send(
        'PUT',
        `/accounts/${other.accountId}/invite-control`,
        rule,
      );
      expect(foreign.status).toBe(404);
    });
  });

  describe('under invite control', () => {
    const setRule = (body: object) => owner.send('PUT', `${path}/invite-control`, body);
    const invite = (email: string, more: object = {}) =>
      owner.post(`${path}/invitations`, { email, ...more });

    it('goes to verified domains alone, or to a list, by organization', async () => {
      const cargo = await organization();
      const open = await organization('Open');
      await setRule({ organizationId: null, rule: { rule: 'verified', domains: [] } });
      const custom = {
        rule: 'custom',
        domains: ['Partner.example', 'Müller.example', 'gmail.com'],
      };
      const { body } = await setRule({ organizationId: cargo, rule: custom });
      expect(body).toMatchObject({
        standard: { rule: 'verified', domains: [] },
        organizations: [
          {
            name: 'Cargo',
            rule: { rule: 'custom', domains: ['gmail.com', 'partner.example', 'müller.example'] },
          },
          { name: 'Open', rule: null },
        ],
      });
      const out = await invite(fresh());
      expect(out.body).toMatchObject({ status: 403, code: 'invite_not_allowed' });
      expect((await invite(fresh(), { organizationId: open })).body.code).toBe(
        'invite_not_allowed',
      );
      expect((await invite(fresh(account.domain ?? ''))).status).toBe(201);
      const inCargo = { organizationId: cargo };
      expect((await invite(fresh(account.domain ?? ''), inCargo)).body.code).toBe(
        'invite_not_allowed',
      );
      expect((await invite(fresh('sub.partner.example'), inCargo)).body.code).toBe(
        'invite_not_allowed',
      );
      expect((await invite(fresh('Partner.example'), inCargo)).status).toBe(201);
      await setRule({ organizationId: cargo, rule: null });
      expect((await invite(fresh('partner.example'), inCargo)).body.code).toBe(
        'invite_not_allowed',
      );
    });

    it('refuses a list without a domain, and what is none', async () => {
      for (const domains of [[], ['nothing']]) {
        const answer = await setRule({ organizationId: null, rule: { rule: 'custom', domains } });
        expect(answer.body.status).toBe(400);
      }
    });

    it('keeps outsiders away whom an identity provider sends, with a reason for its administrator', async () => {
      await setRule({ organizationId: null, rule: { rule: 'verified', domains: [] } });
      const okta = idp(database, account);
      await expect(okta.create({ userName: fresh() })).rejects.toMatchObject({
        code: 'invite_control',
        detail: expect.stringContaining('Invite control'),
      });
      await setRule({
        organizationId: null,
        rule: { rule: 'custom', domains: ['partner.example'] },
      });
      await okta.create({ userName: fresh('partner.example') });
      expect(await listed()).toMatchObject([{ state: 'pending', fromDirectory: true }]);
    });
  });
});
