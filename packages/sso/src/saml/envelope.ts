import type { Element } from '@xmldom/xmldom';
import { SsoRefusal } from '../refusal.ts';
import { checkSignatures } from './check-signatures.ts';
import { ns, success } from './names.ts';
import { children, elementsOf, everyElement, is, onlyChild, parseXml } from './xml.ts';

/** Characters of a response as it is posted. Real ones have some ten thousand. */
const LARGEST = 400_000;

/** Real responses nest some ten elements deep. */
const DEEPEST = 40;

/** Elements and attributes. Real responses have some two hundred, and for each group that they name one to four more. */
const MOST_NODES = 3_000;

/** A response whose shape leaves only one way to read it. Nothing in it is trusted yet. */
export interface Envelope {
  readonly response: Element;
  /** The one assertion, in clear or encrypted. */
  readonly assertion: Element;
  readonly encrypted: boolean;
}

/** Decodes a response that a form posted. Throws `too_large` and `unreadable`. */
export function decodeResponse(base64: string): string {
  if (base64.length <= LARGEST) return decodeMessage(base64);
  throw new SsoRefusal(
    'too_large',
    `The response is longer than ${LARGEST} characters. Have the IdP send fewer attributes, such as groups.`,
  );
}

/** Decodes what a form posted, however long it is. Throws `unreadable`. */
export function decodeMessage(base64: string): string {
  const packed = base64.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) {
    throw new SsoRefusal(
      'unreadable',
      'The response is not Base64, so it was cut or changed on its way.',
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(packed, 'base64'));
  } catch (cause) {
    throw new SsoRefusal('unreadable', 'The response is not UTF-8 text.', { cause });
  }
}

/**
 * Checks the shape of a response before any signature is looked at: one assertion, where it belongs; ids that name one
 * element each; signatures that can only speak of the element around them. What XML signature wrapping needs is refused here.
 */
export function readEnvelope(xml: string): Envelope {
  const { root: response, all } = readTree(xml);
  if (!is(response, ns.protocol, 'Response')) {
    throw new SsoRefusal(
      'not_a_response',
      `Expected a SAML Response, but the IdP sent ${response.localName}.`,
    );
  }
  requireSuccess(response);
  const { assertion, encrypted } = findAssertion(response, all);
  checkSignatures(all, [response, assertion]);
  return { response, assertion, encrypted };
}

/** Checks an assertion that was decrypted in the same way. */
export function readDecrypted(xml: string): Element {
  const { root: assertion, all } = readTree(xml);
  if (!is(assertion, ns.assertion, 'Assertion') || all.filter(isAssertion).length !== 1) {
    throw new SsoRefusal(
      'several_assertions',
      'The encrypted part must hold one assertion and nothing else.',
    );
  }
  checkSignatures(all, [assertion]);
  return assertion;
}

/** Checks a message that is signed as a whole in the same way. Throws `signature_missing` too. */
export function readSignedWhole(xml: string): Element {
  const { root, all } = readTree(xml);
  checkSignatures(all, [root]);
  if (onlyChild(root, ns.signature, 'Signature') !== undefined) return root;
  throw new SsoRefusal('signature_missing', `The ${root.localName} is not signed.`);
}

function readTree(xml: string): { root: Element; all: readonly Element[] } {
  requireFewNodes(xml);
  const root = parseXml(xml);
  checkDepth(root, 1);
  const all = everyElement(root);
  requireUniqueIds(all);
  return { root, all };
}

/** Anybody may post a document. Parsing it and looking for its signatures cost by its nodes, so they are counted before. */
function requireFewNodes(xml: string): void {
  const nodes = xml.match(/<[^/]|=\s*["']/g) ?? [];
  if (nodes.length <= MOST_NODES) return;
  throw new SsoRefusal(
    'too_large',
    `The document has more than ${MOST_NODES} elements and attributes. Have the IdP send less of a person, such as fewer groups.`,
  );
}

function findAssertion(response: Element, all: readonly Element[]) {
  const found = all.filter(isAssertion);
  const [assertion, ...more] = found;
  if (assertion === undefined) {
    throw new SsoRefusal('assertion_missing', 'The response holds no assertion.');
  }
  if (more.length > 0 || assertion.parentNode !== response) {
    throw new SsoRefusal(
      'several_assertions',
      'The response must hold one assertion, directly in it; another is hidden in it.',
    );
  }
  return { assertion, encrypted: assertion.localName === 'EncryptedAssertion' };
}

/** By its local name alone: whatever may be read as an assertion by anybody counts. */
function isAssertion({ localName }: Element): boolean {
  return localName === 'Assertion' || localName === 'EncryptedAssertion';
}

function requireUniqueIds(all: readonly Element[]): void {
  const seen = new Set<string>();
  for (const element of all) {
    for (const name of ['ID', 'Id', 'id']) {
      const id = element.getAttribute(name);
      if (id === null) continue;
      if (seen.has(id)) {
        throw new SsoRefusal('duplicate_id', 'Two elements of the response have the same id.');
      }
      seen.add(id);
    }
  }
}

function requireSuccess(response: Element): void {
  const status = onlyChild(response, ns.protocol, 'Status');
  const code = status && onlyChild(status, ns.protocol, 'StatusCode');
  if (code?.getAttribute('Value') === success) return;
  const said = status === undefined ? [] : [...codesOf(status), messageOf(status)].filter(Boolean);
  throw new SsoRefusal(
    'idp_refused',
    `The IdP refused the sign-in itself${said.length === 0 ? '' : ` (${said.join(', ')})`}. See its own log; often the person is not assigned to the app.`,
  );
}

/** The last parts of the status codes, outermost first. */
function codesOf(parent: Element): string[] {
  return children(parent, ns.protocol, 'StatusCode').flatMap((code) => [
    (code.getAttribute('Value') ?? '').split(':').at(-1) ?? '',
    ...codesOf(code),
  ]);
}

function messageOf(status: Element): string {
  const message = onlyChild(status, ns.protocol, 'StatusMessage')?.textContent ?? '';
  return message
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .slice(0, 200)
    .trim();
}

function checkDepth(element: Element, depth: number): void {
  if (depth > DEEPEST) throw new SsoRefusal('too_large', 'The document is nested too deeply.');
  for (const child of elementsOf(element)) checkDepth(child, depth + 1);
}
