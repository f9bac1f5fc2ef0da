import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('The last owner', (databases) => {
  let database: Database;
  let app: FastifyInstance;

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: new TestClock().now });
  });

  const twoOwners = async () => {
    const { accountId, ownerId, ownerEmail } = await seedAccount(database);
    const second = await seedMember(database, accountId, { role: 'owner' });
    const one = new TestBrowser(app);
    const other = new TestBrowser(app);
    await one.signIn(ownerEmail);
    await other.signIn(second.email);
    const path = (userId: string) => `/accounts/${accountId}/licenses/users/${userId}`;
    return { accountId, one, other, first: path(ownerId), second: path(second.userId) };
  };

  const owners = async (accountId: string) => {
    const rows = await database.read.query
      .selectFrom('memberships')
      .select('user_id')
      .where('account_id', '=', accountId)
      .where('role', '=', 'owner')
      .where('state', '=', 'active')
      .execute();
    return rows.length;
  };

  it('stays when two owners remove each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { accountId, one, other, first, second } = await twoOwners();
      await Promise.all([one.send('DELETE', second), other.send('DELETE', first)]);
      expect(await owners(accountId)).toBe(1);
    }
  });

  it('stays when two owners demote each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { accountId, one, other, first, second } = await twoOwners();
      const role = { role: 'member' };
      const answers = await Promise.all([
        one.send('PUT', `${second}/role`, role),
        other.send('PUT', `${first}/role`, role),
      ]);
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(await owners(accountId)).toBe(1);
    }
  });

  it('may not leave, nor step down', async () => {
    const { accountId, one, first, second } = await twoOwners();
    expect((await one.send('DELETE', second)).status).toBe(204);
    const refused = { status: 409, code: 'last_owner' };
    expect((await one.send('DELETE', first)).body).toMatchObject(refused);
    const stepDown = await one.send('PUT', `${first}/role`, { role: 'co_owner' });
    expect(stepDown.body).toMatchObject(refused);
    expect(await owners(accountId)).toBe(1);
  });
});
