import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { minute } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { mailsTo } from '../support/mails.ts';
import { TestClock, testApp } from '../support/server.ts';

const chosen = 'seven quiet harbors';

describeEachEngine('Somebody who only signs in through an IdP', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let account: SeededAccount;
  let browser: TestBrowser;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: clock.now });
  });

  /** Signed in, and then without a passphrase, as whom SCIM brought. */
  beforeEach(async () => {
    account = await seedAccount(database, { at: clock.time });
    browser = new TestBrowser(app, { address: `10.1.${clock.time % 200}.1` });
    await browser.signIn(account.ownerEmail);
    await database.write((tx) =>
      tx.query
        .updateTable('users')
        .set({ passphrase_hash: null })
        .where('id', '=', account.ownerId)
        .execute(),
    );
    clock.advance(11 * minute);
  });

  const mailedCode = async () => {
    const mail = await database.read.query
      .selectFrom('mails')
      .select('body_text')
      .where('recipient', '=', account.ownerEmail)
      .where('kind', '=', 'first_factor')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    return /security\?code=(\w+)/.exec(mail.body_text)?.[1] ?? '';
  };

  it('sets a first passphrase by a mailed link, which is then a fresh local factor', async () => {
    const { accountId, directoryId } = account;
    const refresh = () =>
      browser.post(`/accounts/${accountId}/directories/${directoryId}/tokens`, {
        expiration: '1_year',
        keepCurrentFor: 'none',
      });
    expect((await refresh()).body.code).toBe('fresh_factor_required');
    expect((await browser.post('/profile/first-factor')).status).toBe(204);
    const body = { code: await mailedCode(), passphrase: chosen };
    expect((await browser.send('PUT', '/profile/first-factor', body)).status).toBe(200);
    expect((await refresh()).status).toBe(201);
    const again = await browser.send('PUT', '/profile/first-factor', body);
    expect(again.body).toMatchObject({ code: 'code_invalid' });
    expect((await browser.post('/profile/first-factor')).body.code).toBe('conflict');
    const mails = await mailsTo(database, account.ownerEmail);
    expect(mails.map(({ kind }) => kind)).toEqual(['first_factor', 'factors_changed']);
    const audit = await browser.get(`/accounts/${accountId}/audit-events`);
    expect(audit.body.items).toContainEqual(
      expect.objectContaining({ action: 'user.passphrase_changed' }),
    );
  });

  it('is mailed three links an hour at most, from whatever address they are asked for', async () => {
    const { cookie } = browser;
    for (let asked = 0; asked < 5; asked += 1) {
      const elsewhere = new TestBrowser(app, { address: `10.7.0.${asked}` });
      elsewhere.cookie = cookie;
      expect((await elsewhere.post('/profile/first-factor')).status).toBe(204);
    }
    expect(await mailsTo(database, account.ownerEmail)).toHaveLength(3);
  });

  it('has no use of a link that was mailed to somebody else, or is over', async () => {
    await browser.post('/profile/first-factor');
    const code = await mailedCode();
    const other = await seedAccount(database, { at: clock.time });
    const stranger = new TestBrowser(app, { address: '10.9.9.9' });
    await stranger.signIn(other.ownerEmail);
    const body = { code, passphrase: chosen };
    expect((await stranger.send('PUT', '/profile/first-factor', body)).body.code).toBe(
      'code_invalid',
    );
    clock.advance(61 * minute);
    expect((await browser.send('PUT', '/profile/first-factor', body)).body.code).toBe(
      'code_invalid',
    );
  });
});
