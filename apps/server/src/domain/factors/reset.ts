import type { Transaction } from '../../database/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { endAllSessions } from '../sessions/index.ts';

/** Whose second factors go, and who has seen to it that it is them. */
export interface FactorReset {
  readonly userId: string;
  readonly actor: Actor;
  readonly at: number;
}

const tables = ['totp_secrets', 'passkeys', 'recovery_codes'] as const;

/**
 * Removes the authenticator app, passkeys and recovery codes of somebody who has lost them, and ends their sessions, so
 * that a passphrase alone signs in. Each account that they are in finds it in its audit log. False without any.
 */
export async function resetSecondFactors(
  tx: Transaction,
  { userId, actor, at }: FactorReset,
): Promise<boolean> {
  let removed = false;
  for (const table of tables) {
    const rows = await tx.query
      .deleteFrom(table)
      .where('user_id', '=', userId)
      .returning('user_id')
      .execute();
    removed ||= rows.length > 0;
  }
  if (!removed) return false;
  await endAllSessions(tx, userId, at);
  await auditReset(tx, { userId, actor, at });
  return true;
}

async function auditReset(tx: Transaction, { userId, actor, at }: FactorReset): Promise<void> {
  const memberships = await tx.query
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['m.account_id', 'u.name'])
    .where('m.user_id', '=', userId)
    .where('m.state', '<>', 'removed')
    .orderBy('m.account_id')
    .execute();
  for (const { account_id: accountId, name } of memberships) {
    const subject = { kind: 'user', id: userId, name };
    await recordAudit(tx, { accountId, actor, action: 'user.factors_reset', subject, at });
  }
}
