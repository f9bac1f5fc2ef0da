import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { documentOf, readUser, saidByRecord } from '../directory-users/index.ts';
import { foldAddress } from '../users/index.ts';

/** A record that waits for a decision, by its directory. */
export interface WaitingRecord {
  readonly accountId: string;
  readonly directoryId: string;
  readonly recordId: string;
  /** Whom the plan found; null where it found nobody in particular. */
  readonly userId: string | null;
}

/**
 * The people whom an owner may say that a record is: whom the plan found, and everybody who has proved one of its addresses,
 * where a verified domain of the account proves that address too. Nobody else: no decision takes a stranger over.
 */
export async function readCandidates(
  reader: Reader,
  { accountId, directoryId, recordId, userId }: WaitingRecord,
): Promise<readonly string[]> {
  const record = await readUser(reader, directoryId, recordId);
  if (record === undefined) return [];
  const said = saidByRecord({ ...record, user_id: null, link: 'conflict' }, documentOf(record));
  const addresses = (said.emails.length === 0 ? [said.userName] : said.emails).map(foldAddress);
  const rows = await reader.query
    .selectFrom('user_emails as e')
    .select('e.user_id')
    .distinct()
    .where('e.address_folded', 'in', addresses)
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .where(
      sql<boolean>`exists (select 1 from domains d where d.account_id = ${accountId}
        and d.state in ('verified', 'lapsing')
        and substr(e.address_folded, length(e.address_folded) - length(d.name)) = '@' || d.name)`,
    )
    .execute();
  const found = rows.map((row) => row.user_id);
  return userId === null || found.includes(userId) ? found : [userId, ...found];
}
