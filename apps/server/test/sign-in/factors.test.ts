import type { FastifyInstance } from 'fastify';
import { TOTP } from 'otpauth';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { setMembershipState } from '../../src/domain/memberships/index.ts';
import { minute, second } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { passphrase, type SeededAccount, seedAccount, seedPasskey } from '../support/fixtures.ts';
import { mailsTo } from '../support/mails.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

describeEachEngine('Local factors', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let clock: TestClock;
  let browser: TestBrowser;
  let account: SeededAccount;
  let ownerId: string;

  beforeAll(async () => {
    database = await databases.open();
    clock = new TestClock();
    const settings = testSettings({ SECRET_KEY: 'k'.repeat(32) });
    app = testApp(database, { settings, now: clock.now });
  });

  beforeEach(async () => {
    account = await seedAccount(database, { at: clock.time });
    ownerId = account.ownerId;
    browser = new TestBrowser(app, { address: `10.0.${Math.trunc(clock.time / 1000) % 250}.1` });
    expect((await browser.signIn(account.ownerEmail)).status).toBe(200);
  });

  const setUp = async () => {
    const { secret } = (await browser.post('/profile/factors/totp')).body;
    const codeAt = (at: number) => new TOTP({ secret }).generate({ timestamp: at });
    const { body } = await browser.post('/profile/factors/totp/confirm', {
      code: codeAt(clock.time),
    });
    const recoveryCodes: string[] = body.recoveryCodes;
    return { secret: String(secret), recoveryCodes, code: () => codeAt(clock.time) };
  };

  const prove = (code: string) => browser.post('/session/fresh-factor/totp', { code });

  it('an authenticator app is set up with a code of it, and its secret is sealed', async () => {
    const { body } = await browser.post('/profile/factors/totp');
    expect(body.uri).toMatch(/^otpauth:\/\/totp\/Insomnia:.*secret=/);
    const wrong = await browser.post('/profile/factors/totp/confirm', { code: '000000' });
    expect(wrong.body).toMatchObject({ status: 401, detail: 'That code is not right.' });
    expect((await browser.get('/profile/factors')).body.totpSince).toBeNull();
    const code = new TOTP({ secret: body.secret }).generate({ timestamp: clock.time });
    const confirmed = await browser.post('/profile/factors/totp/confirm', { code });
    expect(new Set(confirmed.body.recoveryCodes).size).toBe(10);
    expect((await browser.get('/profile/factors')).body).toEqual({
      passphrase: true,
      totpSince: new Date(clock.time).toISOString(),
      recoveryCodesLeft: 10,
      passkeys: [],
    });
    const rows = await database.read.query.selectFrom('totp_secrets').selectAll().execute();
    const codes = await database.read.query.selectFrom('recovery_codes').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(body.secret);
    expect(JSON.stringify(codes)).not.toContain(confirmed.body.recoveryCodes[0]);
    expect((await browser.post('/profile/factors/totp')).body.code).toBe('conflict');
  });

  it('a code proves who sits there, once, and renews what needs a fresh factor', async () => {
    const { code } = await setUp();
    clock.advance(11 * minute);
    expect((await browser.post('/profile/factors/recovery-codes')).body.code).toBe(
      'fresh_factor_required',
    );
    const used = code();
    expect((await prove(used)).status).toBe(200);
    expect((await browser.post('/profile/factors/recovery-codes')).status).toBe(200);
    expect((await prove(used)).body).toMatchObject({
      status: 401,
      detail: 'That code was used already. Wait for the next one.',
    });
    clock.advance(30 * second);
    expect((await prove(code())).status).toBe(200);
  });

  it('a code of the half minute before and after counts, and none further off', async () => {
    const { secret } = await setUp();
    const at = (offset: number) =>
      new TOTP({ secret }).generate({ timestamp: clock.time + offset * second });
    clock.advance(5 * minute);
    expect((await prove(at(-90))).status).toBe(401);
    expect((await prove(at(90))).status).toBe(401);
    expect((await prove(at(-30))).status).toBe(200);
    expect((await prove(at(30))).status).toBe(200);
  });

  it('a recovery code works once, however it is typed, and new ones end the old', async () => {
    const { recoveryCodes } = await setUp();
    const [first = '', second = ''] = recoveryCodes;
    expect((await prove(` ${first.toUpperCase().replace('-', '')} `)).status).toBe(200);
    expect((await prove(first)).status).toBe(401);
    expect((await browser.get('/profile/factors')).body.recoveryCodesLeft).toBe(9);
    await browser.post('/profile/factors/recovery-codes');
    expect((await prove(second)).status).toBe(401);
  });

  it('the same code sent ten times at once counts once', async () => {
    const { code } = await setUp();
    clock.advance(minute);
    const guess = code();
    const answers = await Promise.all(Array.from({ length: 5 }, () => prove(guess)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('guesses wait longer after five wrong ones', async () => {
    await setUp();
    for (let guess = 0; guess < 5; guess += 1) expect((await prove('000000')).status).toBe(401);
    await prove('000000');
    expect((await prove('000000')).body).toMatchObject({ status: 429, code: 'too_many_requests' });
  });

  it('the app goes with its recovery codes, but never as the only factor', async () => {
    const { recoveryCodes } = await setUp();
    await database.write((tx) =>
      tx.query
        .updateTable('users')
        .set({ passphrase_hash: null })
        .where('id', '=', ownerId)
        .execute(),
    );
    expect((await browser.send('DELETE', '/profile/factors/totp')).body).toMatchObject({
      status: 409,
      detail: 'This is your only local factor. Set another one up first.',
    });
    await browser.send('PUT', '/profile/passphrase', { passphrase });
    expect((await browser.send('DELETE', '/profile/factors/totp')).status).toBe(204);
    expect((await prove(recoveryCodes[0] ?? '')).status).toBe(401);
  });

  it('of two removals at once that would leave none, one is refused', async () => {
    await setUp();
    await seedPasskey(database, ownerId, clock.time);
    await database.write((tx) =>
      tx.query
        .updateTable('users')
        .set({ passphrase_hash: null })
        .where('id', '=', ownerId)
        .execute(),
    );
    const both = ['totp', `passkeys/${ownerId}`].map((factor) =>
      browser.send('DELETE', `/profile/factors/${factor}`),
    );
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, 409]);
  });

  it('each change is told to the person by mail, and to each account that they are in', async () => {
    const [other, foreign] = [await seedAccount(database), await seedAccount(database)];
    const at = clock.time;
    await database.write((tx) =>
      setMembershipState(tx, {
        accountId: other.accountId,
        userId: ownerId,
        state: 'active',
        at,
      }),
    );
    await browser.post('/profile/factors/totp/confirm', { code: '000000' });
    await setUp();
    await browser.post('/profile/factors/recovery-codes');
    await seedPasskey(database, ownerId, at);
    await browser.send('DELETE', `/profile/factors/passkeys/${ownerId}`);
    expect((await browser.send('DELETE', '/profile/factors/passkeys/nothing')).status).toBe(404);
    await browser.send('DELETE', '/profile/factors/totp');
    expect((await browser.send('DELETE', '/profile/factors/totp')).status).toBe(409);
    await browser.send('PUT', '/profile/passphrase', { passphrase: 'nine slow lanterns' });

    const told = await mailsTo(database, account.ownerEmail);
    expect(told.map(({ kind, subject }) => `${kind}: ${subject}`)).toEqual([
      'factors_changed: An authenticator app was added to your sign-in to Insomnia',
      'factors_changed: New recovery codes were made for your sign-in to Insomnia',
      'factors_changed: A passkey was removed from your sign-in to Insomnia',
      'factors_changed: The authenticator app was removed from your sign-in to Insomnia',
      'factors_changed: A new passphrase was set for your sign-in to Insomnia',
    ]);
    const changes = [
      'user.app_added',
      'user.recovery_codes_renewed',
      'user.passkey_removed',
      'user.app_removed',
      'user.passphrase_changed',
    ];
    expect(await ownChangesIn(account.accountId)).toEqual(changes);
    expect(await ownChangesIn(other.accountId)).toEqual(changes);
    expect(await ownChangesIn(foreign.accountId)).toEqual([]);
    const { items } = (await browser.get(`/accounts/${account.accountId}/audit-events`)).body;
    expect(items[0].sentence).toMatch(/ set a new passphrase for their sign-in$/);
  });

  const ownChangesIn = async (accountId: string) => {
    const rows = await database.read.query
      .selectFrom('audit_events')
      .select('action')
      .where('account_id', '=', accountId)
      .where('actor_id', '=', ownerId)
      .where('subject_id', '=', ownerId)
      .orderBy('id')
      .execute();
    return rows.map(({ action }) => action);
  };

  it('hostile passkey answers are refused in words: no JSON, no challenge, a foreign one', async () => {
    const clientData = (value: unknown) =>
      Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
    for (const response of [
      {},
      { id: 'x', response: { clientDataJSON: clientData('no json') } },
      { id: 'x', response: { clientDataJSON: clientData({}) } },
      { id: 'x', response: { clientDataJSON: clientData({ challenge: 'never-made' }) } },
    ]) {
      const answer = await browser.post('/session/fresh-factor/passkey', { response });
      expect(answer.body).toMatchObject({ status: 400, code: 'passkey_refused' });
    }
    const { challenge } = (await browser.post('/profile/factors/passkeys/options')).body;
    const response = { id: 'x', response: { clientDataJSON: clientData({ challenge }) } };
    // A challenge for making a passkey proves none.
    expect((await browser.post('/sign-in/passkey', { response })).body).toMatchObject({
      code: 'passkey_refused',
    });
  });
});
