import type { Element } from '@xmldom/xmldom';
import { SsoRefusal } from '../refusal.ts';
import {
  canonicalizations,
  digestAlgorithms,
  ns,
  signatureAlgorithms,
  transforms,
} from './names.ts';
import { children, elementsOf, everyElement, is, onlyChild } from './xml.ts';

/**
 * Requires that every signature stands directly in one of `signable`, speaks of that element and of nothing else, and uses
 * trusted algorithms. Whether it is right is node-saml's to tell. Throws `signature_misplaced` and `weak_algorithm`.
 */
export function checkSignatures(all: readonly Element[], signable: readonly Element[]): void {
  const signatures = all.filter((element) => is(element, ns.signature, 'Signature'));
  for (const signature of signatures) {
    const owner = signable.find((element) => signature.parentNode === element);
    if (owner === undefined) {
      throw misplaced('A signature stands where it cannot speak of the response or the assertion.');
    }
    checkShape(signature, owner);
    checkAlgorithms(signature);
  }
  for (const owner of signable) {
    if (children(owner, ns.signature, 'Signature').length > 1) {
      throw misplaced(`${owner.localName} is signed twice.`);
    }
  }
}

function checkShape(signature: Element, owner: Element): void {
  const info = onlyChild(signature, ns.signature, 'SignedInfo');
  const value = onlyChild(signature, ns.signature, 'SignatureValue');
  const allowed = new Set(['SignedInfo', 'SignatureValue', 'KeyInfo']);
  const strange = elementsOf(signature).some(({ localName }) => !allowed.has(localName ?? ''));
  if (info === undefined || value === undefined || strange) {
    throw misplaced(
      'A signature must hold SignedInfo, SignatureValue and KeyInfo, each once, and nothing else.',
    );
  }
  const reference = onlyChild(info, ns.signature, 'Reference');
  const id = owner.getAttribute('ID') ?? '';
  if (reference === undefined || id === '' || reference.getAttribute('URI') !== `#${id}`) {
    throw misplaced(`The signature in ${owner.localName} speaks of another element.`);
  }
}

const trusted: Readonly<Record<string, ReadonlySet<string>>> = {
  SignatureMethod: signatureAlgorithms,
  DigestMethod: digestAlgorithms,
  CanonicalizationMethod: canonicalizations,
  Transform: transforms,
};

function checkAlgorithms(signature: Element): void {
  for (const element of everyElement(signature)) {
    const list = trusted[element.localName ?? ''];
    const algorithm = element.getAttribute('Algorithm') ?? '';
    if (list === undefined || list.has(algorithm)) continue;
    const name = algorithm.split('#').at(-1) || algorithm || 'none';
    throw new SsoRefusal(
      'weak_algorithm',
      `The signature uses ${name}, which is not accepted. In the IdP choose RSA-SHA256 as signature and SHA256 as digest algorithm.`,
    );
  }
}

function misplaced(message: string): SsoRefusal {
  return new SsoRefusal('signature_misplaced', message);
}
