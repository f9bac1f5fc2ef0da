import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('Home', (databases) => {
  let database: Database;
  let app: FastifyInstance;

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: new TestClock().now });
  });

  const homeOf = async (email: string, accountId: string) => {
    const browser = new TestBrowser(app);
    await browser.signIn(email);
    return (await browser.get(`/accounts/${accountId}/home`)).body;
  };

  it('shows a new account what to do, and no directory', async () => {
    const { ownerEmail, accountId } = await seedAccount(database, {
      plan: 'essentials',
      domain: null,
      sso: false,
      provider: null,
    });
    expect(await homeOf(ownerEmail, accountId)).toEqual({
      attention: [],
      seats: { purchased: 1, used: 1, reserved: 0, left: 0, waiting: 0 },
      requirements: [
        { name: 'role', met: true, state: 'Owner' },
        { name: 'plan', met: false, state: 'Essentials' },
        { name: 'domain', met: false, state: 'None yet' },
        { name: 'sso', met: false, state: 'None yet' },
      ],
      scim: { state: 'off', directoryId: null },
      requests: [],
    });
  });

  it('shows an owner thirty days of requests and what needs somebody', async () => {
    const seeded = await seedAccount(database);
    const home = await homeOf(seeded.ownerEmail, seeded.accountId);
    expect(home).toMatchObject({
      attention: [{ kind: 'no_co_owner' }],
      requirements: [
        { state: 'Owner' },
        { state: 'Enterprise until 24 Nov 2027' },
        { state: seeded.domain },
        { state: 'Okta' },
      ],
      scim: { state: 'on', directoryId: seeded.directoryId },
    });
    expect(home.requests).toHaveLength(30);
    expect(home.requests.at(-1)).toEqual({
      day: '2026-11-24',
      changed: 0,
      unchanged: 0,
      refused: 0,
      failed: 0,
    });
  });

  it('keeps the directory from who may not see it', async () => {
    const { accountId } = await seedAccount(database);
    const { email } = await seedMember(database, accountId);
    expect(await homeOf(email, accountId)).toMatchObject({
      attention: [],
      requirements: [{ name: 'role', met: false, state: 'Member' }, {}, {}, {}],
      scim: { state: 'on', directoryId: null },
      requests: [],
    });
  });
});
