import type { Reader, Transaction } from '../../database/index.ts';
import { lockPerson } from '../memberships/index.ts';
import { Refusal } from '../refusal.ts';
import { readPassphraseHash } from '../users/index.ts';
import { listPasskeys, type PasskeyRow, removePasskey } from './passkeys.ts';
import { endRecoveryCodes, recoveryCodesLeft } from './recovery-codes.ts';
import { removeTotp, totpSince } from './totp.ts';

/** The local factors of a person. */
export interface LocalFactors {
  readonly passphrase: boolean;
  readonly totpSince: number | null;
  readonly recoveryCodesLeft: number;
  readonly passkeys: readonly PasskeyRow[];
}

export async function readFactors(reader: Reader, userId: string): Promise<LocalFactors> {
  return {
    passphrase: (await readPassphraseHash(reader, userId)) !== null,
    totpSince: await totpSince(reader, userId),
    recoveryCodesLeft: await recoveryCodesLeft(reader, userId),
    passkeys: await listPasskeys(reader, userId),
  };
}

/**
 * Removes a passkey of a person, or their app where `passkeyId` is null, and the recovery codes where they stand in for
 * nothing any more. Throws `not_found`, and `conflict` for the only local factor.
 */
export async function removeFactor(
  tx: Transaction,
  { userId, passkeyId }: { readonly userId: string; readonly passkeyId: string | null },
): Promise<void> {
  // Of two removals at once one must see the other: each alone would leave a factor.
  await lockPerson(tx, userId);
  await requireAnotherFactor(tx, userId);
  if (passkeyId === null) await removeTotp(tx, userId);
  else await removePasskey(tx, { userId, passkeyId });
  if ((await readSecondFactors(tx, userId)) === null) await endRecoveryCodes(tx, userId);
}

/** Without a local factor no sensitive act would be the person's any more. */
async function requireAnotherFactor(reader: Reader, userId: string): Promise<void> {
  const { passphrase, totpSince: totp, passkeys } = await readFactors(reader, userId);
  const left = Number(passphrase) + Number(totp !== null) + passkeys.length;
  if (left > 1) return;
  throw new Refusal('conflict', 'This is your only local factor. Set another one up first.');
}

/** What a person can show besides a passphrase. */
export interface SecondFactors {
  readonly app: boolean;
  readonly passkey: boolean;
  readonly recoveryCode: boolean;
}

/** What a sign-in by passphrase asks for besides; null where the person has set nothing up. */
export async function readSecondFactors(
  reader: Reader,
  userId: string,
): Promise<SecondFactors | null> {
  const app = (await totpSince(reader, userId)) !== null;
  const passkey = (await listPasskeys(reader, userId)).length > 0;
  if (!app && !passkey) return null;
  return { app, passkey, recoveryCode: (await recoveryCodesLeft(reader, userId)) > 0 };
}
