import { describe, expect, it } from 'vitest';
import { listReview } from '../../src/domain/decisions/index.ts';
import { readGroupRecord } from '../../src/domain/directory-groups/index.ts';
import { addSource, removeMember, setMembershipState } from '../../src/domain/memberships/index.ts';
import {
  countDirectoryPeople,
  finishRelease,
  startRelease,
} from '../../src/domain/provisioning/index.ts';
import { createUser } from '../../src/domain/users/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime } from '../support/fixtures.ts';
import { inShort } from './grants.ts';
import { leavers } from './leavers.ts';

describeEachEngine('people who leave and come back', (databases) => {
  const scene = leavers(databases);

  describe('when SCIM is turned off', () => {
    const actor = { kind: 'operator' } as const;
    const release = async (people: 'keep' | 'deactivate') => {
      const at = fixtureTime + 1;
      const counted = await scene.database.write((tx) =>
        startRelease(tx, { ...scene.account, people, actor, at }),
      );
      await finishRelease(scene.database, scene.account.directoryId, () => at);
      return counted;
    };
    const teamMembers = () =>
      scene.database.read.query
        .selectFrom('team_members')
        .select(['user_id', 'source_kind'])
        .where('account_id', '=', scene.account.accountId)
        .execute();

    it('stay by hand, with their teams, where everyone is kept', async () => {
      await scene.fresh();
      const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
      const userId = await scene.linked(ada.id);
      const sales = await scene.okta.createGroup('Sales', [ada.id]);
      expect(await release('keep')).toEqual({
        people: 1,
        teams: 1,
        createdByScim: 1,
        // The owner.
        addedByHand: 1,
      });
      expect(await scene.grants(userId)).toMatchObject({
        state: 'active',
        sources: ['manual'],
        seats: 1,
      });
      expect(await teamMembers()).toEqual([{ user_id: userId, source_kind: 'manual' }]);
      // Turned on again, the next push finds the same person and the same team.
      expect(inShort((await scene.okta.renameGroup(sales.id, 'Sales!')).effects)).toEqual([
        'team_linked',
      ]);
      expect(inShort((await scene.okta.change(ada.id, { name: 'Ada' })).effects)).toContain(
        'source_added',
      );
    });

    it('are counted as those who lose access and those who stay, whether the IdP knows them or not', async () => {
      await scene.fresh({ seats: 4 });
      await scene.database.write(async (tx) => {
        const userId = await createUser(tx, {
          name: 'Cyn',
          address: `cyn@${scene.account.domain}`,
          provedBy: 'setup_link',
          passphraseHash: null,
          at: fixtureTime,
        });
        const membership = { accountId: scene.account.accountId, userId, at: fixtureTime };
        await setMembershipState(tx, { ...membership, state: 'active' });
        await addSource(tx, { ...membership, kind: 'manual', sourceId: '' });
      });
      await scene.okta.create({ userName: `ada@${scene.account.domain}` });
      const gone = await scene.okta.create({ userName: `bob@${scene.account.domain}` });
      await scene.okta.deactivate(gone.id);
      const { createdByScim, addedByHand } = await countDirectoryPeople(
        scene.database.read,
        scene.account,
      );
      expect({ createdByScim, addedByHand }).toEqual({ createdByScim: 1, addedByHand: 2 });
    });

    it('lose access where only the directory put them here, and others stay', async () => {
      await scene.fresh();
      const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
      const bob = await scene.okta.create({ userName: `bob@${scene.account.domain}` });
      const [adaId, bobId] = [await scene.linked(ada.id), await scene.linked(bob.id)];
      await scene.okta.createGroup('Sales', [ada.id, bob.id]);
      await scene.database.write((tx) =>
        tx.query
          .insertInto('membership_sources')
          .values({
            account_id: scene.account.accountId,
            user_id: bobId,
            kind: 'manual',
            source_id: '',
            created_at: fixtureTime,
          })
          .execute(),
      );
      expect(await countDirectoryPeople(scene.database.read, scene.account)).toEqual({
        people: 2,
        teams: 1,
        createdByScim: 1,
        // Bob and the owner.
        addedByHand: 2,
      });
      await release('deactivate');
      expect(await scene.grants(adaId)).toMatchObject({
        state: 'deactivated',
        sources: [],
        seats: 0,
      });
      expect(await scene.grants(bobId)).toMatchObject({
        state: 'active',
        sources: ['manual'],
        seats: 1,
      });
      expect(await teamMembers()).toEqual([{ user_id: bobId, source_kind: 'manual' }]);
    });

    describe('and on again', () => {
      const teamOf = async (groupId: string) =>
        (await readGroupRecord(scene.database.read, scene.account, groupId))?.team_id;
      const versionOf = (id: string) =>
        scene.database.read.query
          .selectFrom('directory_users')
          .select(['version', 'last_modified_at'])
          .where('directory_id', '=', scene.account.directoryId)
          .where('id', '=', id)
          .executeTakeFirstOrThrow();

      const remove = (userId: string) =>
        scene.database.write((tx) =>
          removeMember(tx, {
            accountId: scene.account.accountId,
            userId,
            actor,
            actorRole: 'owner',
            at: fixtureTime,
          }),
        );
      const review = async () =>
        (await listReview(scene.database.read, { ...scene.account, limit: 10 })).items;

      it('come back when the IdP says of them what it said before', async () => {
        await scene.fresh();
        const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
        const userId = await scene.linked(ada.id);
        const sales = await scene.okta.createGroup('Sales', [ada.id]);
        const version = await versionOf(ada.id);
        expect(await teamOf(sales.id)).not.toBeNull();
        await release('deactivate');
        expect(await teamOf(sales.id)).toBeNull();
        expect(inShort((await scene.okta.renameGroup(sales.id, 'Sales')).effects)).toEqual([
          'team_linked',
        ]);
        expect(await teamOf(sales.id)).not.toBeNull();
        const again = await scene.okta.activate(ada.id);
        expect(again.kind).toBe('changed');
        expect(inShort(again.effects)).toEqual(['access_granted']);
        expect(await scene.grants(userId)).toMatchObject({
          state: 'active',
          sources: ['directory'],
          seats: 1,
        });
        expect(await teamMembers()).toEqual([{ user_id: userId, source_kind: 'directory' }]);
        // Said once more, nothing is left to do, and the resource is still the one of before.
        expect(await scene.okta.activate(ada.id)).toMatchObject({ kind: 'unchanged', effects: [] });
        expect(await scene.okta.addMembers(sales.id, [ada.id])).toMatchObject({
          kind: 'unchanged',
          version: 1,
          effects: [],
        });
        expect(await versionOf(ada.id)).toEqual(version);
      });

      it('join their teams too where everyone was kept and the group is said last', async () => {
        await scene.fresh();
        const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
        const userId = await scene.linked(ada.id);
        const sales = await scene.okta.createGroup('Sales', [ada.id]);
        await release('keep');
        expect(inShort((await scene.okta.activate(ada.id)).effects)).toEqual(['source_added']);
        const again = await scene.okta.addMembers(sales.id, [ada.id]);
        expect(again).toMatchObject({ kind: 'changed', version: 1 });
        expect(inShort(again.effects)).toEqual(['team_linked']);
        expect(await scene.grants(userId)).toMatchObject({ sources: ['directory', 'manual'] });
        expect(await teamMembers()).toHaveLength(2);
      });

      it.each(['kept', 'said again'] as const)(
        'stay when the IdP gives them up, and an owner is asked: %s',
        async (until) => {
          await scene.fresh();
          const ben = await scene.okta.create({
            userName: `ben@${scene.account.domain}`,
            name: 'Ben Sample',
          });
          const userId = await scene.linked(ben.id);
          await release('keep');
          if (until === 'said again') await scene.okta.activate(ben.id);
          const given = await scene.okta.deactivate(ben.id);
          expect(inShort(given.effects)).toEqual(['access_kept waiting: other_sources']);
          expect(await scene.grants(userId)).toMatchObject({
            state: 'active',
            sources: ['manual'],
          });
          expect(await review()).toMatchObject([
            {
              kind: 'access_kept',
              sentence: 'Okta gave up Ben Sample, who was added by hand and stays.',
              detail: 'Keep them, or remove them from the account.',
              person: { id: userId },
            },
          ]);
          // Said again, it asks nothing new; `active` settles it, and so does removing the person.
          expect((await scene.okta.deactivate(ben.id)).effects).toEqual([]);
          expect(await review()).toHaveLength(1);
          await scene.okta.activate(ben.id);
          expect(await review()).toEqual([]);
          await scene.okta.delete(ben.id);
          expect(await review()).toHaveLength(1);
          const anew = await scene.okta.create({ userName: `ben@${scene.account.domain}` });
          expect(await review()).toEqual([]);
          await scene.okta.delete(anew.id);
          expect(await review()).toHaveLength(1);
          await remove(userId);
          expect(await review()).toEqual([]);
        },
      );

      it('are invited again from outside the domains', async () => {
        await scene.fresh();
        const guest = await scene.okta.create({
          userName: `ada-${scene.account.accountId}@elsewhere.example`,
        });
        await release('deactivate');
        expect(inShort((await scene.okta.activate(guest.id)).effects)).toEqual([
          'invited waiting: acceptance',
        ]);
        expect((await scene.okta.activate(guest.id)).effects).toEqual([]);
      });

      it('stay away where an owner removed them', async () => {
        await scene.fresh();
        const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
        const userId = await scene.linked(ada.id);
        await remove(userId);
        await release('deactivate');
        expect(await scene.okta.activate(ada.id)).toMatchObject({ kind: 'unchanged', effects: [] });
        expect(await scene.grants(userId)).toMatchObject({ state: 'removed', seats: 0 });
      });
    });
  });
});
