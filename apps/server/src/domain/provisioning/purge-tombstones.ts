import type { Database, Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';

/** How long a deleted record keeps what the IdP said of the person. */
export const tombstoneRetention = 30 * day;

/** Records of one unit. */
const SLICE = 200;

/** What a purged record says. */
const EMPTY = '{}';

/**
 * Takes the personal data out of records that were deleted a while ago. Id, externalId and the tie to the person stay, so
 * that a later record of the same externalId finds them. Answers how many there were.
 */
export async function purgeTombstones(database: Database, at: number): Promise<number> {
  let total = 0;
  for (;;) {
    const purged = await database.write((tx) => purgeSlice(tx, at - tombstoneRetention));
    total += purged;
    if (purged < SLICE) return total;
  }
}

async function purgeSlice(tx: Transaction, before: number): Promise<number> {
  const old = await tx.query
    .selectFrom('directory_users')
    .select(['directory_id', 'id'])
    .where('deleted_at', '<=', before)
    .where('document', '<>', EMPTY)
    .limit(SLICE)
    .execute();
  for (const { directory_id, id } of old) {
    await tx.query
      .updateTable('directory_users')
      .set({ document: EMPTY, label: '', user_name_folded: id, display_name_folded: null })
      .where('directory_id', '=', directory_id)
      .where('id', '=', id)
      .execute();
    await tx.query
      .deleteFrom('directory_user_emails')
      .where('directory_id', '=', directory_id)
      .where('directory_user_id', '=', id)
      .execute();
  }
  return old.length;
}
