import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import {
  finishRelease,
  resumeReleases,
  startRelease,
} from '../../src/domain/provisioning/index.ts';
import { grantsOf } from '../provisioning/grants.ts';
import { idp } from '../provisioning/idp.ts';
import { startScim } from '../scim/scim-server.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount } from '../support/fixtures.ts';
import { office } from './office.ts';

describeEachEngine('turning SCIM off', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });

  async function fresh(people: number) {
    const account = await seedAccount(database, { seats: people + 5 });
    const okta = idp(database, account);
    const desk = office(database, account);
    const ids: string[] = [];
    const userIds: string[] = [];
    for (let index = 0; index < people; index += 1) {
      const { id, effects } = await okta.create({ userName: `p${index}@${account.domain}` });
      ids.push(id);
      userIds.push(effects.find(({ kind }) => kind === 'user_created')?.userId ?? '');
    }
    const group = await okta.createGroup('All', ids);
    return { account, okta, desk, ids, userIds, group };
  }

  const membersOf = async (accountId: string) => {
    const rows = await database.read.query
      .selectFrom('team_members')
      .select(['source_kind'])
      .where('account_id', '=', accountId)
      .execute();
    return rows.map(({ source_kind }) => source_kind);
  };

  it('deals with people a slice a unit, and another process goes on where one ended', async () => {
    const { account, desk, userIds } = await fresh(250);
    const { at, ...act } = desk.act();
    await database.write((tx) => startRelease(tx, { ...act, people: 'deactivate', at }));
    const states = async () => {
      const rows = await database.read.query
        .selectFrom('memberships')
        .select('state')
        .where('account_id', '=', account.accountId)
        .where('role', '=', 'member')
        .execute();
      return rows.filter(({ state }) => state === 'active').length;
    };
    let looks = 0;
    const interrupted = finishRelease(database, account.directoryId, () => {
      looks += 1;
      if (looks > 1) throw new Error('the process ends here');
      return at;
    });
    await expect(interrupted).rejects.toThrow('the process ends here');
    expect(await states()).toBe(50);
    expect(await resumeReleases(database, () => at)).toBe(1);
    expect([await states(), await membersOf(account.accountId)]).toEqual([0, []]);
    expect(await resumeReleases(database, () => at)).toBe(0);
    const [last = ''] = userIds.slice(-1);
    expect(await grantsOf(database.read, account.accountId, last)).toMatchObject({
      state: 'deactivated',
      sources: [],
      seats: 0,
    });
  });

  describe('and on again', () => {
    it('puts nobody into a team whose group is sent before its people', async () => {
      const { account, okta, desk, ids, userIds, group } = await fresh(2);
      await desk.turnOff('deactivate');
      const added = await okta.addMembers(group.id, ids);
      expect(added.effects.map(({ kind }) => kind)).toEqual(['team_linked']);
      expect(await membersOf(account.accountId)).toEqual([]);
      for (const id of ids) await okta.change(id, {});
      expect(await membersOf(account.accountId)).toEqual(['directory', 'directory']);
      const [first = ''] = userIds;
      expect((await grantsOf(database.read, account.accountId, first)).state).toBe('active');
    });

    it('a repeated PUT that grants anew is no first profile update', async () => {
      const { send, seeded } = await startScim(database);
      const body = {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        userName: `ada@${seeded.domain}`,
        emails: [{ value: `ada@${seeded.domain}`, primary: true }],
        active: true,
      };
      const { id } = (await send('POST', '/Users', { body })).body;
      await office(database, seeded).turnOff('deactivate');
      expect((await send('PUT', `/Users/${id}`, { body })).status).toBe(200);
      const milestones = () =>
        database.read.query
          .selectFrom('directory_milestones')
          .select('kind')
          .where('directory_id', '=', seeded.directoryId)
          .orderBy('kind')
          .execute();
      expect(await milestones()).not.toContainEqual({ kind: 'first_profile_update' });
      await send('PUT', `/Users/${id}`, { body: { ...body, displayName: 'Ada' } });
      expect(await milestones()).toContainEqual({ kind: 'first_profile_update' });
    });
  });
});
