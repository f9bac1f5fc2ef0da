import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { setMembershipState } from '../../src/domain/memberships/index.ts';
import { sendInvitationsJob } from '../../src/jobs/send-invitations.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { codeTo } from '../support/mails.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

describeEachEngine('Inviting into a team', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let owner: TestBrowser;
  let path: string;
  let teamId: string;
  let people = 0;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
  });

  const browser = () => new TestBrowser(testApp(database, { now: clock.now }));

  beforeEach(async () => {
    account = await seedAccount(database, { seats: 3 });
    path = `/accounts/${account.accountId}`;
    owner = browser();
    await owner.signIn(account.ownerEmail);
    teamId = (await owner.post(`${path}/teams`, { name: 'Cargo' })).body.id;
  });

  const invite = (email: string, team = teamId, by = owner) =>
    by.post(`${path}/teams/${team}/invitations`, { email });
  const membersOf = async () =>
    (await owner.get(`${path}/teams/${teamId}/members`)).body.items.map(
      ({ email }: { email: string }) => email,
    );
  const openOf = async (query = `teamId=${teamId}&state=pending`) =>
    (await owner.get(`${path}/invitations?${query}`)).body.items;
  const fresh = () => {
    people += 1;
    return `new${people}@elsewhere.example`;
  };
  const set = (table: 'teams', values: object) =>
    database.write((tx) =>
      tx.query
        .updateTable(table)
        .set(values)
        .where('account_id', '=', account.accountId)
        .where('id', '=', teamId)
        .execute(),
    );

  it('adds whoever is in the account already, in any case of the address, without a mail', async () => {
    const { email } = await seedMember(database, account.accountId);
    expect((await invite(email.toUpperCase())).body).toEqual({ outcome: 'added' });
    expect((await invite(email)).body).toEqual({ outcome: 'added' });
    expect(await membersOf()).toEqual([email]);
    expect(await openOf('limit=10')).toEqual([]);
  });

  it('invites anybody else to account and team: they are in both once they accept', async () => {
    const email = fresh();
    expect((await invite(email)).body).toEqual({ outcome: 'invited' });
    expect(await openOf()).toMatchObject([{ address: email, team: { id: teamId } }]);
    const { seats } = (await owner.get(`${path}/home`)).body;
    expect(seats).toMatchObject({ used: 1, reserved: 1 });
    await sendInvitationsJob.run({ database, settings: testSettings(), now: clock.now });
    const code = await codeTo(database, email);
    const joined = await browser().post('/invitations/accept', { code, name: 'Ivo', passphrase });
    expect(joined.status).toBe(201);
    expect(await membersOf()).toEqual([email]);
    expect(await openOf()).toEqual([]);
  });

  it('lists the invitations of this team alone', async () => {
    const other = (await owner.post(`${path}/teams`, { name: 'Passengers' })).body.id;
    await invite(fresh(), other);
    expect(await openOf()).toEqual([]);
    expect(await openOf(`teamId=${other}`)).toHaveLength(1);
  });

  it('is kept by invite control and by seats', async () => {
    await owner.send('PUT', `${path}/invite-control`, {
      organizationId: null,
      rule: { rule: 'verified', domains: [] },
    });
    expect((await invite(fresh())).body.code).toBe('invite_not_allowed');
    await owner.send('PUT', `${path}/invite-control`, {
      organizationId: null,
      rule: { rule: 'all', domains: [] },
    });
    await seedMember(database, account.accountId);
    expect((await invite(fresh())).status).toBe(201);
    expect((await invite(fresh())).body.code).toBe('seats_exhausted');
    expect((await invite('nobody')).body.code).toBe('email_invalid');
  });

  it('refuses somebody whom the IdP turned off, and an address that is invited already', async () => {
    const { userId, email } = await seedMember(database, account.accountId);
    const off = { accountId: account.accountId, userId, state: 'deactivated' } as const;
    await database.write((tx) => setMembershipState(tx, { ...off, at: clock.time }));
    expect((await invite(email)).body).toMatchObject({ status: 409, code: 'conflict' });
    const invited = fresh();
    await invite(invited);
    expect((await invite(invited)).body).toMatchObject({ status: 409, code: 'conflict' });
    expect(await membersOf()).toEqual([]);
  });

  it('refuses a team in which the IdP decides alone, by whichever address it is asked', async () => {
    await set('teams', { idp_decides_alone: 1, directory_group_id: account.directoryId });
    const { email } = await seedMember(database, account.accountId);
    const invitation = { email: fresh(), teamId };
    for (const answer of [
      await invite(email),
      await invite(fresh()),
      await owner.post(`${path}/invitations`, invitation),
    ]) {
      expect(answer.body).toMatchObject({ status: 409, code: 'conflict' });
      expect(answer.body.detail).toContain('the identity provider decides alone');
    }
    expect(await openOf('limit=10')).toEqual([]);
  });

  it('knows no team and no person of another account', async () => {
    const other = await seedAccount(database);
    const there = browser();
    await there.signIn(other.ownerEmail);
    expect((await invite(fresh(), teamId, there)).status).toBe(404);
    const own = `/accounts/${other.accountId}/teams/${teamId}/invitations`;
    expect((await there.post(own, { email: fresh() })).status).toBe(404);
    const { email } = await seedMember(database, other.accountId);
    expect((await invite(email)).body).toEqual({ outcome: 'invited' });
    expect(await membersOf()).toEqual([]);
  });
});
