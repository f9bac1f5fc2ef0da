import { verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import type { Element } from '@xmldom/xmldom';
import { SsoRefusal } from '../refusal.ts';
import { requireIssuer } from './assertion.ts';
import { decodeMessage, readSignedWhole } from './envelope.ts';
import { ns, success } from './names.ts';
import { children, is, onlyChild, parseXml, textOf } from './xml.ts';

/** Characters of a message, by either binding. Real ones have some thousand, signed ones some five thousand. */
const LARGEST = 100_000;
const SKEW = 3 * 60_000;

/** A request goes through a browser that is there: what its `NotOnOrAfter` says beyond this is not believed. */
const LONGEST = 10 * 60_000;

const hashes: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512': 'sha512',
};

/** What the IdP sent to our logout address. */
export type LogoutMessage =
  | {
      readonly kind: 'request';
      readonly id: string;
      readonly subject: string;
      readonly sessionIndexes: readonly string[];
      /** When it is no longer accepted; until then its id must be remembered, so that it is followed once. */
      readonly usableUntil: number;
    }
  | { readonly kind: 'response'; readonly inResponseTo: string; readonly succeeded: boolean };

export interface LogoutTrust {
  readonly issuer: string;
  readonly destination: string;
  /** PEM. */
  readonly certificates: readonly string[];
  readonly now: number;
}

/**
 * Reads a logout message of the redirect binding (SAML bindings §3.4.4.1) from the query as the browser sent it. It must be
 * signed. Throws `logout_invalid`, `weak_algorithm`, `signature_invalid`, `issuer_mismatch`, `destination_mismatch` and `expired`.
 */
export function readLogout(query: string, trust: LogoutTrust): LogoutMessage {
  const parameters = parametersOf(query);
  const name = parameters.has('SAMLRequest') ? 'SAMLRequest' : 'SAMLResponse';
  const encoded = parameters.get(name);
  if (encoded === undefined) throw invalid('The address holds no SAML message.');
  requireSignature(parameters, name, trust.certificates);
  return readMessage(parseXml(inflate(decoded(encoded))), trust);
}

/** The fields of a form that an IdP's page posted. */
export interface LogoutForm {
  readonly SAMLRequest?: string | undefined;
  readonly SAMLResponse?: string | undefined;
}

/**
 * Reads a logout message of the POST binding (SAML bindings §3.5). It must be signed as a whole; whether the signature is
 * right is for `verify` to tell. Throws what {@link readLogout} does, `too_large`, and what the shape of a signed document is
 * refused for.
 */
export async function readPostedLogout(
  form: LogoutForm,
  trust: LogoutTrust,
  verify: () => Promise<void>,
): Promise<LogoutMessage> {
  const encoded = form.SAMLRequest ?? form.SAMLResponse;
  if (encoded === undefined) throw invalid('The form holds no SAML message.');
  if (encoded.length > LARGEST) {
    throw new SsoRefusal(
      'too_large',
      `The logout message is longer than ${LARGEST} characters, which none needs.`,
    );
  }
  const message = readMessage(readSignedWhole(decodeMessage(encoded)), trust);
  await verify();
  return message;
}

function readMessage(root: Element, trust: LogoutTrust): LogoutMessage {
  requireIssuer(root, trust.issuer);
  const destination = root.getAttribute('Destination');
  if (destination !== trust.destination) {
    throw new SsoRefusal(
      'destination_mismatch',
      `The message is for ${destination ?? 'nowhere'}. In the IdP set the Single Logout URL to ${trust.destination}.`,
    );
  }
  return is(root, ns.protocol, 'LogoutRequest') ? readRequest(root, trust.now) : readResponse(root);
}

/** Raw values by name: a signature covers them as they were written. */
function parametersOf(query: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  for (const part of query.split('&')) {
    const cut = part.indexOf('=');
    const name = cut < 0 ? part : part.slice(0, cut);
    if (map.has(name)) throw invalid('A parameter comes twice.');
    map.set(name, cut < 0 ? '' : part.slice(cut + 1));
  }
  return map;
}

function requireSignature(
  parameters: ReadonlyMap<string, string>,
  name: string,
  certificates: readonly string[],
): void {
  const signature = parameters.get('Signature');
  const algorithm = decoded(parameters.get('SigAlg') ?? '');
  if (signature === undefined)
    throw new SsoRefusal('signature_missing', 'The logout message is not signed.');
  const hash = hashes[algorithm];
  if (hash === undefined) {
    throw new SsoRefusal('weak_algorithm', 'The logout message is not signed with RSA-SHA256.');
  }
  const signed = [name, 'RelayState', 'SigAlg']
    .filter((one) => parameters.has(one))
    .map((one) => `${one}=${parameters.get(one)}`)
    .join('&');
  const bytes = Buffer.from(decoded(signature), 'base64');
  if (certificates.some((pem) => verify(hash, Buffer.from(signed), pem, bytes))) return;
  throw new SsoRefusal(
    'signature_invalid',
    "The logout message is not signed by a key of this connection's certificates.",
  );
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw.replaceAll('+', '%20'));
  } catch (cause) {
    throw new SsoRefusal('logout_invalid', 'The address is not encoded rightly.', { cause });
  }
}

function inflate(base64: string): string {
  try {
    return inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: LARGEST }).toString(
      'utf8',
    );
  } catch (cause) {
    throw new SsoRefusal('logout_invalid', 'The SAML message in the address cannot be unpacked.', {
      cause,
    });
  }
}

function readRequest(root: Element, now: number): LogoutMessage {
  const usableUntil = readUsableUntil(root, now);
  const subject = textOf(onlyChild(root, ns.assertion, 'NameID'));
  const id = root.getAttribute('ID') ?? '';
  if (subject === '' || id === '') throw invalid('The logout request names no person.');
  return {
    kind: 'request',
    id,
    subject,
    sessionIndexes: children(root, ns.protocol, 'SessionIndex').map(textOf),
    usableUntil,
  };
}

/** Throws `expired`, also where a time cannot be read. */
function readUsableUntil(root: Element, now: number): number {
  const issued = Date.parse(root.getAttribute('IssueInstant') ?? '');
  const said = root.getAttribute('NotOnOrAfter');
  const end = said === null ? issued + SKEW : Date.parse(said);
  const usableUntil = Math.min(end, issued + LONGEST) + SKEW;
  if (issued <= now + SKEW && now < usableUntil) return usableUntil;
  throw new SsoRefusal(
    'expired',
    'The logout request is too old, or of the future. Set the clocks of both servers.',
  );
}

function readResponse(root: Element): LogoutMessage {
  if (!is(root, ns.protocol, 'LogoutResponse')) throw invalid('This is no logout message.');
  const status = onlyChild(root, ns.protocol, 'Status');
  const code = status && onlyChild(status, ns.protocol, 'StatusCode');
  return {
    kind: 'response',
    inResponseTo: root.getAttribute('InResponseTo') ?? '',
    succeeded: code?.getAttribute('Value') === success,
  };
}

function invalid(message: string): SsoRefusal {
  return new SsoRefusal('logout_invalid', message);
}
