import type { Transaction } from '../../database/index.ts';
import type { Actor } from '../audit/index.ts';
import { endAllSessions } from '../sessions/index.ts';
import { auditInEachAccount } from './changes.ts';
import { readSecondFactors } from './factors.ts';

/** Whose second factors go, and who has seen to it that it is them. */
interface FactorReset {
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
  if ((await readSecondFactors(tx, userId)) === null) return false;
  for (const table of tables) {
    await tx.query.deleteFrom(table).where('user_id', '=', userId).execute();
  }
  await endAllSessions(tx, userId, at);
  await auditInEachAccount(tx, { userId, actor, action: 'user.factors_reset', at });
  return true;
}
