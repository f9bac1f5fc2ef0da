import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { claimSeats, releaseSeats, serveWaiting } from '../../src/domain/licenses/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { eventLog } from '../support/event-log.ts';
import { fixtureTime as at, type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { seatsOf } from './grants.ts';
import { idp } from './idp.ts';

describeEachEngine('seats', (databases) => {
  let database: Database;
  let account: SeededAccount;

  beforeAll(async () => {
    database = await databases.open();
  });

  const seed = async (seats: number) => {
    account = await seedAccount(database, { seats });
  };

  const claim = (id: string) =>
    database.write((tx) => claimSeats(tx, account.accountId, [{ kind: 'user', id }], at));

  it('are never oversold: of 100 claims at once for 30 seats exactly 30 succeed', async () => {
    await seed(31);
    const claims = await Promise.all(
      Array.from({ length: 100 }, (_, index) => claim(`user-${index}`)),
    );
    expect(claims.filter(({ size }) => size === 1)).toHaveLength(30);
    expect(await seatsOf(database.read, account.accountId)).toBe(31);
  });

  it('are claimed once each by 50 creates at a time over several blocks, and none of the creates fails', async () => {
    await seed(1_000_000);
    const okta = idp(database, account);
    const people = Array.from({ length: 700 }, (_, index) => ({
      userName: `block-${index}@${account.domain}`,
    }));
    const waiting = people.values();
    const worker = async () => {
      for (const person of waiting) {
        const { effects } = await okta.create(person);
        expect(effects.map(({ state }) => state)).toEqual(['applied', 'applied']);
      }
    };
    await Promise.all(Array.from({ length: 50 }, worker));
    const held = await database.read.query
      .selectFrom('seats')
      .select(['number', 'holder_id'])
      .where('account_id', '=', account.accountId)
      .where('holder_id', 'is not', null)
      .execute();
    expect(held).toHaveLength(701);
    expect(new Set(held.map(({ number }) => number)).size).toBe(701);
    expect(new Set(held.map(({ holder_id }) => holder_id)).size).toBe(701);
    expect(Math.max(...held.map(({ number }) => number))).toBeLessThan(701 + 50);
  });

  it('are made ahead: no claim finds all of them taken while more are bought', async () => {
    const log = eventLog();
    const observed = await databases.open({ observer: log.observer });
    const { accountId } = await seedAccount(observed, { seats: 1_000_000 });
    const claimed = async (from: number, count: number) => {
      log.clear();
      for (let index = from; index < from + count; index += 1) {
        const holder = { kind: 'user', id: `ahead-${index}` } as const;
        await observed.write((tx) => claimSeats(tx, accountId, [holder], at));
      }
      return log.of('statement').filter(({ name }) => name === 'seats.claim');
    };
    await claimed(0, 1);
    const claims = await claimed(1, 600);
    expect(claims).toHaveLength(600);
    expect(claims.every(({ rows }) => rows === 1)).toBe(true);
  });

  it('are given again once they were freed', async () => {
    await seed(2);
    expect((await claim('ada')).size).toBe(1);
    expect((await claim('bob')).size).toBe(0);
    await database.write((tx) => releaseSeats(tx, account.accountId, 'user', ['ada']));
    expect((await claim('bob')).size).toBe(1);
  });

  it('go to the first of several holders where there are not enough', async () => {
    await seed(3);
    const holders = ['ada', 'bob', 'cyn'].map((id) => ({ kind: 'user', id }) as const);
    const served = await database.write((tx) => claimSeats(tx, account.accountId, holders, at));
    expect([...served].sort()).toEqual(['ada', 'bob']);
  });

  it('appear in blocks, so that a license of a million is not a million rows', async () => {
    await seed(1_000_000);
    await claim('ada');
    const rows = await database.read.query
      .selectFrom('seats')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account.accountId)
      .executeTakeFirstOrThrow();
    expect(rows.count).toBeLessThan(1000);
  });

  it('cannot exist beyond the license, whatever the program does', async () => {
    await seed(2);
    const oversell = database.write((tx) =>
      tx.query
        .insertInto('seats')
        .values({
          account_id: account.accountId,
          number: 3,
          purchased: 2,
          holder_kind: 'user',
          holder_id: 'one too many',
          claimed_at: at,
        })
        .execute(),
    );
    await expect(oversell).rejects.toMatchObject({ code: 'check_violation' });
  });

  it('go to who waits, first come first served, when more are bought', async () => {
    await seed(1);
    const okta = idp(database, account);
    const ids = [];
    for (const name of ['ada', 'bob', 'cyn']) {
      ids.push((await okta.create({ userName: `${name}@${account.domain}` })).id);
    }
    const guest = await okta.create({ userName: 'guest@elsewhere.example' });
    expect(guest.effects).toMatchObject([{ kind: 'invited', reason: 'no_seat' }]);
    const states = async () => {
      const rows = await database.read.query
        .selectFrom('directory_users as d')
        .leftJoin('memberships as m', (join) =>
          join.onRef('m.account_id', '=', 'd.account_id').onRef('m.user_id', '=', 'd.user_id'),
        )
        .select(['d.user_name_folded', 'm.state'])
        .where('d.directory_id', '=', account.directoryId)
        .orderBy('d.ordinal')
        .execute();
      return rows.map(({ state }) => state);
    };
    expect(await states()).toEqual(['waiting', 'waiting', 'waiting', null]);
    await buy(3);
    expect(await states()).toEqual(['active', 'active', 'waiting', null]);
    await buy(5);
    expect(await states()).toEqual(['active', 'active', 'active', null]);
    const invitations = await database.read.query
      .selectFrom('invitations')
      .select(['state', 'sent_at'])
      .where('account_id', '=', account.accountId)
      .execute();
    expect(invitations).toEqual([{ state: 'pending', sent_at: at + 1 }]);
    expect(await seatsOf(database.read, account.accountId)).toBe(5);
  });

  const buy = (quantity: number) =>
    database.write(async (tx) => {
      await tx.query
        .updateTable('licenses')
        .set({ quantity })
        .where('account_id', '=', account.accountId)
        .execute();
      await serveWaiting(tx, account.accountId, at + 1);
    });

  it('are never oversold by creates at once: who gets none waits', async () => {
    await seed(11);
    const okta = idp(database, account);
    const created = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        okta.create({ userName: `p${index}@${account.domain}` }),
      ),
    );
    const granted = created.flatMap(({ effects }) =>
      effects.filter(({ kind, state }) => kind === 'access_granted' && state === 'applied'),
    );
    expect(granted).toHaveLength(10);
    expect(await seatsOf(database.read, account.accountId)).toBe(11);
  });

  it('change hands without a loss while people come and go at once', async () => {
    await seed(6);
    const okta = idp(database, account);
    const first = [];
    for (let index = 0; index < 5; index += 1) {
      first.push(await okta.create({ userName: `first${index}@${account.domain}` }));
    }
    await Promise.all([
      ...first.map(({ id }) => okta.deactivate(id)),
      ...Array.from({ length: 10 }, (_, index) =>
        okta.create({ userName: `second${index}@${account.domain}` }),
      ),
    ]);
    // A unit that freed a seat and one that found none at the same moment do not see each other: a job sweeps after them.
    await database.write((tx) => serveWaiting(tx, account.accountId, at));
    const active = await database.read.query
      .selectFrom('memberships')
      .select('user_id')
      .where('account_id', '=', account.accountId)
      .where('state', '=', 'active')
      .execute();
    expect(active).toHaveLength(6);
    expect(await seatsOf(database.read, account.accountId)).toBe(6);
  });
});
