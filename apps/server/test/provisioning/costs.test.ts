import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type EventLog, eventLog } from '../support/event-log.ts';
import { type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { idp } from './idp.ts';

describeEachEngine('what provisioning costs', (databases) => {
  let database: Database;
  let log: EventLog;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;

  beforeAll(async () => {
    log = eventLog();
    database = await databases.open({ observer: log.observer });
    account = await seedAccount(database, { seats: 1_000_000 });
    okta = idp(database, account);
    // Statements are compiled, and the first block of seats made.
    const first = await okta.create({ userName: `first@${account.domain}` });
    await okta.deactivate(first.id);
  });

  /** Names of the statements that `work` ran, in their order. */
  const statementsOf = async (work: () => Promise<unknown>) => {
    log.clear();
    await work();
    return log.of('statement').map(({ name }) => name ?? 'cold');
  };

  it('a create: eight prepared statements beside those of the record, one of them for each effect', async () => {
    const names = await statementsOf(() =>
      okta.create({ userName: `ada@${account.domain}`, externalId: '00u1' }),
    );
    const ours = names.filter((name) => /^(provisioning|memberships|seats|teams)\./.test(name));
    expect(ours.sort()).toEqual([
      'memberships.add_source',
      'memberships.set_state',
      'provisioning.create_user',
      'provisioning.match',
      'provisioning.prove_addresses',
      'provisioning.record_effect',
      'provisioning.record_effect',
      'seats.claim',
    ]);
    expect(names.length).toBeLessThanOrEqual(13);
    expect(names).not.toContain('cold');
  });

  it('a deactivation: the same whatever groups the person is in', async () => {
    const ada = await okta.create({ userName: `alone@${account.domain}` });
    const bob = await okta.create({ userName: `joined@${account.domain}` });
    for (let index = 0; index < 10; index += 1) await okta.createGroup(`Group ${index}`, [bob.id]);
    const alone = await statementsOf(() => okta.deactivate(ada.id));
    const joined = await statementsOf(() => okta.deactivate(bob.id));
    expect(joined).toEqual(alone);
    expect(alone.filter((name) => /^(provisioning|memberships|seats|teams)\./.test(name))).toEqual([
      'memberships.lock_person',
      'provisioning.granted',
      'memberships.leave_sessions',
      'memberships.end_sessions',
      'memberships.set_state',
      'seats.release',
      'memberships.end_directory_grant',
      'teams.leave_directory',
      'provisioning.record_effect',
    ]);
  });

  it('a change of members: the same at 10 and at 10,000 members', async () => {
    const ids = await seedPeople(10_001);
    const small = await okta.createGroup('Small', ids.slice(0, 10));
    const large = await okta.createGroup('Large', ids.slice(0, 10_000));
    const one = ids.slice(-1);
    const adding = await statementsOf(() => okta.addMembers(small.id, one));
    expect(await statementsOf(() => okta.addMembers(large.id, one))).toEqual(adding);
    const removing = await statementsOf(() => okta.removeMembers(small.id, one));
    expect(await statementsOf(() => okta.removeMembers(large.id, one))).toEqual(removing);
    expect(adding.filter((name) => /^(provisioning|memberships|seats|teams)\./.test(name))).toEqual(
      [
        'provisioning.team',
        'provisioning.lock_members',
        'teams.add_members',
        'provisioning.record_effect',
      ],
    );
  }, 120_000);

  /** Linked people without what does not matter here, as rows. */
  async function seedPeople(count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, (_, index) => `person-${index}`);
    for (let from = 0; from < count; from += 500) {
      const slice = ids.slice(from, from + 500);
      await database.write((tx) =>
        tx.query
          .insertInto('membership_sources')
          .values(
            slice.map((id) => ({
              account_id: account.accountId,
              user_id: `user-${id}`,
              kind: 'directory' as const,
              source_id: account.directoryId,
              created_at: 0,
            })),
          )
          .execute(),
      );
      await database.write((tx) =>
        tx.query
          .insertInto('directory_users')
          .values(
            slice.map((id, index) => ({
              directory_id: account.directoryId,
              id,
              account_id: account.accountId,
              ordinal: 1_000_000 + from + index,
              user_name_folded: id,
              label: id,
              external_id: null,
              display_name_folded: null,
              manager_id: null,
              active: 1 as const,
              document: '{}',
              version: 1,
              created_at: 0,
              last_modified_at: 0,
              deleted_at: null,
              user_id: `user-${id}`,
              link: 'linked' as const,
            })),
          )
          .execute(),
      );
    }
    return ids;
  }
});
