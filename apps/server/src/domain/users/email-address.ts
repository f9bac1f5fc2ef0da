import { domainToASCII } from 'node:url';
import { fold } from '@rollcall/scim';
import { Refusal } from '../refusal.ts';

/**
 * One @, something before it, a host with a dot behind it. No blanks, control or invisible characters, and nothing that
 * separates or quotes addresses in the head of a mail. Only mail proves more.
 */
const SHAPE =
  /^[^\s@\p{Cc}\p{Cf},;<>"\\]{1,64}@[^\s@\p{Cc}\p{Cf},;<>"\\.]+(\.[^\s@\p{Cc}\p{Cf},;<>"\\.]+)+$/u;

const LONGEST = 254;

/** Whether a text has the shape of one e-mail address. */
export function isEmailAddress(text: string): boolean {
  return text.length <= LONGEST && SHAPE.test(text);
}

/** Throws `email_invalid` unless `address` has the shape of an e-mail address. */
export function requireEmailAddress(address: string): void {
  if (isEmailAddress(address)) return;
  throw new Refusal('email_invalid', `${address} is not an e-mail address.`, {
    fields: [{ path: ['email'], message: 'Enter an address such as ada@example.com.' }],
  });
}

const ASCII = /^[\x20-\x7e]*$/;

/** The form in which addresses are compared and stored as keys: folded, an international domain as `xn--…`. */
export function foldAddress(address: string): string {
  const folded = fold(address);
  if (ASCII.test(folded)) return folded;
  const at = folded.lastIndexOf('@') + 1;
  return folded.slice(0, at) + (domainToASCII(folded.slice(at)) || folded.slice(at));
}

/** The domain of an address as domains are stored: `example.com`, `xn--mnchen-3ya.example`. */
export function domainOf(address: string): string {
  const folded = foldAddress(address);
  return folded.slice(folded.lastIndexOf('@') + 1);
}
