import { expect, it } from 'vitest';
import { describeEachEngine } from '../../../test/support/databases.ts';
import { fixtureTime, seedAccount } from '../../../test/support/fixtures.ts';
import { day } from '../../duration.ts';
import { noteSeats, readSeatWeeks } from './index.ts';

describeEachEngine('The seats of a year', (databases) => {
  /** A Wednesday. */
  const start = Date.UTC(2026, 10, 4, 12);

  it('are the last note of each week, carried over weeks without one, and those of now', async () => {
    const database = await databases.open();
    const { accountId } = await seedAccount(database, { seats: 5 });
    const stranger = await seedAccount(database, { seats: 9 });
    const buy = (quantity: number) =>
      database.write((tx) =>
        tx.query
          .updateTable('licenses')
          .set({ quantity })
          .where('account_id', '=', accountId)
          .execute(),
      );
    await noteSeats(database, start);
    await buy(7);
    await noteSeats(database, start + 1);
    await noteSeats(database, start + day);
    await buy(8);
    const weeks = await readSeatWeeks(database.read, accountId, start + 19 * day);
    expect(weeks).toEqual([
      { week: '2026-11-02', purchased: 7, used: 1, reserved: 0 },
      { week: '2026-11-09', purchased: 7, used: 1, reserved: 0 },
      { week: '2026-11-16', purchased: 7, used: 1, reserved: 0 },
      { week: '2026-11-23', purchased: 8, used: 1, reserved: 0 },
    ]);
    expect(await readSeatWeeks(database.read, stranger.accountId, start)).toEqual([
      { week: '2026-11-02', purchased: 9, used: 1, reserved: 0 },
    ]);
  });

  it('go back 53 weeks at most, and are those of now where nothing was noted', async () => {
    const database = await databases.open();
    const { accountId } = await seedAccount(database);
    expect(await readSeatWeeks(database.read, accountId, fixtureTime)).toHaveLength(1);
    await noteSeats(database, start - 400 * day);
    await noteSeats(database, start - 364 * day);
    expect(await readSeatWeeks(database.read, accountId, start)).toHaveLength(53);
  });
});
