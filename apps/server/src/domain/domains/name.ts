import { domainToASCII, domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import { Refusal } from '../refusal.ts';
import { sharedMailDomains } from './shared-mail-domains.ts';

/** The host of the record stands before the name, and all of it has at most 253 characters (RFC 1035 §3.1). */
const LONGEST = 240;

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * Reads a domain as people write it (`Example.com.`, `@example.com`, `münchen.example`) into the form that is stored and
 * compared: ASCII, lower case. Throws `domain_invalid` for what is no domain, for a public suffix, and for a domain that
 * many strangers have addresses in, unless that is allowed.
 */
export function readDomainName(text: string, allow: { readonly shared?: true } = {}): string {
  const written = text.trim().replace(/^@/, '').replace(/\.$/, '');
  const name = domainToASCII(written.toLowerCase());
  const labels = name.split('.');
  const wellFormed = labels.length > 1 && labels.every((label) => LABEL.test(label));
  if (!wellFormed || name.length > LONGEST) {
    throw invalid('Enter a domain such as example.com: what stands behind the @ of an address.');
  }
  const { domain, isIp, publicSuffix } = parse(name, { allowPrivateDomains: true });
  if (isIp || /^\d+$/.test(labels.at(-1) ?? '')) {
    throw invalid('That is an address of a machine. Enter a domain such as example.com.');
  }
  if (publicSuffix === name) {
    throw invalid(`Anybody can register names below ${shown(name)}. Enter a domain of your own.`);
  }
  if (!allow.shared && sharedMailDomains.has(domain ?? name)) {
    throw invalid(
      `${shown(name)} belongs to a mail service that anybody can use, so nobody owns it here.`,
    );
  }
  return name;
}

/** A stored name as people read it: IDNs in their own letters. */
export function shown(name: string): string {
  return domainToUnicode(name) || name;
}

/** The names above a stored one that can be a company's own, the nearest first: `b.example.com`, `example.com`. */
export function namesAbove(name: string): readonly string[] {
  const root = rootOf(name);
  const above: string[] = [];
  for (let rest = name; rest !== root; ) {
    rest = rest.slice(rest.indexOf('.') + 1);
    above.push(rest);
  }
  return above;
}

/** What was registered: `example.co.uk` of `mail.example.co.uk`. */
export function rootOf(name: string): string {
  return parse(name, { allowPrivateDomains: true }).domain ?? name;
}

function invalid(message: string): Refusal {
  return new Refusal('domain_invalid', message, { fields: [{ path: ['name'], message }] });
}
