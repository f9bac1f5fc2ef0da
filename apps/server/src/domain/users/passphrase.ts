import { hash, verify } from '@node-rs/argon2';
import { judgePassphrase, normalizePassphrase, passphraseMinimumLength } from '@rollcall/api';
import { Refusal } from '../refusal.ts';

/** argon2id with 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

/** A hash that no passphrase has, so that an unknown person costs the same time as a wrong passphrase. */
let decoy: Promise<string> | undefined;

/** Hashes a passphrase for storage. Slow on purpose: never inside a write unit. */
export async function hashPassphrase(passphrase: string): Promise<string> {
  return hash(normalizePassphrase(passphrase), cost);
}

/** Whether `passphrase` is the one that was hashed; `null` (nobody, or no passphrase) takes as long and is never right. */
export async function verifyPassphrase(
  stored: string | null,
  passphrase: string,
): Promise<boolean> {
  decoy ??= hashPassphrase(crypto.randomUUID());
  const right = await verify(stored ?? (await decoy), normalizePassphrase(passphrase));
  return right && stored !== null;
}

/** Throws `passphrase_too_short` or `passphrase_too_common`; there are no composition rules. */
export function requireGoodPassphrase(passphrase: string): void {
  const verdict = judgePassphrase(passphrase);
  if (verdict === 'good') return;
  if (verdict === 'too_short') {
    const message = `Use at least ${passphraseMinimumLength} characters.`;
    throw new Refusal('passphrase_too_short', message, {
      fields: [{ path: ['passphrase'], message }],
    });
  }
  const message = 'This passphrase is among the first that anybody would try. Use another one.';
  throw new Refusal('passphrase_too_common', message, {
    fields: [{ path: ['passphrase'], message }],
  });
}
