import { routes, streams } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { TOTP } from 'otpauth';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { resetSecondFactors } from '../../src/domain/factors/index.ts';
import { inviteByHand } from '../../src/domain/invitations/index.ts';
import { minute, second } from '../../src/duration.ts';
import { policies } from '../../src/http/management/policies.ts';
import { sendCodesJob } from '../../src/jobs/send-codes.ts';
import { sendInvitationsJob } from '../../src/jobs/send-invitations.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import {
  passphrase,
  type SeededAccount,
  seedAccount,
  seedMember,
  seedPasskey,
} from '../support/fixtures.ts';
import { codeTo, mailsTo } from '../support/mails.ts';
import { TestClock, testApp, testSettings } from '../support/server.ts';

const nothing = '01a00000-0000-7000-8000-000000000000';

/** Every address that needs somebody signed in, whole. */
const guarded = [
  ...Object.entries(routes)
    .filter(([name]) => {
      const { access } = policies[name as keyof typeof policies]; // Its keys are those of `routes`.
      return access === 'session' || access === 'account';
    })
    .map(([name, { method, path }]) => ({ name, method, path })),
  ...Object.entries(streams).map(([name, { method, path }]) => ({ name, method, path })),
];

describeEachEngine('A second factor at sign-in', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let clock: TestClock;
  let account: SeededAccount;
  let secret: string;
  let recoveryCodes: string[];
  let visitors = 0;

  beforeAll(async () => {
    database = await databases.open();
    clock = new TestClock();
    app = testApp(database, { now: clock.now });
  });

  const newBrowser = () => {
    visitors += 1;
    return new TestBrowser(app, { address: `10.2.${visitors >> 8}.${visitors & 255}` });
  };
  const code = () => new TOTP({ secret }).generate({ timestamp: clock.time });
  const present = (browser: TestBrowser, typed: string) =>
    browser.post('/sign-in/second-factor/code', { code: typed });
  const half = async (email = account.ownerEmail) => {
    const browser = newBrowser();
    const { status, body } = await browser.signIn(email);
    expect(status).toBe(200);
    expect(body).toHaveProperty('secondFactor');
    return browser;
  };
  const isIn = async (browser: TestBrowser) => (await browser.get('/session')).status === 200;
  beforeEach(async () => {
    clock.advance(minute);
    account = await seedAccount(database, { at: clock.time });
    const browser = newBrowser();
    await browser.signIn(account.ownerEmail);
    secret = (await browser.post('/profile/factors/totp')).body.secret;
    const { body } = await browser.post('/profile/factors/totp/confirm', { code: code() });
    recoveryCodes = body.recoveryCodes;
    clock.advance(minute);
  });

  it('is asked for after the passphrase, and only a right one lets the person in', async () => {
    const browser = newBrowser();
    const asked = { app: true, passkey: false, recoveryCode: true };
    const until = new Date(clock.time + 10 * minute).toISOString();
    const answer = await browser.signIn(account.ownerEmail);
    expect(answer.body).toEqual({ secondFactor: { ...asked, until } });
    expect((await browser.get('/sign-in/second-factor')).body).toEqual({ ...asked, until });
    expect((await present(browser, '000000')).body).toMatchObject({
      status: 401,
      code: 'wrong_credentials',
    });
    expect(await isIn(browser)).toBe(false);
    const entered = await present(browser, code());
    expect(entered.body).toMatchObject({ user: { id: account.ownerId }, accounts: [{}] });
    expect(await isIn(browser)).toBe(true);
    const [session] = (await browser.get('/profile/sessions')).body.items;
    expect(session).toMatchObject({ current: true, methods: ['passphrase', 'totp'] });
    expect((await browser.get('/sign-in/second-factor')).status).toBe(401);
  });

  it('is not told of to whoever does not know the passphrase', async () => {
    const browser = newBrowser();
    const answer = await browser.signIn(account.ownerEmail, 'not the passphrase');
    expect(answer.body).toMatchObject({ status: 401, code: 'wrong_credentials' });
    expect((await browser.get('/sign-in/second-factor')).status).toBe(401);
  });

  it('changes the secret of the session: the one from before opens nothing', async () => {
    const browser = await half();
    const before = browser.cookie;
    await present(browser, code());
    expect(browser.cookie).not.toBe(before);
    browser.cookie = before;
    expect(await isIn(browser)).toBe(false);
  });

  it('is needed before every route and stream that knows who asks', async () => {
    const browser = await half();
    const opened: string[] = [];
    for (const { name, method, path } of guarded) {
      const url = path
        .replace(':accountId', account.accountId)
        .replace(':directoryId', account.directoryId)
        .replace(/:\w+/g, nothing);
      const answer = await browser.send(method, url, method === 'GET' ? undefined : {});
      if (answer.body?.code !== 'unauthenticated') opened.push(`${name}: ${answer.status}`);
    }
    expect(opened).toEqual([]);
    expect(guarded.length).toBeGreaterThan(100);
  });

  it('is needed before a test of an SSO connection', async () => {
    const { id } = await database.read.query
      .selectFrom('sso_connections')
      .select('id')
      .where('account_id', '=', account.accountId)
      .executeTakeFirstOrThrow();
    const { cookie } = await half();
    const answer = await app.inject({ url: `/sso/start/${id}?test`, headers: { cookie } });
    expect(answer.statusCode).toBe(401);
  });

  it('is only asked for where half a sign-in is there, and neither whole nor none', async () => {
    const browser = await half();
    await present(browser, code());
    clock.advance(30 * second);
    for (const visitor of [browser, newBrowser()]) {
      const answer = await present(visitor, code());
      expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
  });

  it('comes too late after ten minutes', async () => {
    const browser = await half();
    clock.advance(10 * minute);
    const answer = await present(browser, code());
    expect(answer.body).toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(answer.body.detail).toContain('Begin again');
  });

  it('is guessed ever more slowly, over all sign-ins of the person, until one is right', async () => {
    for (let guess = 0; guess < 6; guess += 1) {
      expect((await present(await half(), '000000')).status).toBe(guess < 5 ? 401 : 429);
    }
    const other = await seedMember(database, account.accountId);
    expect((await newBrowser().signIn(other.email)).status).toBe(200);
    clock.advance(minute);
    const browser = await half();
    expect((await present(browser, code())).status).toBe(200);
    for (let guess = 0; guess < 5; guess += 1) {
      expect((await present(await half(), '000000')).status).toBe(401);
    }
  });

  it('can be a recovery code, which works once and is told of by mail', async () => {
    const [first = ''] = recoveryCodes;
    const mails = async () =>
      (await mailsTo(database, account.ownerEmail)).filter(
        ({ kind }) => kind === 'recovery_code_used',
      );
    expect((await present(await half(), code())).status).toBe(200);
    expect(await mails()).toEqual([]);
    expect((await present(await half(), first)).status).toBe(200);
    expect(await mails()).toMatchObject([
      { body_text: expect.stringContaining('9 codes are left.') },
    ]);
    expect((await present(await half(), first)).status).toBe(401);
  });

  it('finishes one sign-in once, however often it is sent', async () => {
    const browser = await half();
    const { cookie } = browser;
    const answers = await Promise.all(
      recoveryCodes.slice(0, 4).map((typed) => {
        const same = newBrowser();
        same.cookie = cookie;
        return present(same, typed);
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await database.read.query
      .selectFrom('recovery_codes')
      .select('digest')
      .where('user_id', '=', account.ownerId)
      .where('used_at', 'is', null)
      .execute();
    expect(left).toHaveLength(9);
  });

  it('ends with sign-out, and with another sign-in in the same browser', async () => {
    const browser = await half();
    const { cookie } = browser;
    await browser.post('/sign-out');
    const again = newBrowser();
    again.cookie = cookie;
    expect((await present(again, code())).status).toBe(401);
    const second = await half();
    const before = second.cookie;
    const member = await seedMember(database, account.accountId);
    await second.signIn(member.email);
    expect((await second.get('/session')).body.user.id).toBe(member.userId);
    second.cookie = before;
    expect((await present(second, code())).status).toBe(401);
  });

  it('is no session yet: nobody sees or counts it', async () => {
    const browser = await half();
    await half();
    await present(browser, code());
    // The one that set the app up, and this one.
    expect((await browser.get('/profile/sessions')).body.items).toHaveLength(2);
  });

  it('ends all that is half done when the passphrase changes', async () => {
    const browser = await half();
    const owner = await half();
    await present(owner, code());
    await owner.send('PUT', '/profile/passphrase', { passphrase: 'nine slow lanterns' });
    clock.advance(30 * second);
    expect((await present(browser, code())).status).toBe(401);
  });

  it('goes when the operator resets it, with every session; a mail tells of it, and the audit log', async () => {
    const browser = await half();
    await present(browser, code());
    const waiting = await half();
    const reset = { userId: account.ownerId, actor: { kind: 'operator' }, at: clock.time } as const;
    expect(await database.write((tx) => resetSecondFactors(tx, testSettings(), reset))).toBe(true);
    expect(await isIn(browser)).toBe(false);
    expect((await present(waiting, recoveryCodes[0] ?? '')).status).toBe(401);
    const alone = newBrowser();
    expect((await alone.signIn(account.ownerEmail)).body.user.id).toBe(account.ownerId);
    expect((await alone.get('/profile/factors')).body).toMatchObject({
      totpSince: null,
      recoveryCodesLeft: 0,
    });
    const { items } = (await alone.get(`/accounts/${account.accountId}/audit-events`)).body;
    expect(items[0].action).toBe('user.factors_reset');
    const mails = await mailsTo(database, account.ownerEmail);
    expect(mails.filter(({ kind }) => kind === 'factors_reset')).toEqual([
      expect.objectContaining({
        subject: 'The second factors were removed from your sign-in to Insomnia',
        account_id: null,
      }),
    ]);
    expect(await database.write((tx) => resetSecondFactors(tx, testSettings(), reset))).toBe(false);
  });

  it('is nothing to reset while the app was never confirmed', async () => {
    const member = await seedMember(database, account.accountId);
    const browser = newBrowser();
    await browser.signIn(member.email);
    await browser.post('/profile/factors/totp');
    const reset = { userId: member.userId, actor: { kind: 'operator' }, at: clock.time } as const;
    expect(await database.write((tx) => resetSecondFactors(tx, testSettings(), reset))).toBe(false);
    expect(await isIn(browser)).toBe(true);
  });

  describe('is asked for', () => {
    it('of a person with passkeys, for whom a recovery code stands in', async () => {
      const member = await seedMember(database, account.accountId);
      const setUp = newBrowser();
      await setUp.signIn(member.email);
      await seedPasskey(database, member.userId, clock.time);
      const made = await setUp.post('/profile/factors/recovery-codes');
      const browser = newBrowser();
      const { body } = await browser.signIn(member.email);
      expect(body.secondFactor).toMatchObject({ app: false, passkey: true, recoveryCode: true });
      expect((await present(browser, made.body.recoveryCodes[0])).status).toBe(200);
      // With the last of what they stand in for, the codes go as well.
      const removed = `/profile/factors/passkeys/${member.userId}`;
      expect((await browser.send('DELETE', removed)).status).toBe(204);
      expect((await browser.get('/profile/factors')).body.recoveryCodesLeft).toBe(0);
      expect((await newBrowser().signIn(member.email)).body.user.id).toBe(member.userId);
    });

    it('after a new passphrase by mail', async () => {
      const browser = newBrowser();
      await browser.post('/sign-in/reset', { email: account.ownerEmail });
      await sendCodesJob.run({ database, settings: testSettings(), now: clock.now });
      const mailed = await codeTo(database, account.ownerEmail);
      const answer = await browser.post('/sign-in/reset/complete', { code: mailed, passphrase });
      expect(answer.body.secondFactor).toMatchObject({ app: true });
      expect(await isIn(browser)).toBe(false);
      clock.advance(30 * second);
      expect((await present(browser, code())).status).toBe(200);
    });

    it('after an invitation that was accepted by passphrase', async () => {
      const inviting = await seedAccount(database, { at: clock.time });
      await database.write((tx) =>
        inviteByHand(tx, {
          accountId: inviting.accountId,
          actor: { kind: 'operator' },
          address: account.ownerEmail,
          organization: null,
          teamId: null,
          at: clock.time,
        }),
      );
      await sendInvitationsJob.run({ database, settings: testSettings(), now: clock.now });
      const mailed = await codeTo(database, account.ownerEmail);
      const browser = newBrowser();
      const answer = await browser.post('/invitations/accept', { code: mailed, passphrase });
      expect(answer.body).toHaveProperty('secondFactor');
      expect(await isIn(browser)).toBe(false);
      const entered = await present(browser, code());
      expect(entered.body.accounts).toHaveLength(2);
    });
  });
});
