import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { addMember, removeTeam } from '../../src/domain/teams/index.ts';
import { inShort } from '../provisioning/grants.ts';
import { idp } from '../provisioning/idp.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { office } from './office.ts';

describeEachEngine('a group that an owner links', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;
  let desk: ReturnType<typeof office>;

  beforeAll(async () => {
    database = await databases.open();
  });

  async function fresh() {
    account = await seedAccount(database);
    okta = idp(database, account);
    desk = office(database, account);
  }

  const person = async (name: string) => {
    const { id, effects } = await okta.create({ userName: `${name}@${account.domain}`, name });
    return { id, userId: effects.find(({ kind }) => kind === 'user_created')?.userId ?? '' };
  };

  const teamOf = async (groupId: string) => {
    const row = await database.read.query
      .selectFrom('teams')
      .select(['id', 'name'])
      .where('directory_group_id', '=', groupId)
      .executeTakeFirst();
    return row ?? { id: '', name: null };
  };

  it('fills another team: what the preview counts is what happens', async () => {
    await fresh();
    const [ada, bob] = [await person('Ada'), await person('Bob')];
    const cargo = await desk.organization('Cargo');
    const own = await desk.organization('Own');
    const hand = await seedMember(database, account.accountId, { name: 'Hanna' });
    const target = await desk.team('Sales', [hand.userId], [cargo]);
    const group = await okta.createGroup('Sales', [ada.id, bob.id]);
    const former = await teamOf(group.id);
    await desk.access(former.id, { organizationIds: [own], role: 'admin' });
    expect(await desk.preview(group.id, { teamId: target })).toEqual({
      summary: [
        'The team Sales (Okta) stays, managed by hand, without the people of the group.',
        'The team Sales follows the group from now on. Members by hand stay.',
        'Nothing changes for 1 person.',
      ],
      gains: {
        people: 2,
        shown: [
          { person: { id: ada.userId, name: 'Ada' }, what: ['the team Sales', 'Cargo, as member'] },
          { person: { id: bob.userId, name: 'Bob' }, what: ['the team Sales', 'Cargo, as member'] },
        ],
      },
      loses: {
        people: 2,
        shown: [
          { person: { id: ada.userId, name: 'Ada' }, what: ['the team Sales (Okta)', 'Own'] },
          { person: { id: bob.userId, name: 'Bob' }, what: ['the team Sales (Okta)', 'Own'] },
        ],
      },
    });
    await desk.link(group.id, { teamId: target });
    expect(await desk.membersOf(target)).toEqual([
      'Ada: directory',
      'Bob: directory',
      'Hanna: manual',
    ]);
    expect(await desk.accessOf(ada.userId)).toEqual(['Cargo: member']);
    expect(await desk.accessOf(hand.userId)).toEqual(['Cargo: member']);
    expect(await desk.membersOf(former.id)).toEqual([]);
    expect(await desk.audited()).toContain('directory_group.linked');
    await okta.removeMembers(group.id, [bob.id]);
    expect(await desk.membersOf(target)).toEqual(['Ada: directory', 'Hanna: manual']);
  });

  it('takes a team along that a directory made and nothing else holds', async () => {
    await fresh();
    const target = await desk.team('Crew', [account.ownerId]);
    const group = await okta.createGroup('Sales', [(await person('Ada')).id]);
    const former = await teamOf(group.id);
    const { summary } = await desk.preview(group.id, { teamId: target });
    expect(summary).toContain('The team Sales is deleted.');
    await desk.link(group.id, { teamId: target });
    expect(await desk.teamRow(former.id)).toBeUndefined();
    expect((await teamOf(group.id)).id).toBe(target);
  });

  it('fills a new team, unless its name is taken', async () => {
    await fresh();
    await desk.team('Crew');
    const group = await okta.createGroup('Sales', [(await person('Ada')).id]);
    await expect(desk.link(group.id, { name: 'CREW' })).rejects.toMatchObject({ code: 'conflict' });
    const team = await desk.link(group.id, { name: 'Field' });
    expect(await desk.membersOf(team.id)).toEqual(['Ada: directory']);
  });

  it('ends membership by hand where the IdP decides alone, and nobody is added by hand', async () => {
    await fresh();
    const hand = await seedMember(database, account.accountId, { name: 'Hanna' });
    const target = await desk.team('Crew', [hand.userId]);
    await desk.access(target, { idpDecidesAlone: true });
    expect(await desk.membersOf(target)).toEqual(['Hanna: manual']);
    const group = await okta.createGroup('Sales', [(await person('Ada')).id]);
    await desk.link(group.id, { teamId: target });
    expect(await desk.membersOf(target)).toEqual(['Ada: directory']);
    const adding = database.write((tx) =>
      addMember(tx, { ...desk.act(), teamId: target, userId: hand.userId }),
    );
    await expect(adding).rejects.toMatchObject({ code: 'conflict' });
  });

  it('ends it too where the group returns to its team by itself', async () => {
    await fresh();
    const group = await okta.createGroup('Sales', [(await person('Ada')).id]);
    const { id: teamId } = await teamOf(group.id);
    await desk.turnOff('deactivate');
    const hand = await seedMember(database, account.accountId, { name: 'Hanna' });
    await database.write((tx) => addMember(tx, { ...desk.act(), teamId, userId: hand.userId }));
    await desk.access(teamId, { idpDecidesAlone: true });
    await okta.addMembers(group.id, []);
    expect((await teamOf(group.id)).id).toBe(teamId);
    expect(await desk.membersOf(teamId)).toEqual([]);
  });

  describe('and unlinks', () => {
    it('leaves its team with everybody in it, and gives nothing by what the IdP says later', async () => {
      await fresh();
      const [ada, bob] = [await person('Ada'), await person('Bob')];
      const group = await okta.createGroup('Sales', [ada.id]);
      const team = await teamOf(group.id);
      await desk.unlink(group.id);
      expect(await desk.membersOf(team.id)).toEqual(['Ada: manual']);
      expect((await okta.addMembers(group.id, [bob.id])).effects).toEqual([]);
      expect((await okta.addMembers(group.id, [bob.id])).effects).toEqual([]);
      expect((await okta.renameGroup(group.id, 'Field')).effects).toEqual([]);
      expect((await teamOf(group.id)).name).toBeNull();
      await desk.link(group.id, { teamId: team.id });
      expect(await desk.membersOf(team.id)).toEqual([
        'Ada: directory',
        'Ada: manual',
        'Bob: directory',
      ]);
      expect(inShort((await okta.renameGroup(group.id, 'Outdoors')).effects)).toEqual([
        'team_renamed',
      ]);
    });

    it('stays unlinked through turning SCIM off and on', async () => {
      await fresh();
      const group = await okta.createGroup('Sales', [(await person('Ada')).id]);
      await desk.unlink(group.id);
      await desk.turnOff('keep');
      expect((await okta.addMembers(group.id, [])).effects).toEqual([]);
      expect((await teamOf(group.id)).name).toBeNull();
    });
  });

  describe('at the same instant', () => {
    it('as another owner: one team fills, and nobody is in two', async () => {
      await fresh();
      const ada = await person('Ada');
      const teams = [await desk.team('One'), await desk.team('Two')];
      const group = await okta.createGroup('Sales', [ada.id]);
      await Promise.all(teams.map((teamId) => desk.link(group.id, { teamId })));
      const filled = await teamOf(group.id);
      expect(teams).toContain(filled.id);
      expect(await Promise.all(teams.map((id) => desk.membersOf(id)))).toEqual(
        teams.map((id) => (id === filled.id ? ['Ada: directory'] : [])),
      );
    });

    it('as two groups that want one team: one gets it, the other is refused', async () => {
      await fresh();
      const target = await desk.team('Crew', [account.ownerId]);
      const [one, two] = [await okta.createGroup('One'), await okta.createGroup('Two')];
      const outcomes = await Promise.allSettled([
        desk.link(one.id, { teamId: target }),
        desk.link(two.id, { teamId: target }),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('as its IdP deletes it, or renames it', async () => {
      for (const change of ['delete', 'rename'] as const) {
        await fresh();
        const target = await desk.team('Crew', [account.ownerId]);
        const group = await okta.createGroup('Sales', [(await person('Ada')).id]);
        const [linked] = await Promise.allSettled([
          desk.link(group.id, { teamId: target }),
          change === 'delete' ? okta.deleteGroup(group.id) : okta.renameGroup(group.id, 'Field'),
        ]);
        const kept = (await desk.membersOf(target)).filter((each) => each.startsWith('Ada'));
        if (change === 'delete') expect(kept).toEqual([]);
        else expect([linked?.status, kept]).toEqual(['fulfilled', ['Ada: directory']]);
        expect(await desk.teamRow(target)).toBeDefined();
      }
    });

    it('as a person comes to it', async () => {
      await fresh();
      for (let round = 0; round < 5; round += 1) {
        const ada = await person(`Ada ${round}`.replace(' ', ''));
        const target = await desk.team(`Crew ${round}`);
        const group = await okta.createGroup(`Sales ${round}`, [ada.id]);
        await okta.deactivate(ada.id);
        await Promise.all([desk.link(group.id, { teamId: target }), okta.activate(ada.id)]);
        expect(await desk.membersOf(target)).toEqual([`Ada${round}: directory`]);
      }
    });
  });

  it('refuses a team that is deleted while a group fills it', async () => {
    await fresh();
    const group = await okta.createGroup('Sales');
    const { id: teamId } = await teamOf(group.id);
    const removing = database.write((tx) => removeTeam(tx, { ...desk.act(), teamId }));
    await expect(removing).rejects.toMatchObject({ code: 'conflict' });
  });
});
