import { hash, randomBytes } from 'node:crypto';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BYTES = 32;
const LENGTH = 43;

/**
 * A secret of 256 random bits: `prefix` and 43 letters and digits, so that one double click selects all of it. Whoever
 * makes one shows it once and stores {@link digestOf} it.
 */
export function newSecret(prefix = ''): string {
  let rest = BigInt(`0x${randomBytes(BYTES).toString('hex')}`);
  let text = '';
  while (text.length < LENGTH) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return prefix + text;
}

/** The form in which a secret is stored and looked up: SHA-256, lower-case hex. At 256 bits nothing slower buys anything. */
export function digestOf(secret: string): string {
  return hash('sha256', secret, 'hex');
}
