import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';

/** Invitations of outsiders a day, where the directory says nothing. */
const OUTSIDERS_PER_DAY = 20;

/** How many outsiders a directory may have invited in 24 hours, by its stored policies. */
export function outsidersPerDayOf(policies: string): number {
  // The document is written by the directories' own settings, in the shape that the management API checks.
  const stored = JSON.parse(policies) as { readonly outsidersPerDay?: number };
  return stored.outsidersPerDay ?? OUTSIDERS_PER_DAY;
}

type Account = { accountId: string };

/** Invitations of one directory are let out one after another, whoever lets them out. */
const lockInviting = statement('seats.lock_inviting', (db, p: Placeholders<Account>, dialect) =>
  dialect.forUpdate(
    db
      .selectFrom('directories as d')
      .select('d.id')
      .where('d.account_id', '=', p.accountId)
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('effects as e')
            .select('e.id')
            .where('e.account_id', '=', p.accountId)
            .where('e.settled_at', 'is', null)
            .where('e.reason', '=', 'no_seat')
            .where('e.kind', '=', 'invited')
            .whereRef('e.directory_id', '=', 'd.id'),
        ),
      )
      .orderBy('d.id'),
  ),
);

const countSent = statement(
  'seats.invited_today',
  (db, p: Placeholders<Account & { since: number }>) =>
    db
      .selectFrom('directories as d')
      .select([
        'd.id',
        'd.policies',
        sql<number>`(select count(*) from invitations i where i.account_id = d.account_id
          and i.directory_id = d.id and i.sent_at > ${p.since})`.as('sent'),
      ])
      .where('d.account_id', '=', p.accountId),
);

/**
 * How many outsiders each directory of an account may still have invited today; empty where no invitation waits for a
 * seat. Locks those directories before it counts.
 */
export async function roomsToday(
  tx: Transaction,
  accountId: string,
  at: number,
): Promise<ReadonlyMap<string, number>> {
  const inviting = await tx.all(lockInviting, { accountId });
  if (inviting.length === 0) return new Map();
  const rows = await tx.all(countSent, { accountId, since: at - day });
  return new Map(rows.map(({ id, policies, sent }) => [id, outsidersPerDayOf(policies) - sent]));
}
