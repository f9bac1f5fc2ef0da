import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { sendCodesJob } from '../../src/jobs/send-codes.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { codeTo, mailsTo } from '../support/mails.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

describeEachEngine('Sign-up', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let clock: TestClock;
  let visitors = 0;

  beforeAll(async () => {
    database = await databases.open();
  });

  beforeEach(async () => {
    clock = new TestClock();
    account = await seedAccount(database, { seats: 2 });
  });

  const browser = (environment: Readonly<Record<string, string>> = { SIGN_UP: 'on' }) => {
    visitors += 1;
    const app = testApp(database, { now: clock.now, settings: testSettings(environment) });
    return new TestBrowser(app, { address: `203.0.113.${visitors}` });
  };
  const ask = async (email: string, visitor = browser()) => {
    const answer = await visitor.post('/sign-up', { email });
    await sendCodesJob.run({ database, settings: testSettings(), now: clock.now });
    return answer;
  };
  const come = async (email: string) => {
    const visitor = browser();
    expect((await ask(email, visitor)).status).toBe(204);
    const code = await codeTo(database, email);
    return {
      visitor,
      code,
      done: await visitor.post('/sign-up/complete', { code, name: 'Una', passphrase }),
    };
  };
  const setPolicy = (policy: { capture?: 0 | 1; lock?: 0 | 1 }) =>
    database.write((tx) =>
      tx.query
        .updateTable('domains')
        .set(policy)
        .where('account_id', '=', account.accountId)
        .execute(),
    );

  it('is closed unless the operator opens it', async () => {
    const closed = browser({});
    expect((await closed.post('/sign-up', { email: 'una@own.example' })).body).toMatchObject({
      status: 403,
      code: 'sign_up_closed',
    });
    expect((await closed.get('/sign-up/any')).body.code).toBe('sign_up_closed');
    expect((await closed.get('/product')).body.signUp).toBe(false);
    expect((await browser().get('/product')).body.signUp).toBe(true);
  });

  it('proves the address by mail, and gives an account of one’s own', async () => {
    const { done, visitor, code } = await come('una@own.example');
    expect(done).toMatchObject({
      status: 201,
      body: {
        user: { email: 'una@own.example' },
        accounts: [{ name: 'Una’s account', role: 'owner' }],
      },
    });
    expect((await visitor.get('/session')).status).toBe(200);
    const again = await browser().post('/sign-up/complete', { code, name: 'Eve', passphrase });
    expect(again.body.code).toBe('code_invalid');
  });

  it('tells whoever is here already by mail alone', async () => {
    await come('twice@own.example');
    const again = await ask('Twice@own.example');
    expect(again.status).toBe(204);
    const mails = await mailsTo(database, 'Twice@own.example');
    expect(mails.map(({ kind }) => kind)).toEqual(['signed_up_already']);
    expect(await codeTo(database, 'Twice@own.example')).toBe('');
  });

  it('joins the account that captures the domain, and takes a seat', async () => {
    await setPolicy({ capture: 1, lock: 1 });
    const email = `first@${account.domain}`;
    const visitor = browser();
    await ask(email, visitor);
    const code = await codeTo(database, email);
    expect((await visitor.get(`/sign-up/${code}`)).body).toEqual({
      address: email,
      joins: account.accountName,
    });
    const done = await visitor.post('/sign-up/complete', { code, name: 'First', passphrase });
    expect(done.body.accounts).toMatchObject([{ id: account.accountId, role: 'member' }]);
    const owner = browser();
    await owner.signIn(account.ownerEmail);
    const path = `/accounts/${account.accountId}`;
    const { body } = await owner.get(`${path}/licenses/users?search=first`);
    expect(body.items).toMatchObject([{ email, sources: ['capture'], seat: true, managed: true }]);
    const { body: events } = await owner.get(`${path}/audit-events?action=user.captured`);
    expect(events.items).toMatchObject([{ subject: { name: 'First' } }]);
  });

  it('makes nobody where the capturing account has no seat, and the link stays good', async () => {
    await setPolicy({ capture: 1 });
    expect((await come(`first@${account.domain}`)).done.status).toBe(201);
    const { done, visitor, code } = await come(`second@${account.domain}`);
    expect(done.body).toMatchObject({ status: 409, code: 'seats_exhausted' });
    expect(done.body.detail).toContain('has no license left');
    expect((await visitor.get(`/sign-up/${code}`)).status).toBe(200);
    const people = await database.read.query
      .selectFrom('user_emails')
      .select('user_id')
      .where('address_folded', '=', `second@${account.domain}`)
      .execute();
    expect(people).toEqual([]);
  });

  it('keeps people of a locked domain out with a reason, also when it was locked after the mail', async () => {
    const email = `late@${account.domain}`;
    const visitor = browser();
    await ask(email, visitor);
    const code = await codeTo(database, email);
    await setPolicy({ lock: 1 });
    const late = await visitor.post('/sign-up/complete', { code, name: 'Late', passphrase });
    expect(late.body).toMatchObject({ status: 403, code: 'domain_locked' });
    const refused = await ask(`other@${account.domain}`);
    expect(refused.body.detail).toContain('only people whom it invited');
    expect(refused.text).not.toContain(account.accountName);
  });

  it('locks where the plan of the capturing account has ended', async () => {
    await setPolicy({ capture: 1, lock: 1 });
    await database.write((tx) =>
      tx.query
        .updateTable('accounts')
        .set({ plan_until: clock.time - 1 })
        .where('id', '=', account.accountId)
        .execute(),
    );
    expect((await ask(`una@${account.domain}`)).body.code).toBe('domain_locked');
  });

  it('sends people whose domain enforces SSO to their identity provider', async () => {
    await setPolicy({ capture: 1 });
    await database.write((tx) =>
      tx.query
        .updateTable('sso_connections')
        .set({ state: 'enforced', settings: '{"any":1}' })
        .where('account_id', '=', account.accountId)
        .execute(),
    );
    expect((await ask(`una@${account.domain}`)).body.code).toBe('sso_required');
  });
});
