import type { Reader } from '../../database/index.ts';
import { Refusal } from '../refusal.ts';
import { readPassphraseHash } from '../users/index.ts';
import { listPasskeys, type PasskeyRow } from './passkeys.ts';
import { recoveryCodesLeft } from './recovery-codes.ts';
import { totpSince } from './totp.ts';

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

/** Throws `conflict` where a person is about to remove their only local factor: no sensitive act would be theirs any more. */
export async function requireAnotherFactor(reader: Reader, userId: string): Promise<void> {
  const { passphrase, totpSince: totp, passkeys } = await readFactors(reader, userId);
  const left = Number(passphrase) + Number(totp !== null) + passkeys.length;
  if (left > 1) return;
  throw new Refusal('conflict', 'This is your only local factor. Set another one up first.');
}
