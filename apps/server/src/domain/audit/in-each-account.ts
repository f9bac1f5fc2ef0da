import type { Transaction } from '../../database/index.ts';
import { type AuditRecord, recordAudit } from './audit-event.ts';

/** Records what concerns a person, and not one account alone, in each account that they are in. */
export async function recordInEachAccount(
  tx: Transaction,
  { id, name }: { readonly id: string; readonly name: string },
  done: Omit<AuditRecord, 'accountId' | 'subject'>,
): Promise<void> {
  const memberships = await tx.query
    .selectFrom('memberships')
    .select('account_id as accountId')
    .where('user_id', '=', id)
    .where('state', '<>', 'removed')
    .orderBy('account_id')
    .execute();
  for (const { accountId } of memberships) {
    await recordAudit(tx, { ...done, accountId, subject: { kind: 'user', id, name } });
  }
}
