import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { issueActivationCode } from '../../src/domain/accounts/index.ts';
import { claimSeats, releaseSeats } from '../../src/domain/licenses/index.ts';
import { day } from '../../src/duration.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, type SeedOptions, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('Plan & billing', (databases) => {
  let database: Database;
  let clock: TestClock;
  let app: ReturnType<typeof testApp>;
  let people = 0;

  beforeAll(async () => {
    database = await databases.open();
    clock = new TestClock();
    app = testApp(database, { now: clock.now });
  });

  const owner = async (options: SeedOptions = {}) => {
    people += 1;
    const seeded = await seedAccount(database, { at: clock.time, ...options });
    const browser = new TestBrowser(app, { address: `10.0.0.${people}` });
    await browser.signIn(seeded.ownerEmail);
    return { seeded, browser };
  };

  const issue = async (seats: number, planDays: number | null = 365) => {
    const order = { seats, planDays, validDays: 30, at: clock.time };
    return (await database.write((tx) => issueActivationCode(tx, order))).code;
  };

  const enter = (browser: TestBrowser, { accountId }: SeededAccount, code: string) =>
    browser.post(`/accounts/${accountId}/billing/activation-code`, { code });

  it('starts one trial of 14 days with 50 seats', async () => {
    const { seeded, browser } = await owner({ plan: 'essentials' });
    const path = `/accounts/${seeded.accountId}/billing/trial`;
    expect(await browser.post(path)).toMatchObject({
      status: 200,
      body: {
        plan: 'enterprise',
        source: 'trial',
        until: new Date(clock.time + 14 * day).toISOString(),
        trialAvailable: false,
        seats: { purchased: 50, used: 1, left: 49 },
      },
    });
    expect((await browser.post(path)).body).toMatchObject({ status: 409, code: 'trial_used' });
    clock.advance(14 * day);
    await browser.signIn(seeded.ownerEmail);
    expect((await browser.get(`/accounts/${seeded.accountId}/billing`)).body).toMatchObject({
      lapsed: true,
    });
    expect((await browser.post(path)).body).toMatchObject({ code: 'trial_used' });
  });

  it('takes an activation code as people type it', async () => {
    const { seeded, browser } = await owner({ plan: 'essentials' });
    const code = await issue(1_200);
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `;
    expect((await enter(browser, seeded, typed)).body).toMatchObject({
      plan: 'enterprise',
      source: 'activation_code',
      seats: { purchased: 1_200 },
      history: [{ what: 'Activation code entered: 1,200 seats', by: 'Olivia Owner' }, {}],
    });
  });

  it('prolongs a plan that still runs', async () => {
    const { seeded, browser } = await owner();
    const before = (await browser.get(`/accounts/${seeded.accountId}/billing`)).body.until;
    const after = (await enter(browser, seeded, await issue(50, 30))).body.until;
    expect(Date.parse(after)).toBe(Date.parse(before) + 30 * day);
  });

  it('says of a code that it is unknown, used or expired', async () => {
    const { seeded, browser } = await owner({ plan: 'essentials' });
    const code = await issue(20);
    const expired = await issue(20);
    const problem = async (text: string) => (await enter(browser, seeded, text)).body.code;
    expect(await problem('AAAAA-AAAAA-AAAAA-AAAAA-AAAAA')).toBe('activation_code_invalid');
    expect((await enter(browser, seeded, code)).status).toBe(200);
    expect(await problem(code)).toBe('activation_code_used');
    clock.advance(30 * day);
    await browser.signIn(seeded.ownerEmail);
    expect(await problem(expired)).toBe('activation_code_expired');
  });

  it('lets one account alone spend a code, under a race', async () => {
    const code = await issue(20);
    const owners = [];
    for (let index = 0; index < 5; index += 1) owners.push(await owner({ plan: 'essentials' }));
    const answers = await Promise.all(
      owners.flatMap(({ browser, seeded }) => [
        enter(browser, seeded, code),
        enter(browser, seeded, code),
      ]),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(
      new Set(['activation_code_used']),
    );
    const enterprise = await database.read.query
      .selectFrom('accounts')
      .select('id')
      .where(
        'id',
        'in',
        owners.map(({ seeded }) => seeded.accountId),
      )
      .where('plan', '=', 'enterprise')
      .execute();
    expect(enterprise).toHaveLength(1);
  });

  it('refuses a code for fewer seats than are in use, and does not spend it', async () => {
    const { seeded, browser } = await owner({ seats: 10 });
    const { accountId } = seeded;
    const holders = Array.from({ length: 5 }, (_, index) => ({
      kind: 'user' as const,
      id: `person-${index}`,
    }));
    await database.write((tx) => claimSeats(tx, accountId, holders, clock.time));
    const code = await issue(5);
    expect((await enter(browser, seeded, code)).body).toMatchObject({
      status: 409,
      code: 'activation_code_too_small',
    });
    // Whoever sits beyond the fifth seat moves to a free one.
    await database.write((tx) => releaseSeats(tx, accountId, 'user', ['person-0']));
    expect((await enter(browser, seeded, code)).body.seats).toMatchObject({
      purchased: 5,
      used: 5,
      left: 0,
    });
    const seats = await database.read.query
      .selectFrom('seats')
      .select(['number', 'holder_id'])
      .where('account_id', '=', accountId)
      .orderBy('number')
      .execute();
    expect(seats.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(seats.map(({ holder_id }) => holder_id)).size).toBe(5);
  });

  it('stores codes as digests', async () => {
    const code = await issue(20);
    const rows = await database.read.query.selectFrom('activation_codes').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
  });
});
