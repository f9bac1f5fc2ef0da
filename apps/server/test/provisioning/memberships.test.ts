import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import {
  type MembershipChange,
  removeMember,
  setRole,
} from '../../src/domain/memberships/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime as at, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { grantsOf, inShort, linkOf } from './grants.ts';
import { idp } from './idp.ts';

describeEachEngine('people of an account', (databases) => {
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

  const by = (
    userId: string,
    target: string,
    actorRole: MembershipChange['actorRole'] = 'owner',
  ): MembershipChange => ({
    accountId: account.accountId,
    userId: target,
    actor: { kind: 'user', id: userId, name: 'Owner' },
    actorRole,
    at,
  });

  const person = async (name: string) => {
    const { id } = await okta.create({ userName: `${name}@${account.domain}`, name });
    const { userId } = await linkOf(database.read, account.directoryId, id);
    return { id, userId: userId ?? '' };
  };

  const remove = (change: MembershipChange) => database.write((tx) => removeMember(tx, change));
  const give = (change: MembershipChange, role: MembershipChange['actorRole']) =>
    database.write((tx) => setRole(tx, { ...change, role }));

  it('keep one owner when two owners remove each other at the same time', async () => {
    await fresh();
    const { userId: second } = await person('second');
    await give(by(account.ownerId, second), 'owner');
    const outcomes = await Promise.allSettled([
      remove(by(account.ownerId, second)),
      remove(by(second, account.ownerId)),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const owners = await database.read.query
      .selectFrom('memberships')
      .select('state')
      .where('account_id', '=', account.accountId)
      .where('role', '=', 'owner')
      .execute();
    expect(owners).toEqual([{ state: 'active' }]);
  });

  it('keep their last owner, whoever asks and whatever for', async () => {
    await fresh();
    const change = by(account.ownerId, account.ownerId);
    await expect(remove(change)).rejects.toMatchObject({ code: 'last_owner' });
    await expect(give(change, 'member')).rejects.toMatchObject({ code: 'last_owner' });
  });

  it('are given and taken roles by owners alone', async () => {
    await fresh();
    const { userId } = await person('ada');
    await give(by(account.ownerId, userId), 'co_owner');
    await expect(give(by(userId, userId, 'co_owner'), 'owner')).rejects.toMatchObject({
      code: 'forbidden',
      facts: { neededRoles: ['owner'] },
    });
    const { userId: other } = await person('bob');
    await give(by(account.ownerId, other), 'billing_only');
    await expect(remove(by(userId, other, 'co_owner'))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { userId: member } = await person('cyn');
    await remove(by(userId, member, 'co_owner'));
    expect(await grantsOf(database.read, account.accountId, member)).toMatchObject({
      state: 'removed',
      sources: [],
      seats: 0,
    });
  });

  it('whom an owner removed stay removed until `active` goes from false to true', async () => {
    await fresh();
    const ada = await person('ada');
    await remove(by(account.ownerId, ada.userId));
    expect(await linkOf(database.read, account.directoryId, ada.id)).toMatchObject({
      link: 'removed',
    });
    expect((await okta.change(ada.id, { name: 'Ada E.' })).effects).toEqual([]);
    expect((await okta.activate(ada.id)).effects).toEqual([]);
    await okta.deactivate(ada.id);
    expect(await grantsOf(database.read, account.accountId, ada.userId)).toMatchObject({
      state: 'removed',
    });
    expect(inShort((await okta.activate(ada.id)).effects)).toContain('access_granted');
    expect(await grantsOf(database.read, account.accountId, ada.userId)).toMatchObject({
      state: 'active',
      sources: ['directory'],
      seats: 1,
    });
  });

  it('give their seat to who waits when they are removed', async () => {
    await fresh({ seats: 2 });
    const ada = await person('ada');
    const bob = await person('bob');
    expect(await grantsOf(database.read, account.accountId, bob.userId)).toMatchObject({
      state: 'waiting',
    });
    await remove(by(account.ownerId, ada.userId));
    expect(await grantsOf(database.read, account.accountId, bob.userId)).toMatchObject({
      state: 'active',
      seats: 1,
    });
  });

  it('of another account are not found', async () => {
    await fresh();
    const { userId } = await person('ada');
    const other = await seedAccount(database);
    const change = { ...by(other.ownerId, userId), accountId: other.accountId };
    await expect(remove(change)).rejects.toMatchObject({ code: 'not_found' });
    await expect(give(change, 'co_owner')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('who were made co-owner stay, by hand, when the IdP gives them up', async () => {
    await fresh();
    const ada = await person('ada');
    await give(by(account.ownerId, ada.userId), 'co_owner');
    expect(inShort((await okta.deactivate(ada.id)).effects)).toEqual([
      'access_kept waiting: owner',
    ]);
    expect(await grantsOf(database.read, account.accountId, ada.userId)).toMatchObject({
      role: 'co_owner',
      state: 'active',
      sources: ['manual'],
    });
  });

  it('whose last owner the IdP deactivates answer with the reason and keep everything', async () => {
    await fresh();
    const ada = await person('ada');
    await give(by(account.ownerId, ada.userId), 'owner');
    await remove(by(ada.userId, account.ownerId));
    await expect(okta.deactivate(ada.id)).rejects.toMatchObject({
      code: 'last_owner',
      detail: 'This person is the only owner. Make someone else an owner first.',
    });
    await expect(okta.delete(ada.id)).rejects.toMatchObject({ code: 'last_owner' });
    expect(await grantsOf(database.read, account.accountId, ada.userId)).toMatchObject({
      role: 'owner',
      state: 'active',
      sources: ['directory'],
    });
  });
});
