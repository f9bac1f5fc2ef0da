import { describe, expect, it } from 'vitest';
import { createDirectory } from '../../src/domain/directories/index.ts';
import { purgeTombstones, tombstoneRetention } from '../../src/domain/provisioning/index.ts';
import { openSession, passphraseAuthentication } from '../../src/domain/sessions/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, seedAccount } from '../support/fixtures.ts';
import { inShort, linkOf } from './grants.ts';
import { idp } from './idp.ts';
import { leavers } from './leavers.ts';

describeEachEngine('people who leave and come back', (databases) => {
  const scene = leavers(databases);

  const secondDirectory = async () => {
    const directoryId = await scene.database.write((tx) =>
      createDirectory(tx, {
        accountId: scene.account.accountId,
        provider: 'entra',
        actor: { kind: 'operator' },
        at: fixtureTime,
      }),
    );
    return { directoryId, entra: idp(scene.database, { ...scene.account, directoryId }) };
  };

  it('are the same person again when a deleted record returns with its externalId', async () => {
    await scene.fresh();
    const first = await scene.okta.create({
      userName: `ada@${scene.account.domain}`,
      externalId: '00u1',
    });
    const userId = await scene.linked(first.id);
    expect(inShort((await scene.okta.delete(first.id)).effects)).toEqual(['access_ended']);
    const second = await scene.okta.create({
      userName: `ada.new@${scene.account.domain}`,
      externalId: '00u1',
    });
    expect(second.id).not.toBe(first.id);
    expect(inShort(second.effects)).toContain('user_linked');
    expect(await scene.linked(second.id)).toBe(userId);
    expect(await scene.grants(userId)).toMatchObject({ state: 'active', seats: 1 });
  });

  it('are revived under the same id when an inactive record is posted again', async () => {
    await scene.fresh();
    const first = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
    const userId = await scene.linked(first.id);
    await scene.okta.deactivate(first.id);
    const again = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
    expect(again.id).toBe(first.id);
    expect(inShort(again.effects)).toEqual(['access_granted']);
    expect(await scene.linked(again.id)).toBe(userId);
  });

  it('are found by externalId after the personal data of their record was purged (S-11)', async () => {
    await scene.fresh();
    const first = await scene.okta.create({
      userName: `ada@${scene.account.domain}`,
      externalId: '00u2',
    });
    const userId = await scene.linked(first.id);
    await scene.okta.delete(first.id);
    await purgeTombstones(scene.database, fixtureTime + tombstoneRetention);
    expect(await documentOf(first.id)).not.toBe('{}');
    await purgeTombstones(scene.database, fixtureTime + 2 * tombstoneRetention);
    expect(await documentOf(first.id)).toBe('{}');
    const second = await scene.okta.create({
      userName: `new@${scene.account.domain}`,
      externalId: '00u2',
    });
    expect(await scene.linked(second.id)).toBe(userId);
  });

  const documentOf = async (id: string) => {
    const row = await scene.database.read.query
      .selectFrom('directory_users')
      .select('document')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return row.document;
  };

  it('keep access while another directory is a reason for it', async () => {
    await scene.fresh();
    const { directoryId, entra } = await secondDirectory();
    const one = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
    const other = await entra.create({ userName: `ada@${scene.account.domain}` });
    const userId = await scene.linked(one.id);
    expect(await linkOf(scene.database.read, directoryId, other.id)).toMatchObject({ userId });
    expect(inShort((await scene.okta.deactivate(one.id)).effects)).toEqual(['source_ended']);
    expect(await scene.grants(userId)).toMatchObject({
      state: 'active',
      sources: ['directory'],
      seats: 1,
    });
    expect(inShort((await entra.deactivate(other.id)).effects)).toEqual(['access_ended']);
    expect(await scene.grants(userId)).toMatchObject({
      state: 'deactivated',
      sources: [],
      seats: 0,
    });
  });

  it('are one person when two directories create them at the same time', async () => {
    await scene.fresh();
    const { directoryId, entra } = await secondDirectory();
    for (let round = 0; round < 5; round += 1) {
      const userName = `p${round}@${scene.account.domain}`;
      const [one, other] = await Promise.all([
        scene.okta.create({ userName, emails: [userName, `alias.${userName}`] }),
        entra.create({ userName, emails: [`alias.${userName}`, userName] }),
      ]);
      const userId = await scene.linked(one.id);
      expect(await linkOf(scene.database.read, directoryId, other.id)).toMatchObject({ userId });
      expect(await scene.grants(userId)).toMatchObject({
        state: 'active',
        sources: ['directory', 'directory'],
        seats: 1,
      });
    }
  });

  it('lose access when both of their directories give them up at the same time', async () => {
    await scene.fresh();
    const { entra } = await secondDirectory();
    for (let round = 0; round < 5; round += 1) {
      const userName = `p${round}@${scene.account.domain}`;
      const one = await scene.okta.create({ userName });
      const other = await entra.create({ userName });
      const userId = await scene.linked(one.id);
      await Promise.all([scene.okta.deactivate(one.id), entra.deactivate(other.id)]);
      expect(await scene.grants(userId)).toMatchObject({
        state: 'deactivated',
        sources: [],
        seats: 0,
      });
    }
  });

  it('are in a team exactly if active and in its group, whichever is said first', async () => {
    await scene.fresh();
    const sales = await scene.okta.createGroup('Sales');
    for (let round = 0; round < 5; round += 1) {
      const person = await scene.okta.create({ userName: `p${round}@${scene.account.domain}` });
      const userId = await scene.linked(person.id);
      await scene.okta.deactivate(person.id);
      await Promise.all([
        scene.okta.activate(person.id),
        scene.okta.addMembers(sales.id, [person.id]),
      ]);
      expect(await isMember(userId)).toBe(true);
      await Promise.all([
        scene.okta.deactivate(person.id),
        scene.okta.removeMembers(sales.id, [person.id]),
      ]);
      expect(await isMember(userId)).toBe(false);
      await Promise.all([
        scene.okta.addMembers(sales.id, [person.id]),
        scene.okta.activate(person.id),
      ]);
      await Promise.all([
        scene.okta.removeMembers(sales.id, [person.id]),
        scene.okta.deactivate(person.id),
      ]);
      expect(await isMember(userId)).toBe(false);
    }
  });

  const isMember = async (userId: string) => {
    const row = await scene.database.read.query
      .selectFrom('team_members')
      .select('user_id')
      .where('account_id', '=', scene.account.accountId)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    return row !== undefined;
  };

  it('are a conflict when a directory has two active records of one person', async () => {
    await scene.fresh();
    const one = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
    const two = await scene.okta.create({
      userName: `ada2@${scene.account.domain}`,
      emails: [`ada@${scene.account.domain}`],
    });
    expect(inShort(two.effects)).toEqual(['user_conflict waiting: two_records']);
    expect(await linkOf(scene.database.read, scene.account.directoryId, two.id)).toEqual({
      userId: null,
      link: 'conflict',
    });
    expect(await scene.grants(await scene.linked(one.id))).toMatchObject({
      state: 'active',
      seats: 1,
    });
  });

  it('take their new address with them, and the old one ends', async () => {
    await scene.fresh();
    const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}`, name: 'Ada' });
    const userId = await scene.linked(ada.id);
    const change = await scene.okta.change(ada.id, {
      name: 'Ada Married',
      emails: [`ada.married@${scene.account.domain}`],
    });
    expect(inShort(change.effects)).toEqual(['name_changed', 'addresses_changed']);
    const emails = await scene.database.read.query
      .selectFrom('user_emails')
      .select(['address', 'is_primary'])
      .where('user_id', '=', userId)
      .where('ended_at', 'is', null)
      .execute();
    expect(emails).toEqual([{ address: `ada.married@${scene.account.domain}`, is_primary: 1 }]);
    expect((await scene.okta.change(ada.id, { name: 'Ada Married' })).effects).toEqual([]);
  });

  describe('and their sessions', () => {
    const signIn = (userId: string) =>
      scene.database.write((tx) =>
        openSession(tx, {
          userId,
          authentication: passphraseAuthentication,
          address: '192.0.2.1',
          userAgent: 'test',
          at: fixtureTime,
        }),
      );

    it('end with the access to their only account', async () => {
      await scene.fresh();
      const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
      const userId = await scene.linked(ada.id);
      await signIn(userId);
      expect((await scene.okta.deactivate(ada.id)).effects).toMatchObject([
        { kind: 'access_ended', after: { state: 'deactivated', sessionsEnded: 1 } },
      ]);
      expect(await scene.grants(userId)).toMatchObject({ sessions: 0 });
    });

    it('go on for another account, without what they proved for this one', async () => {
      await scene.fresh();
      const ada = await scene.okta.create({ userName: `ada@${scene.account.domain}` });
      const userId = await scene.linked(ada.id);
      const other = await seedAccount(scene.database);
      await scene.database.write((tx) =>
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
      await scene.database.write((tx) =>
        tx.query
          .insertInto('session_authentications')
          .values({
            session_id: id,
            method: 'saml',
            connection_id: 'connection',
            account_id: scene.account.accountId,
            at: fixtureTime,
          })
          .execute(),
      );
      await scene.okta.deactivate(ada.id);
      expect(await scene.grants(userId)).toMatchObject({ sessions: 1 });
      const proofs = await scene.database.read.query
        .selectFrom('session_authentications')
        .select('method')
        .where('session_id', '=', id)
        .execute();
      expect(proofs).toEqual([{ method: 'passphrase' }]);
    });
  });
});
