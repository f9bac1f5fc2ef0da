import type { Transaction } from '../database/index.ts';
import type { Mail } from './layout.ts';
import { enqueueMail } from './mails.ts';

/** Mails every active owner and co-owner of an account, in the unit of what the mail tells of. */
export async function mailOwners(
  tx: Transaction,
  { accountId, at }: { readonly accountId: string; readonly at: number },
  mail: Mail,
): Promise<void> {
  for (const recipient of await addressesOf(tx, accountId)) {
    await enqueueMail(tx, { accountId, recipient, at, ...mail });
  }
}

async function addressesOf(tx: Transaction, accountId: string): Promise<string[]> {
  const rows = await tx.query
    .selectFrom('memberships as m')
    .innerJoin('user_emails as e', 'e.user_id', 'm.user_id')
    .select('e.address')
    .where('m.account_id', '=', accountId)
    .where('m.role', 'in', ['owner', 'co_owner'])
    .where('m.state', '=', 'active')
    .where('e.is_primary', '=', 1)
    .where('e.ended_at', 'is', null)
    .orderBy('e.address')
    .execute();
  return rows.map(({ address }) => address);
}
