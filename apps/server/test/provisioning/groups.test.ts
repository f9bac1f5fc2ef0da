import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { createDirectory } from '../../src/domain/directories/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { inShort } from './grants.ts';
import { idp } from './idp.ts';

describeEachEngine('groups that an IdP sends', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;

  beforeAll(async () => {
    database = await databases.open();
  });

  async function fresh() {
    account = await seedAccount(database);
    okta = idp(database, account);
  }

  const person = async (name: string) =>
    (await okta.create({ userName: `${name}@${account.domain}`, name })).id;

  const teams = async () => {
    const rows = await database.read.query
      .selectFrom('teams as t')
      .leftJoin('team_members as m', 'm.team_id', 't.id')
      .leftJoin('users as u', 'u.id', 'm.user_id')
      .select(['t.id', 't.name', 't.directory_group_id', 'u.name as member', 'm.source_kind'])
      .where('t.account_id', '=', account.accountId)
      .orderBy('t.name')
      .orderBy('u.name')
      .execute();
    return rows.map((row) => ({ ...row, linked: row.directory_group_id !== null }));
  };

  const membersOf = async (name: string) =>
    (await teams()).flatMap((row) =>
      row.name === name && row.member !== null ? [row.member] : [],
    );

  const handMade = (name: string, member?: string) =>
    database.write(async (tx) => {
      const id = `team-${name}-${account.accountId}`;
      await tx.query
        .insertInto('teams')
        .values({
          account_id: account.accountId,
          id,
          name,
          name_folded: name.toLowerCase(),
          description: '',
          role: 'member',
          directory_id: null,
          directory_group_id: null,
          idp_decides_alone: 0,
          created_at: fixtureTime,
        })
        .execute();
      if (member !== undefined) await addByHand(id, member, tx);
      return id;
    });

  const addByHand = async (
    teamId: string,
    userId: string,
    tx: Parameters<Parameters<Database['write']>[0]>[0],
  ) => {
    await tx.query
      .insertInto('team_members')
      .values({
        account_id: account.accountId,
        team_id: teamId,
        user_id: userId,
        source_kind: 'manual',
        source_id: '',
        created_at: fixtureTime,
      })
      .execute();
  };

  it('become teams with their members, and follow each addition and removal', async () => {
    await fresh();
    const [ada, bob] = [await person('Ada'), await person('Bob')];
    const sales = await okta.createGroup('Sales', [ada]);
    expect(inShort(sales.effects)).toEqual(['team_created', 'member_added']);
    expect(await membersOf('Sales')).toEqual(['Ada']);
    expect(inShort((await okta.addMembers(sales.id, [ada, bob])).effects)).toEqual([
      'member_added',
    ]);
    expect(await membersOf('Sales')).toEqual(['Ada', 'Bob']);
    expect(inShort((await okta.removeMembers(sales.id, [ada])).effects)).toEqual([
      'member_removed',
    ]);
    expect(await membersOf('Sales')).toEqual(['Bob']);
  });

  it('are linked to a team of their name that grants nothing yet', async () => {
    await fresh();
    const id = await handMade('Sales');
    const sales = await okta.createGroup('sales');
    expect(inShort(sales.effects)).toEqual(['team_linked']);
    expect(await teams()).toMatchObject([{ id, name: 'Sales', linked: true }]);
  });

  it('get a team of their own with a suffix where the name already grants something', async () => {
    await fresh();
    await handMade('Sales', account.ownerId);
    const sales = await okta.createGroup('Sales', [await person('Ada')]);
    expect(inShort(sales.effects)).toEqual([
      'team_created',
      'team_conflict waiting: name_taken',
      'member_added',
    ]);
    expect(await membersOf('Sales')).toEqual(['Olivia Owner']);
    expect(await membersOf('Sales (Okta)')).toEqual(['Ada']);
  });

  it('get a suffix of their own however many teams have the others, and a name that an index can hold', async () => {
    await fresh();
    await handMade('Sales', account.ownerId);
    await handMade('Sales (Okta)');
    for (let number = 2; number <= 51; number += 1) await handMade(`Sales (Okta ${number})`);
    await okta.createGroup('Sales');
    expect((await teams()).find(({ linked }) => linked)?.name).toBe('Sales (Okta 52)');
    const long = 's'.repeat(800);
    await handMade(long, account.ownerId);
    await okta.createGroup(long);
    const names = (await teams()).filter(({ linked }) => linked).map(({ name }) => name);
    expect(names).toContain(`${'s'.repeat(793)} (Okta)`);
  });

  it('rename their team, and a repeated push renames nothing', async () => {
    await fresh();
    const sales = await okta.createGroup('Sales');
    expect(inShort((await okta.renameGroup(sales.id, 'Field sales')).effects)).toEqual([
      'team_renamed',
    ]);
    expect((await okta.renameGroup(sales.id, 'Field sales')).effects).toEqual([]);
    expect(await teams()).toMatchObject([{ name: 'Field sales' }]);
    expect(inShort((await okta.renameGroup(sales.id, 'FIELD SALES')).effects)).toEqual([
      'team_renamed',
    ]);
    expect(await teams()).toMatchObject([{ name: 'FIELD SALES' }]);
  });

  describe('that are deleted', () => {
    it('take the team along that they made', async () => {
      await fresh();
      const sales = await okta.createGroup('Sales', [await person('Ada')]);
      expect(inShort((await okta.deleteGroup(sales.id)).effects)).toEqual([
        'team_deleted',
        'member_removed',
      ]);
      expect(await teams()).toEqual([]);
    });

    it('leave a team that somebody is in by hand', async () => {
      await fresh();
      const sales = await okta.createGroup('Sales', [await person('Ada')]);
      const [team] = await teams();
      await database.write((tx) => addByHand(team?.id ?? '', account.ownerId, tx));
      expect(inShort((await okta.deleteGroup(sales.id)).effects)).toEqual([
        'team_released',
        'member_removed',
      ]);
      expect(await teams()).toMatchObject([
        { name: 'Sales', member: 'Olivia Owner', linked: false },
      ]);
    });

    it('leave a team that was here before them', async () => {
      await fresh();
      await handMade('Sales');
      const sales = await okta.createGroup('Sales', [await person('Ada')]);
      await okta.deleteGroup(sales.id);
      expect(await teams()).toMatchObject([{ name: 'Sales', member: null, linked: false }]);
    });
  });

  it('keep members by hand when the IdP removes the same people', async () => {
    await fresh();
    const ada = await okta.create({ userName: `ada@${account.domain}`, name: 'Ada' });
    const sales = await okta.createGroup('Sales', [ada.id]);
    const [team] = await teams();
    const userId = ada.effects.find(({ kind }) => kind === 'user_created')?.userId ?? '';
    await database.write((tx) => addByHand(team?.id ?? '', userId, tx));
    await okta.removeMembers(sales.id, [ada.id]);
    expect(await membersOf('Sales')).toEqual(['Ada']);
  });

  it('grant nothing to deactivated people, and grant again when they return', async () => {
    await fresh();
    const ada = await person('Ada');
    const sales = await okta.createGroup('Sales', [ada]);
    await okta.deactivate(ada);
    expect(await membersOf('Sales')).toEqual([]);
    const bob = await person('Bob');
    await okta.deactivate(bob);
    expect((await okta.addMembers(sales.id, [bob])).effects).toEqual([]);
    await okta.activate(ada);
    await okta.activate(bob);
    expect(await membersOf('Sales')).toEqual(['Ada', 'Bob']);
  });

  it('get names of their own when two directories rename them to one at the same instant', async () => {
    await fresh();
    const { accountId } = account;
    const actor = { kind: 'operator' } as const;
    const directoryId = await database.write((tx) =>
      createDirectory(tx, { accountId, provider: 'entra', actor, at: fixtureTime }),
    );
    const entra = idp(database, { accountId, directoryId });
    for (let round = 0; round < 10; round += 1) {
      const one = await okta.createGroup(`One ${round}`);
      const other = await entra.createGroup(`Other ${round}`);
      const name = `Sales ${round}`;
      await Promise.all([okta.renameGroup(one.id, name), entra.renameGroup(other.id, name)]);
      const names = (await teams()).map((team) => team.name);
      expect(names).toEqual(expect.arrayContaining([name, `${name} (Okta)`]));
      expect(names).toHaveLength(2 * (round + 1));
      await okta.renameGroup(one.id, name.toUpperCase());
    }
  });

  it('lose no member to additions at the same time', async () => {
    await fresh();
    const names = Array.from({ length: 20 }, (_, index) => `P${String(index).padStart(2, '0')}`);
    const ids = await Promise.all(names.map(person));
    const sales = await okta.createGroup('Sales');
    await Promise.all(ids.map((id) => okta.addMembers(sales.id, [id])));
    expect(await membersOf('Sales')).toEqual(names);
  });
});
