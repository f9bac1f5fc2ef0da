import { expect, it } from 'vitest';
import type { Transaction } from '../../src/database/index.ts';
import { claimSeats } from '../../src/domain/licenses/index.ts';
import { describeOnPostgres } from '../support/databases.ts';
import { fixtureTime, seedAccount } from '../support/fixtures.ts';

/** A transaction that lets another unit go first after its first look. */
function interrupted(tx: Transaction, other: () => Promise<unknown>): Transaction {
  let looks = 0;
  const after = async <Found>(look: Promise<Found>): Promise<Found> => {
    const found = await look;
    looks += 1;
    if (looks === 1) await other();
    return found;
  };
  return new Proxy(tx, {
    get(target, name) {
      if (name === 'first')
        return (...look: Parameters<Transaction['first']>) => after(target.first(...look));
      if (name === 'all')
        return (...look: Parameters<Transaction['all']>) => after(target.all(...look));
      const found: unknown = Reflect.get(target, name, target);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

describeOnPostgres('The last block of seats', (databases) => {
  it.each([1, 2])(
    'may be made by another unit at that moment, and %i get their seats from it',
    async (count) => {
      const database = await databases.open();
      const { accountId } = await seedAccount(database, { seats: 100 });
      const claim = (tx: Transaction, name: string, claims: number) => {
        const holders = Array.from(
          { length: claims },
          (_, at) => ({ kind: 'user', id: `${name}${at}` }) as const,
        );
        return claimSeats(tx, accountId, holders, fixtureTime);
      };
      const served = await database.write((tx) =>
        claim(
          interrupted(tx, () => database.write((faster) => claim(faster, 'faster', 1))),
          'slower',
          count,
        ),
      );
      expect(served.size).toBe(count);
    },
  );
});
