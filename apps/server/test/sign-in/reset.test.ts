import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { day, hour } from '../../src/duration.ts';
import { firstPassphraseJob } from '../../src/jobs/first-passphrase.ts';
import { sendCodesJob } from '../../src/jobs/send-codes.ts';
import { idp } from '../provisioning/idp.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { codeTo, mailsTo } from '../support/mails.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

const fresh = 'nine slow lanterns';

/** Ids never go back, so each look happens later than any before it, in whatever test. */
let leaps = 0;

describeEachEngine('A new passphrase by mail', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let clock: TestClock;
  let visitor: TestBrowser;
  let visitors = 0;

  beforeAll(async () => {
    database = await databases.open();
  });

  beforeEach(async () => {
    clock = new TestClock();
    account = await seedAccount(database);
    visitor = browser();
  });

  const browser = () => {
    visitors += 1;
    const address = `198.51.100.${visitors}`;
    return new TestBrowser(testApp(database, { now: clock.now }), { address });
  };
  const leap = () => {
    leaps += 1;
    clock.advance(leaps * day);
  };
  const context = () => ({ database, settings: testSettings(), now: clock.now });
  const ask = async (email: string, by = visitor) => {
    const answer = await by.post('/sign-in/reset', { email });
    await sendCodesJob.run(context());
    return answer;
  };
  const complete = (code: string, passphrase = fresh, by = visitor) =>
    by.post('/sign-in/reset/complete', { code, passphrase });
  const enforce = () =>
    database.write((tx) =>
      tx.query
        .updateTable('sso_connections')
        .set({ state: 'enforced', settings: '{"any":1}' })
        .where('account_id', '=', account.accountId)
        .execute(),
    );

  it('is set by the link, once, signs in, and ends every other session', async () => {
    const { ownerEmail } = account;
    const other = browser();
    await other.signIn(ownerEmail);
    expect(await ask(ownerEmail.toUpperCase())).toMatchObject({ status: 204 });
    const code = await codeTo(database, ownerEmail.toUpperCase());
    expect((await visitor.get(`/sign-in/reset/${code}`)).body).toEqual({
      address: ownerEmail.toUpperCase(),
      first: false,
    });
    expect((await complete(code, 'short')).body.code).toBe('passphrase_too_short');
    const done = await complete(code);
    expect(done).toMatchObject({ status: 200, body: { user: { id: account.ownerId } } });
    expect(done.body.accounts).toHaveLength(1);
    expect((await visitor.get('/session')).status).toBe(200);
    expect((await other.get('/session')).status).toBe(401);
    expect((await complete(code)).body.code).toBe('code_invalid');
    const again = browser();
    expect((await again.signIn(ownerEmail)).status).toBe(401);
    expect((await again.signIn(ownerEmail, fresh)).status).toBe(200);
    const mails = await mailsTo(database, ownerEmail.toUpperCase());
    expect(mails.map(({ kind }) => kind)).toEqual(['reset', 'passphrase_changed']);
    expect(await mailsTo(database, ownerEmail)).toEqual([]);
    const audit = await again.get(`/accounts/${account.accountId}/audit-events`);
    expect(audit.body.items[0].action).toBe('user.passphrase_changed');
  });

  it('reads the same for an unknown person, who is mailed nothing', async () => {
    const known = await ask(account.ownerEmail);
    const unknown = await ask('nobody@elsewhere.example');
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    expect(await mailsTo(database, 'nobody@elsewhere.example')).toEqual([]);
    const rows = await database.read.query
      .selectFrom('address_codes')
      .select('id')
      .where('address_folded', 'in', [account.ownerEmail, 'nobody@elsewhere.example'])
      .execute();
    expect(rows).toHaveLength(2);
  });

  it('keeps only the digest of the newest code, for an hour', async () => {
    const { ownerEmail } = account;
    await ask(ownerEmail);
    const first = await codeTo(database, ownerEmail);
    await ask(ownerEmail);
    const second = await codeTo(database, ownerEmail);
    const rows = await database.read.query.selectFrom('address_codes').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(second);
    expect((await complete(first)).body.code).toBe('code_invalid');
    clock.advance(hour);
    expect((await complete(second)).body.code).toBe('code_invalid');
  });

  it('is mailed three times an hour at most, and asked for only so often from one place', async () => {
    const { ownerEmail } = account;
    for (let times = 0; times < 5; times += 1) await ask(ownerEmail);
    expect(await mailsTo(database, ownerEmail)).toHaveLength(3);
    const answers: number[] = [];
    for (let times = 0; times < 10; times += 1) {
      answers.push((await ask(`p${times}@elsewhere.example`)).status);
    }
    expect(answers.at(-1)).toBe(429);
    expect((await ask(ownerEmail, browser())).status).toBe(204);
  });

  it('is not possible where every account of the person enforces SSO', async () => {
    const email = `ada@${account.domain}`;
    await idp(database, account).create({ userName: email });
    await ask(email);
    const code = await codeTo(database, email);
    expect(code).not.toBe('');
    await enforce();
    expect((await complete(code)).body.code).toBe('sso_required');
    clock.advance(hour);
    await ask(email, browser());
    expect(await mailsTo(database, email)).toHaveLength(1);
  });

  it('comes by itself to people whom SCIM brought, and opens the account that sent it alone', async () => {
    const email = `bo@${account.domain}`;
    await idp(database, account).create({ userName: email });
    await idp(database, account).create({ userName: 'out@elsewhere.example' });
    leap();
    await firstPassphraseJob.run(context());
    await firstPassphraseJob.run(context());
    const mails = await mailsTo(database, email);
    expect(mails).toMatchObject([
      {
        kind: 'first_passphrase',
        account_id: account.accountId,
        subject: 'Set your passphrase for Insomnia',
      },
    ]);
    expect(await mailsTo(database, 'out@elsewhere.example')).toEqual([]);
    const code = await codeTo(database, email);
    expect((await visitor.get(`/sign-in/reset/${code}`)).body).toMatchObject({ first: true });
    const done = await complete(code);
    expect(done.body.accounts).toMatchObject([{ id: account.accountId }]);
    const proofs = await database.read.query
      .selectFrom('session_authentications as a')
      .innerJoin('sessions as s', 's.id', 'a.session_id')
      .select('a.account_id')
      .where('s.user_id', '=', done.body.user.id)
      .execute();
    expect(proofs).toEqual([{ account_id: account.accountId }]);
    expect((await browser().signIn(email, fresh)).status).toBe(200);
  });

  it('does not come where SSO is enforced, nor sets a passphrase of somebody who is elsewhere by then', async () => {
    const email = `cy@${account.domain}`;
    await idp(database, account).create({ userName: email });
    leap();
    await firstPassphraseJob.run(context());
    const code = await codeTo(database, email);
    const other = await seedAccount(database);
    const { user_id: userId } = await database.read.query
      .selectFrom('user_emails')
      .select('user_id')
      .where('address_folded', '=', email)
      .executeTakeFirstOrThrow();
    await database.write((tx) =>
      tx.query
        .insertInto('memberships')
        .values({
          account_id: other.accountId,
          user_id: userId,
          role: 'member',
          state: 'active',
          created_at: 0,
          changed_at: 0,
          last_active_at: null,
        })
        .execute(),
    );
    expect((await complete(code)).body.code).toBe('code_invalid');
    await enforce();
    await idp(database, account).create({ userName: `dee@${account.domain}` });
    leap();
    await firstPassphraseJob.run(context());
    expect(await mailsTo(database, `dee@${account.domain}`)).toEqual([]);
  });
});
