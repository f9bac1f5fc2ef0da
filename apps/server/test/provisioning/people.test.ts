import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import {
  type Effect,
  ProvisioningRefused,
  type ToldEffect,
  tellEffect,
} from '../../src/domain/provisioning/index.ts';
import { createUser as createPerson } from '../../src/domain/users/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { grantsOf, inShort, linkOf, seatsOf } from './grants.ts';
import { idp } from './idp.ts';

describeEachEngine('people that an IdP sends', (databases) => {
  let database: Database;
  let account: SeededAccount;
  let okta: ReturnType<typeof idp>;

  beforeAll(async () => {
    database = await databases.open();
  });

  async function fresh(options: Parameters<typeof seedAccount>[1] = {}) {
    account = await seedAccount(database, options);
    okta = idp(database, account);
  }

  const linked = async (id: string) => {
    const { userId, link } = await linkOf(database.read, account.directoryId, id);
    if (userId === null) throw new Error(`the record is tied to nobody: ${link}`);
    return userId;
  };

  it('become users with a seat, whose addresses the domain proves', async () => {
    await fresh();
    const ada = await okta.create({ userName: `ada@${account.domain}`, name: 'Ada Example' });
    expect(inShort(ada.effects)).toEqual(['user_created', 'access_granted']);
    const userId = await linked(ada.id);
    expect(await grantsOf(database.read, account.accountId, userId)).toEqual({
      role: 'member',
      state: 'active',
      sources: ['directory'],
      seats: 1,
      sessions: 0,
    });
    const emails = await database.read.query
      .selectFrom('user_emails')
      .select(['address', 'is_primary', 'proved_by'])
      .where('user_id', '=', userId)
      .execute();
    expect(emails).toEqual([
      {
        address: `ada@${account.domain}`,
        is_primary: 1,
        proved_by: `directory:${account.directoryId}`,
      },
    ]);
  });

  it('lose access, seat and sessions at once when deactivated, and get them back', async () => {
    await fresh();
    const ada = await okta.create({ userName: `ada@${account.domain}` });
    const userId = await linked(ada.id);
    const before = await seatsOf(database.read, account.accountId);
    expect(inShort((await okta.deactivate(ada.id)).effects)).toEqual(['access_ended']);
    expect(await grantsOf(database.read, account.accountId, userId)).toMatchObject({
      state: 'deactivated',
      sources: [],
      seats: 0,
    });
    expect(await seatsOf(database.read, account.accountId)).toBe(before - 1);
    expect(inShort((await okta.activate(ada.id)).effects)).toEqual(['access_granted']);
    expect(await linked(ada.id)).toBe(userId);
    expect(await grantsOf(database.read, account.accountId, userId)).toMatchObject({
      state: 'active',
      sources: ['directory'],
      seats: 1,
    });
  });

  it('are linked to the person who proved the same address', async () => {
    await fresh();
    const address = `grace@${account.domain}`;
    const userId = await database.write((tx) =>
      createPerson(tx, {
        name: 'Grace Example',
        address,
        provedBy: 'invitation',
        passphraseHash: 'kept',
        at: fixtureTime,
      }),
    );
    const grace = await okta.create({ userName: address.toUpperCase() });
    expect(inShort(grace.effects)).toContain('user_linked');
    expect(await linked(grace.id)).toBe(userId);
    const user = await database.read.query
      .selectFrom('users')
      .select('passphrase_hash')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    expect(user.passphrase_hash).toBe('kept');
  });

  it('inherit nothing from whoever gave their address without proof', async () => {
    await fresh();
    const address = `eve@${account.domain}`;
    const userId = await database.write((tx) =>
      createPerson(tx, {
        name: 'Somebody',
        address,
        provedBy: null,
        passphraseHash: 'known to the wrong person',
        at: fixtureTime,
      }),
    );
    const eve = await okta.create({ userName: address, name: 'Eve Example' });
    expect(inShort(eve.effects)).toEqual([
      'user_linked',
      'credentials_reset',
      'access_granted',
      'name_changed',
      'addresses_changed',
    ]);
    expect(await linked(eve.id)).toBe(userId);
    const user = await database.read.query
      .selectFrom('users')
      .select(['passphrase_hash', 'name'])
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    expect(user).toEqual({ passphrase_hash: null, name: 'Eve Example' });
  });

  it('do not take an address that another person has: the effect says so', async () => {
    await fresh();
    const [ada, bob] = [`ada@${account.domain}`, `bob@${account.domain}`];
    await okta.create({ userName: 'ada', emails: [ada], name: 'Ada' });
    const record = await okta.create({ userName: 'bob', emails: [bob], name: 'Bob' });
    const addressesOf = async () => {
      const rows = await database.read.query
        .selectFrom('user_emails')
        .select('address')
        .where('user_id', '=', await linked(record.id))
        .where('ended_at', 'is', null)
        .orderBy('address')
        .execute();
      return rows.map(({ address }) => address);
    };
    const both = await okta.change(record.id, { emails: [`b@${account.domain}`, ada] });
    expect(both.effects).toMatchObject([
      {
        kind: 'addresses_changed',
        before: { ended: [bob] },
        after: { added: [`b@${account.domain}`], held: [ada] },
      },
    ]);
    expect(tellEffect(stored(both.effects), 'Okta').detail).toContain(
      `Not added, because another person has proved them: ${ada}.`,
    );
    expect(await addressesOf()).toEqual([`b@${account.domain}`]);
    const only = await okta.change(record.id, { emails: [ada] });
    expect(only.effects).toMatchObject([{ before: { ended: [] }, after: { added: [] } }]);
    expect(await addressesOf()).toEqual([`b@${account.domain}`]);
  });

  const stored = ([effect]: readonly Effect[]): ToldEffect => {
    if (effect === undefined) throw new Error('one effect');
    const { kind, state, reason, subjectName: subject_name } = effect;
    const [before, after] = [JSON.stringify(effect.before), JSON.stringify(effect.after)];
    return { kind, state, reason, subject_name, before, after };
  };

  it('never are an owner by themselves: that waits for a decision', async () => {
    await fresh({ ownerEmail: 'olivia@owned.example', domain: 'owned.example' });
    const record = await okta.create({ userName: 'olivia@owned.example' });
    expect(inShort(record.effects)).toEqual(['owner_conflict waiting: owner']);
    expect(await linkOf(database.read, account.directoryId, record.id)).toEqual({
      userId: null,
      link: 'conflict',
    });
    await okta.deactivate(record.id);
    expect(await grantsOf(database.read, account.accountId, account.ownerId)).toMatchObject({
      role: 'owner',
      state: 'active',
    });
  });

  it('are invited where no verified domain proves their address', async () => {
    await fresh({ seats: 2 });
    const guest = await okta.create({ userName: 'guest@elsewhere.example' });
    expect(inShort(guest.effects)).toEqual(['invited waiting: acceptance']);
    expect(await linkOf(database.read, account.directoryId, guest.id)).toEqual({
      userId: null,
      link: 'invited',
    });
    expect(await seatsOf(database.read, account.accountId)).toBe(2);
    expect(inShort((await okta.deactivate(guest.id)).effects)).toEqual(['invitation_revoked']);
    expect(await seatsOf(database.read, account.accountId)).toBe(1);
  });

  it('wait for a seat where none is left, and get one, in order, when seats come free', async () => {
    await fresh({ seats: 2 });
    const people = [];
    for (const name of ['ada', 'bob', 'cyn']) {
      people.push(await okta.create({ userName: `${name}@${account.domain}` }));
    }
    const [ada, bob, cyn] = people;
    if (!ada || !bob || !cyn) throw new Error('three people');
    expect(inShort(bob.effects)).toContain('access_granted waiting: no_seat');
    await okta.deactivate(ada.id);
    const states = [bob, cyn].map(async ({ id }) => {
      const { state, seats } = await grantsOf(database.read, account.accountId, await linked(id));
      return { state, seats };
    });
    expect(await Promise.all(states)).toEqual([
      { state: 'active', seats: 1 },
      { state: 'waiting', seats: 0 },
    ]);
  });

  describe('when the directory refuses people without a seat', () => {
    it('are refused, and nothing of the request is kept', async () => {
      await fresh({ seats: 1 });
      await database.write((tx) =>
        tx.query
          .updateTable('directories')
          .set({ policies: JSON.stringify({ seats: 'refuse' }) })
          .where('id', '=', account.directoryId)
          .execute(),
      );
      const create = okta.create({ userName: `ada@${account.domain}` });
      await expect(create).rejects.toThrow(ProvisioningRefused);
      await expect(create).rejects.toMatchObject({
        code: 'seats_exhausted',
        detail: expect.stringMatching(
          /^No license is free: 1 of 1 in use\. Free one under Licenses or add seats, then press Retry Selected in Okta/,
        ),
      });
      const records = await database.read.query
        .selectFrom('directory_users')
        .select('id')
        .where('directory_id', '=', account.directoryId)
        .execute();
      expect(records).toEqual([]);
    });
  });
});
