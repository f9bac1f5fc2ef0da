import type { Database, Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';

/** How long a session that is over, and the memory of wrong guesses, is kept. */
const sessionRetention = 30 * day;

/** Rows of one unit. */
const SLICE = 500;

/** Deletes sessions that ended or expired a while ago, and throttles that slow nobody any more. Answers how many rows. */
export async function purgeSessions(database: Database, at: number): Promise<number> {
  const before = at - sessionRetention;
  let total = 0;
  for (const purge of [purgeSessionSlice, purgeThrottleSlice]) {
    let purged: number;
    do {
      purged = await database.write((tx) => purge(tx, before));
      total += purged;
    } while (purged === SLICE);
  }
  return total;
}

async function purgeSessionSlice(tx: Transaction, before: number): Promise<number> {
  const purged = await tx.query
    .deleteFrom('sessions')
    .where('digest', 'in', (eb) =>
      eb
        .selectFrom('sessions')
        .select('digest')
        .where((or) => or.or([or('ended_at', '<=', before), or('expires_at', '<=', before)]))
        .limit(SLICE),
    )
    .returning('id')
    .execute();
  return purged.length;
}

async function purgeThrottleSlice(tx: Transaction, before: number): Promise<number> {
  const purged = await tx.query
    .deleteFrom('throttles')
    .where('key', 'in', (eb) =>
      eb
        .selectFrom('throttles')
        .select('key')
        .where('updated_at', '<=', before)
        .where('blocked_until', '<=', before)
        .limit(SLICE),
    )
    .returning('key')
    .execute();
  return purged.length;
}
