import { sql } from 'kysely';
import type { Transaction } from '../../database/index.ts';

/** The domain that another account has proved, after an account lost it. */
interface HandOver {
  /** The account that has it now. */
  readonly accountId: string;
  readonly name: string;
  readonly at: number;
}

/**
 * Whoever holds a domain reads its mail, and mail resets a passphrase: so addresses that people proved under the former
 * holder end, and open nothing of what those people have in other accounts. Those of the new holder's own people stay.
 * Answers how many ended.
 */
export async function endFormerAddresses(
  tx: Transaction,
  { accountId, name, at }: HandOver,
): Promise<number> {
  const ended = await tx.query
    .updateTable('user_emails')
    .set({ ended_at: at })
    .where('ended_at', 'is', null)
    .where('proved_at', 'is not', null)
    .where(
      sql<boolean>`substr(address_folded, length(address_folded) - ${name.length}) = ${`@${name}`}`,
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('memberships as m')
            .select('m.user_id')
            .where('m.account_id', '=', accountId)
            .whereRef('m.user_id', '=', 'user_emails.user_id')
            .where('m.state', '<>', 'removed'),
        ),
      ),
    )
    .returning('user_id')
    .execute();
  return ended.length;
}
