import type { Transaction } from '../../database/index.ts';
import { endAllSessions } from '../sessions/index.ts';
import { type FactorReset, noteFactorReset, type Product } from './changes.ts';
import { readSecondFactors } from './factors.ts';

const tables = ['totp_secrets', 'passkeys', 'recovery_codes'] as const;

/**
 * Removes the authenticator app, passkeys and recovery codes of somebody who has lost them, and ends their sessions, so
 * that a passphrase alone signs in. Their mail tells them, and each account that they are in finds it in its audit log.
 * False without any.
 */
export async function resetSecondFactors(
  tx: Transaction,
  product: Product,
  reset: FactorReset,
): Promise<boolean> {
  const { userId, at } = reset;
  if ((await readSecondFactors(tx, userId)) === null) return false;
  for (const table of tables) {
    await tx.query.deleteFrom(table).where('user_id', '=', userId).execute();
  }
  await endAllSessions(tx, userId, at);
  await noteFactorReset(tx, product, reset);
  return true;
}
