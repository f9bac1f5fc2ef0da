import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { listReview } from '../../src/domain/decisions/index.ts';
import { createDirectory } from '../../src/domain/directories/index.ts';
import { readGroupRecord } from '../../src/domain/directory-groups/index.ts';
import { serveWaiting } from '../../src/domain/licenses/index.ts';
import { addSource, removeMember, setMembershipState } from '../../src/domain/memberships/index.ts';
import {
  countDirectoryPeople,
  finishRelease,
  purgeTombstones,
  startRelease,
  tombstoneRetention,
} from '../../src/domain/provisioning/index.ts';
import { openSession, passphraseAuthentication } from '../../src/domain/sessions/index.ts';
import { createUser } from '../../src/domain/users/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { grantsOf, inShort, linkOf, seatsOf } from './grants.ts';
import { idp } from './idp.ts';

describeEachEngine('people who leave and come back', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;

  beforeAll(async () => {
    database = await databases.open();
  });

  const fresh = async (options: Parameters<typeof seedAccount>[1] = {}) => {
    account = await seedAccount(database, options);
    okta = idp(database, account);
  };

  const linked = async (id: string) =>
    (await linkOf(database.read, account.directoryId, id)).userId ?? '';
  const grants = (userId: string) => grantsOf(database.read, account.accountId, userId);

  const secondDirectory = async () => {
    const directoryId = await database.write((tx) =>
      createDirectory(tx, {
        accountId: account.accountId,
        provider: 'entra',
        actor: { kind: 'operator' },
        at: fixtureTime,
      }),
    );
    return { directoryId, entra: idp(database, { ...account, directoryId }) };
  };

  it('are the same person again when a deleted record returns with its externalId', async () => {
    await fresh();
    const first = await okta.create({ userName: `ada@${account.domain}`, externalId: '00u1' });
    const userId = await linked(first.id);
    expect(inShort((await okta.delete(first.id)).effects)).toEqual(['access_ended']);
    const second = await okta.create({ userName: `ada.new@${account.domain}`, externalId: '00u1' });
    expect(second.id).not.toBe(first.id);
    expect(inShort(second.effects)).toContain('user_linked');
    expect(await linked(second.id)).toBe(userId);
    expect(await grants(userId)).toMatchObject({ state: 'active', seats: 1 });
  });

  it('are revived under the same id when an inactive record is posted again', async () => {
    await fresh();
    const first = await okta.create({ userName: `ada@${account.domain}` });
    const userId = await linked(first.id);
    await okta.deactivate(first.id);
    const again = await okta.create({ userName: `ada@${account.domain}` });
    expect(again.id).toBe(first.id);
    expect(inShort(again.effects)).toEqual(['access_granted']);
    expect(await linked(again.id)).toBe(userId);
  });

  it('are found by externalId after the personal data of their record was purged (S-11)', async () => {
    await fresh();
    const first = await okta.create({ userName: `ada@${account.domain}`, externalId: '00u2' });
    const userId = await linked(first.id);
    await okta.delete(first.id);
    await purgeTombstones(database, fixtureTime + tombstoneRetention);
    expect(await documentOf(first.id)).not.toBe('{}');
    await purgeTombstones(database, fixtureTime + 2 * tombstoneRetention);
    expect(await documentOf(first.id)).toBe('{}');
    const second = await okta.create({ userName: `new@${account.domain}`, externalId: '00u2' });
    expect(await linked(second.id)).toBe(userId);
  });

  const documentOf = async (id: string) => {
    const row = await database.read.query
      .selectFrom('directory_users')
      .select('document')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.document;
  };

  it('keep access while another directory is a reason for it', async () => {
    await fresh();
    const { directoryId, entra } = await secondDirectory();
    const one = await okta.create({ userName: `ada@${account.domain}` });
    const other = await entra.create({ userName: `ada@${account.domain}` });
    const userId = await linked(one.id);
    expect(await linkOf(database.read, directoryId, other.id)).toMatchObject({ userId });
    expect(inShort((await okta.deactivate(one.id)).effects)).toEqual(['source_ended']);
    expect(await grants(userId)).toMatchObject({
      state: 'active',
      sources: ['directory'],
      seats: 1,
    });
    expect(inShort((await entra.deactivate(other.id)).effects)).toEqual(['access_ended']);
    expect(await grants(userId)).toMatchObject({ state: 'deactivated', sources: [], seats: 0 });
  });

  it('are one person when two directories create them at the same time', async () => {
    await fresh();
    const { directoryId, entra } = await secondDirectory();
    for (let round = 0; round < 5; round += 1) {
      const userName = `p${round}@${account.domain}`;
      const [one, other] = await Promise.all([
        okta.create({ userName, emails: [userName, `alias.${userName}`] }),
        entra.create({ userName, emails: [`alias.${userName}`, userName] }),
      ]);
      const userId = await linked(one.id);
      expect(await linkOf(database.read, directoryId, other.id)).toMatchObject({ userId });
      expect(await grants(userId)).toMatchObject({
        state: 'active',
        sources: ['directory', 'directory'],
        seats: 1,
      });
    }
  });

  it('lose access when both of their directories give them up at the same time', async () => {
    await fresh();
    const { entra } = await secondDirectory();
    for (let round = 0; round < 5; round += 1) {
      const userName = `p${round}@${account.domain}`;
      const one = await okta.create({ userName });
      const other = await entra.create({ userName });
      const userId = await linked(one.id);
      await Promise.all([okta.deactivate(one.id), entra.deactivate(other.id)]);
      expect(await grants(userId)).toMatchObject({ state: 'deactivated', sources: [], seats: 0 });
    }
  });

  it('are in a team exactly if active and in its group, whichever is said first', async () => {
    await fresh();
    const sales = await okta.createGroup('Sales');
    for (let round = 0; round < 5; round += 1) {
      const person = await okta.create({ userName: `p${round}@${account.domain}` });
      const userId = await linked(person.id);
      await okta.deactivate(person.id);
      await Promise.all([okta.activate(person.id), okta.addMembers(sales.id, [person.id])]);
      expect(await isMember(userId)).toBe(true);
      await Promise.all([okta.deactivate(person.id), okta.removeMembers(sales.id, [person.id])]);
      expect(await isMember(userId)).toBe(false);
      await Promise.all([okta.addMembers(sales.id, [person.id]), okta.activate(person.id)]);
      await Promise.all([okta.removeMembers(sales.id, [person.id]), okta.deactivate(person.id)]);
      expect(await isMember(userId)).toBe(false);
    }
  });

  const isMember = async (userId: string) => {
    const row = await database.read.query
      .selectFrom('team_members')
      .select('user_id')
      .where('account_id', '=', account.accountId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row !== undefined;
  };

  it('are a conflict when a directory has two active records of one person', async () => {
    await fresh();
    const one = await okta.create({ userName: `ada@${account.domain}` });
    const two = await okta.create({
      userName: `ada2@${account.domain}`,
      emails: [`ada@${account.domain}`],
    });
    expect(inShort(two.effects)).toEqual(['user_conflict waiting: two_records']);
    expect(await linkOf(database.read, account.directoryId, two.id)).toEqual({
      userId: null,
      link: 'conflict',
    });
    expect(await grants(await linked(one.id))).toMatchObject({ state: 'active', seats: 1 });
  });

  it('take their new address with them, and the old one ends', async () => {
    await fresh();
    const ada = await okta.create({ userName: `ada@${account.domain}`, name: 'Ada' });
    const userId = await linked(ada.id);
    const change = await okta.change(ada.id, {
      name: 'Ada Married',
      emails: [`ada.married@${account.domain}`],
    });
    expect(inShort(change.effects)).toEqual(['name_changed', 'addresses_changed']);
    const emails = await database.read.query
      .selectFrom('user_emails')
      .select(['address', 'is_primary'])
      .where('user_id', '=', userId)
      .where('ended_at', 'is', null)
      .execute();
    expect(emails).toEqual([{ address: `ada.married@${account.domain}`, is_primary: 1 }]);
    expect((await okta.change(ada.id, { name: 'Ada Married' })).effects).toEqual([]);
  });

  describe('and their sessions', () => {
    const signIn = (userId: string) =>
      database.write((tx) =>
        openSession(tx, {
          userId,
          authentication: passphraseAuthentication,
          address: '192.0.2.1',
          userAgent: 'test',
          at: fixtureTime,
        }),
      );

    it('end with the access to their only account', async () => {
      await fresh();
      const ada = await okta.create({ userName: `ada@${account.domain}` });
      const userId = await linked(ada.id);
      await signIn(userId);
      expect((await okta.deactivate(ada.id)).effects).toMatchObject([
        { kind: 'access_ended', after: { state: 'deactivated', sessionsEnded: 1 } },
      ]);
      expect(await grants(userId)).toMatchObject({ sessions: 0 });
    });

    it('go on for another account, without what they proved for this one', async () => {
      await fresh();
      const ada = await okta.create({ userName: `ada@${account.domain}` });
      const userId = await linked(ada.id);
      const other = await seedAccount(database);
      await database.write((tx) =>
        tx.query
          .insertInto('memberships')
          .values({
            account_id: other.accountId,
            user_id: userId,
            role: 'member',
            state: 'active',
            created_at: fixtureTime,
            changed_at: fixtureTime,
            last_active_at: null,
          })
          .execute(),
      );
      const { id } = await signIn(userId);
      await database.write((tx) =>
        tx.query
          .insertInto('session_authentications')
          .values({
            session_id: id,
            method: 'saml',
            connection_id: 'connection',
            account_id: account.accountId,
            at: fixtureTime,
          })
          .execute(),
      );
      await okta.deactivate(ada.id);
      expect(await grants(userId)).toMatchObject({ sessions: 1 });
      const proofs = await database.read.query
        .selectFrom('session_authentications')
        .select('method')
        .where('session_id', '=', id)
        .execute();
      expect(proofs).toEqual([{ method: 'passphrase' }]);
    });
  });

  describe('while something that SCIM needs has lapsed', () => {
    const lapses = {
      plan_lapsed: (accountId: string) =>
        database.write((tx) =>
          tx.query
            .updateTable('accounts')
            .set({ plan_until: fixtureTime })
            .where('id', '=', accountId)
            .execute(),
        ),
      domain_lapsed: (accountId: string) =>
        database.write((tx) =>
          tx.query
            .updateTable('domains')
            .set({ state: 'lapsed' })
            .where('account_id', '=', accountId)
            .execute(),
        ),
      sso_lapsed: (accountId: string) =>
        database.write((tx) =>
          tx.query
            .updateTable('sso_connections')
            .set({ state: 'draft' })
            .where('account_id', '=', accountId)
            .execute(),
        ),
    } as const;

    it.each(['plan_lapsed', 'domain_lapsed', 'sso_lapsed'] as const)(
      'are let go but not added: %s',
      async (code) => {
        await fresh();
        const ada = await okta.create({ userName: `ada@${account.domain}` });
        const bob = await okta.create({ userName: `bob@${account.domain}` });
        const sales = await okta.createGroup('Sales', [ada.id]);
        await okta.deactivate(bob.id);
        await lapses[code](account.accountId);
        const growth = [
          okta.create({ userName: `cyn@${account.domain}` }),
          okta.activate(bob.id),
          okta.addMembers(sales.id, [bob.id]),
          okta.createGroup('Support'),
        ];
        for (const refused of await Promise.allSettled(growth)) {
          expect(refused).toMatchObject({ status: 'rejected', reason: { code } });
        }
        await okta.removeMembers(sales.id, [ada.id]);
        await okta.deactivate(ada.id);
        await okta.delete(bob.id);
        await okta.deleteGroup(sales.id);
        expect(await seatsOf(database.read, account.accountId)).toBe(1);
      },
    );

    const renew = (accountId: string) =>
      database.write(async ({ query }) => {
        const plan = query.updateTable('accounts').set({ plan_until: null });
        await plan.where('id', '=', accountId).execute();
        const domains = query.updateTable('domains').set({ state: 'verified' });
        await domains.where('account_id', '=', accountId).execute();
        const connections = query.updateTable('sso_connections').set({ state: 'tested' });
        await connections.where('account_id', '=', accountId).execute();
      });

    it.each(['plan_lapsed', 'domain_lapsed', 'sso_lapsed'] as const)(
      'wait on for their seat: %s',
      async (code) => {
        await fresh({ seats: 2 });
        const ada = await okta.create({ userName: `ada@${account.domain}` });
        const bob = await okta.create({ userName: `bob@${account.domain}` });
        const bobId = await linked(bob.id);
        await lapses[code](account.accountId);
        await okta.deactivate(ada.id);
        expect(await grants(bobId)).toMatchObject({ state: 'waiting', seats: 0 });
        await renew(account.accountId);
        const { at } = okta.cause();
        await database.write((tx) => serveWaiting(tx, account.accountId, at));
        expect(await grants(bobId)).toMatchObject({ state: 'active', seats: 1 });
      },
    );
  });

  describe('when SCIM is turned off', () => {
    const actor = { kind: 'operator' } as const;
    const release = async (people: 'keep' | 'deactivate') => {
      const at = fixtureTime + 1;
      const counted = await database.write((tx) =>
        startRelease(tx, { ...account, people, actor, at }),
      );
      await finishRelease(database, account.directoryId, () => at);
      return counted;
    };
    const teamMembers = () =>
      database.read.query
        .selectFrom('team_members')
        .select(['user_id', 'source_kind'])
        .where('account_id', '=', account.accountId)
        .execute();

    it('stay by hand, with their teams, where everyone is kept', async () => {
      await fresh();
      const ada = await okta.create({ userName: `ada@${account.domain}` });
      const userId = await linked(ada.id);
      const sales = await okta.createGroup('Sales', [ada.id]);
      expect(await release('keep')).toEqual({
        people: 1,
        teams: 1,
        createdByScim: 1,
        // The owner.
        addedByHand: 1,
      });
      expect(await grants(userId)).toMatchObject({
        state: 'active',
        sources: ['manual'],
        seats: 1,
      });
      expect(await teamMembers()).toEqual([{ user_id: userId, source_kind: 'manual' }]);
      // Turned on again, the next push finds the same person and the same team.
      expect(inShort((await okta.renameGroup(sales.id, 'Sales!')).effects)).toEqual([
        'team_linked',
      ]);
      expect(inShort((await okta.change(ada.id, { name: 'Ada' })).effects)).toContain(
        'source_added',
      );
    });

    it('are counted as those who lose access and those who stay, whether the IdP knows them or not', async () => {
      await fresh({ seats: 4 });
      await database.write(async (tx) => {
        const userId = await createUser(tx, {
          name: 'Cyn',
          address: `cyn@${account.domain}`,
          provedBy: 'setup_link',
          passphraseHash: null,
          at: fixtureTime,
        });
        const membership = { accountId: account.accountId, userId, at: fixtureTime };
        await setMembershipState(tx, { ...membership, state: 'active' });
        await addSource(tx, { ...membership, kind: 'manual', sourceId: '' });
      });
      await okta.create({ userName: `ada@${account.domain}` });
      const gone = await okta.create({ userName: `bob@${account.domain}` });
      await okta.deactivate(gone.id);
      const { createdByScim, addedByHand } = await countDirectoryPeople(database.read, account);
      expect({ createdByScim, addedByHand }).toEqual({ createdByScim: 1, addedByHand: 2 });
    });

    it('lose access where only the directory put them here, and others stay', async () => {
      await fresh();
      const ada = await okta.create({ userName: `ada@${account.domain}` });
      const bob = await okta.create({ userName: `bob@${account.domain}` });
      const [adaId, bobId] = [await linked(ada.id), await linked(bob.id)];
      await okta.createGroup('Sales', [ada.id, bob.id]);
      await database.write((tx) =>
        tx.query
          .insertInto('membership_sources')
          .values({
            account_id: account.accountId,
            user_id: bobId,
            kind: 'manual',
            source_id: '',
            created_at: fixtureTime,
          })
          .execute(),
      );
      expect(await countDirectoryPeople(database.read, account)).toEqual({
        people: 2,
        teams: 1,
        createdByScim: 1,
        // Bob and the owner.
        addedByHand: 2,
      });
      await release('deactivate');
      expect(await grants(adaId)).toMatchObject({ state: 'deactivated', sources: [], seats: 0 });
      expect(await grants(bobId)).toMatchObject({ state: 'active', sources: ['manual'], seats: 1 });
      expect(await teamMembers()).toEqual([{ user_id: bobId, source_kind: 'manual' }]);
    });

    describe('and on again', () => {
      const teamOf = async (groupId: string) =>
        (await readGroupRecord(database.read, account, groupId))?.team_id;
      const versionOf = (id: string) =>
        database.read.query
          .selectFrom('directory_users')
          .select(['version', 'last_modified_at'])
          .where('directory_id', '=', account.directoryId)
          .where('id', '=', id)
          .executeTakeFirstOrThrow();

      const remove = (userId: string) =>
        database.write((tx) =>
          removeMember(tx, {
            accountId: account.accountId,
            userId,
            actor,
            actorRole: 'owner',
            at: fixtureTime,
          }),
        );
      const review = async () => (await listReview(database.read, { ...account, limit: 10 })).items;

      it('come back when the IdP says of them what it said before', async () => {
        await fresh();
        const ada = await okta.create({ userName: `ada@${account.domain}` });
        const userId = await linked(ada.id);
        const sales = await okta.createGroup('Sales', [ada.id]);
        const version = await versionOf(ada.id);
        expect(await teamOf(sales.id)).not.toBeNull();
        await release('deactivate');
        expect(await teamOf(sales.id)).toBeNull();
        expect(inShort((await okta.renameGroup(sales.id, 'Sales')).effects)).toEqual([
          'team_linked',
        ]);
        expect(await teamOf(sales.id)).not.toBeNull();
        const again = await okta.activate(ada.id);
        expect(again.kind).toBe('changed');
        expect(inShort(again.effects)).toEqual(['access_granted']);
        expect(await grants(userId)).toMatchObject({
          state: 'active',
          sources: ['directory'],
          seats: 1,
        });
        expect(await teamMembers()).toEqual([{ user_id: userId, source_kind: 'directory' }]);
        // Said once more, nothing is left to do, and the resource is still the one of before.
        expect(await okta.activate(ada.id)).toMatchObject({ kind: 'unchanged', effects: [] });
        expect(await okta.addMembers(sales.id, [ada.id])).toMatchObject({
          kind: 'unchanged',
          version: 1,
          effects: [],
        });
        expect(await versionOf(ada.id)).toEqual(version);
      });

      it('join their teams too where everyone was kept and the group is said last', async () => {
        await fresh();
        const ada = await okta.create({ userName: `ada@${account.domain}` });
        const userId = await linked(ada.id);
        const sales = await okta.createGroup('Sales', [ada.id]);
        await release('keep');
        expect(inShort((await okta.activate(ada.id)).effects)).toEqual(['source_added']);
        const again = await okta.addMembers(sales.id, [ada.id]);
        expect(again).toMatchObject({ kind: 'changed', version: 1 });
        expect(inShort(again.effects)).toEqual(['team_linked']);
        expect(await grants(userId)).toMatchObject({ sources: ['directory', 'manual'] });
        expect(await teamMembers()).toHaveLength(2);
      });

      it.each(['kept', 'said again'] as const)(
        'stay when the IdP gives them up, and an owner is asked: %s',
        async (until) => {
          await fresh();
          const ben = await okta.create({ userName: `ben@${account.domain}`, name: 'Ben Sample' });
          const userId = await linked(ben.id);
          await release('keep');
          if (until === 'said again') await okta.activate(ben.id);
          const given = await okta.deactivate(ben.id);
          expect(inShort(given.effects)).toEqual(['access_kept waiting: other_sources']);
          expect(await grants(userId)).toMatchObject({ state: 'active', sources: ['manual'] });
          expect(await review()).toMatchObject([
            {
              kind: 'access_kept',
              sentence: 'Okta gave up Ben Sample, who was added by hand and stays.',
              detail: 'Keep them, or remove them from the account.',
              person: { id: userId },
            },
          ]);
          // Said again, it asks nothing new; `active` settles it, and so does removing the person.
          expect((await okta.deactivate(ben.id)).effects).toEqual([]);
          expect(await review()).toHaveLength(1);
          await okta.activate(ben.id);
          expect(await review()).toEqual([]);
          await okta.delete(ben.id);
          expect(await review()).toHaveLength(1);
          const anew = await okta.create({ userName: `ben@${account.domain}` });
          expect(await review()).toEqual([]);
          await okta.delete(anew.id);
          expect(await review()).toHaveLength(1);
          await remove(userId);
          expect(await review()).toEqual([]);
        },
      );

      it('are invited again from outside the domains', async () => {
        await fresh();
        const guest = await okta.create({ userName: `ada-${account.accountId}@elsewhere.example` });
        await release('deactivate');
        expect(inShort((await okta.activate(guest.id)).effects)).toEqual([
          'invited waiting: acceptance',
        ]);
        expect((await okta.activate(guest.id)).effects).toEqual([]);
      });

      it('stay away where an owner removed them', async () => {
        await fresh();
        const ada = await okta.create({ userName: `ada@${account.domain}` });
        const userId = await linked(ada.id);
        await remove(userId);
        await release('deactivate');
        expect(await okta.activate(ada.id)).toMatchObject({ kind: 'unchanged', effects: [] });
        expect(await grants(userId)).toMatchObject({ state: 'removed', seats: 0 });
      });
    });
  });
});
