import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { createJobRunner, jobs } from '../../src/jobs/index.ts';
import { idp } from '../provisioning/idp.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

describeEachEngine('An invitation over HTTP', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let visitor: TestBrowser;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    account = await seedAccount(database);
    const app = testApp(database, { now: clock.now });
    visitor = new TestBrowser(app);
  });

  /** Has a directory send somebody from outside; answers the code of the mailed link. */
  const invited = async (address: string) => {
    await idp(database, account).create({ userName: address });
    clock.advance(60_000);
    const runner = createJobRunner({
      database,
      settings: testSettings(),
      now: clock.now,
      jobs: jobs.filter(({ name }) => name === 'send-invitations'),
      onError: (_, error) => {
        throw error;
      },
    });
    await runner.runDue();
    const mail = await database.read.query
      .selectFrom('mails')
      .select(['subject', 'body_text', 'body_html'])
      .where('recipient', '=', address)
      .executeTakeFirstOrThrow();
    expect(mail.subject).toBe(`Join ${account.accountName} in Insomnia`);
    const code = mail.body_text.match(/\/invite\/(\w+)/)?.[1] ?? '';
    expect(mail.body_html).toContain(`/invite/${code}`);
    return code;
  };

  it('makes a new person of the account, signed in', async () => {
    const code = await invited('new@elsewhere.example');
    const offer = await visitor.get(`/invitations/${code}`);
    expect(offer.body).toMatchObject({
      accountName: account.accountName,
      address: 'new@elsewhere.example',
      hasPassphrase: false,
    });
    const weak = await visitor.post('/invitations/accept', { code, passphrase: 'short' });
    expect(weak.body).toMatchObject({ code: 'passphrase_too_short' });
    const joined = await visitor.post('/invitations/accept', { code, name: 'New', passphrase });
    expect(joined).toMatchObject({
      status: 201,
      body: { user: { name: 'New' }, accounts: [{ id: account.accountId, role: 'member' }] },
    });
    const again = await visitor.post('/invitations/accept', { code, name: 'New', passphrase });
    expect(again.body).toMatchObject({ code: 'invitation_invalid' });
  });

  it('asks somebody who signs in here already for their passphrase', async () => {
    const other = await seedAccount(database, { ownerEmail: 'known@elsewhere.example' });
    const code = await invited('known@elsewhere.example');
    expect((await visitor.get(`/invitations/${code}`)).body).toMatchObject({ hasPassphrase: true });
    const wrong = { code, passphrase: 'not the passphrase' };
    expect((await visitor.post('/invitations/accept', wrong)).body).toMatchObject({
      code: 'wrong_credentials',
    });
    const joined = await visitor.post('/invitations/accept', { code, passphrase });
    const accounts = joined.body.accounts.map(({ id }: { id: string }) => id);
    expect(accounts.sort()).toEqual([account.accountId, other.accountId].sort());
  });

  it('sets no passphrase of somebody who is in another account: the mail proves too little', async () => {
    const other = await seedAccount(database);
    const address = `sso-only@${other.domain}`;
    await idp(database, other).create({ userName: address });
    const code = await invited(address);
    const refused = await visitor.post('/invitations/accept', { code, passphrase });
    expect(refused).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(refused.body.detail).toContain('set a passphrase in your profile');
    const user = await database.read.query
      .selectFrom('user_emails as e')
      .innerJoin('users as u', 'u.id', 'e.user_id')
      .select('u.passphrase_hash')
      .where('e.address_folded', '=', address)
      .executeTakeFirstOrThrow();
    expect(user.passphrase_hash).toBeNull();
    expect((await visitor.get(`/invitations/${code}`)).status).toBe(200);
  });

  it('makes a session that opens the inviting account alone, where the mail was the proof', async () => {
    const code = await invited('alone@elsewhere.example');
    const joined = await visitor.post('/invitations/accept', { code, name: 'Alone', passphrase });
    const proofs = await database.read.query
      .selectFrom('session_authentications as a')
      .innerJoin('sessions as s', 's.id', 'a.session_id')
      .select('a.account_id')
      .where('s.user_id', '=', joined.body.user.id)
      .execute();
    expect(proofs).toEqual([{ account_id: account.accountId }]);
  });

  it('stays good, and makes nobody a member, while the account can add nobody', async () => {
    const code = await invited('later@elsewhere.example');
    const { accountId } = account;
    const until = (plan_until: number | null) =>
      database.write((tx) =>
        tx.query.updateTable('accounts').set({ plan_until }).where('id', '=', accountId).execute(),
      );
    await until(clock.now() - 1);
    const accept = { code, name: 'Later', passphrase };
    expect((await visitor.post('/invitations/accept', accept)).body).toMatchObject({
      code: 'requirements_unmet',
    });
    await until(null);
    expect((await visitor.post('/invitations/accept', accept)).status).toBe(201);
  });

  it('reads the same whether it never was or is over', async () => {
    const unknown = await visitor.get('/invitations/never');
    expect(unknown).toMatchObject({ body: { code: 'invitation_invalid' } });
  });
});
