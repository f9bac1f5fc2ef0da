import { fold } from '@rollcall/scim';
import { Refusal } from '../refusal.ts';

/** One @, something before it, a host with a dot behind it, no blanks or control characters. Only mail proves more. */
const SHAPE = /^[^\s@\p{Cc}]{1,64}@[^\s@\p{Cc}.]+(\.[^\s@\p{Cc}.]+)+$/u;

/** Throws `email_invalid` unless `address` has the shape of an e-mail address. */
export function requireEmailAddress(address: string): void {
  if (address.length <= 254 && SHAPE.test(address)) return;
  throw new Refusal('email_invalid', `${address} is not an e-mail address.`, {
    fields: [{ path: ['email'], message: 'Enter an address such as ada@example.com.' }],
  });
}

/** The form in which addresses are compared and stored as keys. */
export function foldAddress(address: string): string {
  return fold(address);
}

/** The domain of an address, folded: `example.com`. Empty where there is none. */
export function domainOf(address: string): string {
  return fold(address.slice(address.lastIndexOf('@') + 1));
}
