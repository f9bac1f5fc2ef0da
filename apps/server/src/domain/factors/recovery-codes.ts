import { randomInt } from 'node:crypto';
import type { Reader, Transaction } from '../../database/index.ts';
import { digestOf } from '../../secret.ts';

/** Codes that are made at once, and the letters of each: none that is mistaken for another. 50 bits. */
const CODES = 10;
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';
const LENGTH = 10;

/** Makes new recovery codes in place of the old ones; they are here and never again. */
export async function renewRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await endRecoveryCodes(tx, userId);
  await tx.query
    .insertInto('recovery_codes')
    .values(
      codes.map((code) => ({ user_id: userId, digest: codeDigest(userId, code), used_at: null })),
    )
    .execute();
  return codes;
}

/** Ends all codes of a person. */
export async function endRecoveryCodes(tx: Transaction, userId: string): Promise<void> {
  await tx.query.deleteFrom('recovery_codes').where('user_id', '=', userId).execute();
}

/** Spends a recovery code; false where it is none of this person's, or was spent. */
export async function spendRecoveryCode(
  tx: Transaction,
  userId: string,
  code: string,
  at: number,
): Promise<boolean> {
  const spent = await tx.query
    .updateTable('recovery_codes')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .where('digest', '=', codeDigest(userId, code))
    .where('used_at', 'is', null)
    .returning('digest')
    .executeTakeFirst();
  return spent !== undefined;
}

/** How many codes are left. */
export async function recoveryCodesLeft({ query }: Reader, userId: string): Promise<number> {
  const { count } = await query
    .selectFrom('recovery_codes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(count);
}

function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length)));
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

/** Bound to its person, so that one table of digests helps against nobody else. Dashes and case are as people type them. */
function codeDigest(userId: string, code: string): string {
  return digestOf(`${userId}:${code.replace(/[\s-]/g, '').toLowerCase()}`);
}
