import { sql } from 'kysely';
import type { Database, Transaction } from '../../database/index.ts';
import { audit, endByHand } from './by-hand.ts';

/** Invitations of one unit. */
const SLICE = 100;

/** Ends invitations by hand whose time is over, and frees their seats. Those of directories are renewed. Answers how many. */
export async function expireInvitations(database: Database, at: number): Promise<number> {
  let total = 0;
  for (;;) {
    const ended = await database.write((tx) => expireSlice(tx, at));
    total += ended;
    if (ended < SLICE) return total;
  }
}

async function expireSlice(tx: Transaction, at: number): Promise<number> {
  const due = await tx.dialect
    .skipLocked(
      tx.query
        .selectFrom('invitations')
        .select(['account_id', 'id', 'address'])
        .where('directory_user_id', 'is', null)
        .where('state', '=', sql.lit('pending'))
        .where('expires_at', '<=', at)
        .limit(SLICE),
    )
    .execute();
  for (const { account_id: accountId, id, address } of due) {
    await endByHand(tx, { accountId, id, state: 'expired', at });
    const change = { accountId, actor: { kind: 'system' }, at } as const;
    await audit(tx, change, 'invitation.expired', { id, address });
  }
  return due.length;
}
