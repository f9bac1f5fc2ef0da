import { Secret, TOTP } from 'otpauth';
import type { Reader, Transaction } from '../../database/index.ts';
import type { SecretBox } from '../../secret-box.ts';
import { notFound, Refusal } from '../refusal.ts';
import { renewRecoveryCodes, spendRecoveryCode } from './recovery-codes.ts';

/** Seconds of one code, and how many codes before and after count as well: clocks differ (RFC 6238 §5.2). */
const PERIOD = 30;
const WINDOW = 1;

/** A person's authenticator app: whose, and what they typed. */
export interface TotpGuess {
  readonly userId: string;
  readonly code: string;
  readonly at: number;
}

/**
 * Begins to set an authenticator app up; it counts once a code of it was confirmed. Throws `conflict` where one is set up
 * already.
 */
export async function beginTotp(
  tx: Transaction,
  secrets: SecretBox,
  { userId, label, issuer, at }: { userId: string; label: string; issuer: string; at: number },
): Promise<{ readonly uri: string; readonly secret: string }> {
  const secret = new Secret({ size: 20 }).base32;
  const row = { secret: secrets.seal(secret, placeOf(userId)), created_at: at };
  const begun = await tx.query
    .insertInto('totp_secrets')
    .values({ user_id: userId, ...row, confirmed_at: null, last_step: 0 })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet(row).where('totp_secrets.confirmed_at', 'is', null),
    )
    .returning('user_id')
    .executeTakeFirst();
  if (begun === undefined) {
    throw new Refusal('conflict', 'An authenticator app is set up already. Remove it first.');
  }
  return { uri: totpOf(secret, { label, issuer }).toString(), secret };
}

/** Sets the app up with a code of it; the recovery codes are here and never again. Throws `wrong_credentials`. */
export async function confirmTotp(
  tx: Transaction,
  secrets: SecretBox,
  { userId, code, at }: TotpGuess,
): Promise<string[]> {
  const known = await readSecret(tx, secrets, userId);
  if (known === undefined || known.confirmedAt !== null) throw notFound('app to confirm');
  const step = stepOf(known.secret, code, at);
  if (step === undefined) throw wrongCode();
  await tx.query
    .updateTable('totp_secrets')
    .set({ confirmed_at: at, last_step: step })
    .where('user_id', '=', userId)
    .execute();
  return renewRecoveryCodes(tx, userId);
}

/**
 * Spends a code of the app, or a recovery code, and answers which it was: neither works twice. Throws `wrong_credentials`
 * where it is neither.
 */
export async function proveTotp(
  tx: Transaction,
  secrets: SecretBox,
  { userId, code, at }: TotpGuess,
): Promise<'app' | 'recovery_code'> {
  const known = await readSecret(tx, secrets, userId);
  const confirmed = known !== undefined && known.confirmedAt !== null;
  const step = confirmed ? stepOf(known.secret, code, at) : undefined;
  if (step === undefined) {
    if (await spendRecoveryCode(tx, userId, code, at)) return 'recovery_code';
    throw wrongCode();
  }
  const spent = await tx.query
    .updateTable('totp_secrets')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .returning('user_id')
    .executeTakeFirst();
  if (spent === undefined) {
    throw new Refusal('wrong_credentials', 'That code was used already. Wait for the next one.');
  }
  return 'app';
}

/** Removes the app. Throws `not_found` without one. */
export async function removeTotp(tx: Transaction, userId: string): Promise<void> {
  const removed = await tx.query
    .deleteFrom('totp_secrets')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .returning('user_id')
    .executeTakeFirst();
  if (removed === undefined) throw notFound('authenticator app');
}

/** Since when the app is set up, UTC milliseconds; null without one. */
export async function totpSince({ query }: Reader, userId: string): Promise<number | null> {
  const row = await query
    .selectFrom('totp_secrets')
    .select('confirmed_at')
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.confirmed_at ?? null;
}

async function readSecret({ query }: Reader, secrets: SecretBox, userId: string) {
  const row = await query
    .selectFrom('totp_secrets')
    .select(['secret', 'confirmed_at as confirmedAt'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row && { ...row, secret: secrets.open(row.secret, placeOf(userId)) };
}

function placeOf(userId: string): string {
  return `totp_secrets/secret/${userId}`;
}

function totpOf(secret: string, names: { label?: string; issuer?: string } = {}): TOTP {
  return new TOTP({ ...names, secret, algorithm: 'SHA1', digits: 6, period: PERIOD });
}

/** The step whose code this is; undefined where it is none of now. */
function stepOf(secret: string, code: string, at: number): number | undefined {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totpOf(secret).validate({ token, timestamp: at, window: WINDOW });
  return delta === null ? undefined : Math.floor(at / 1000 / PERIOD) + delta;
}

function wrongCode(): Refusal {
  return new Refusal('wrong_credentials', 'That code is not right.');
}
