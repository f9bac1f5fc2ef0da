import { DOMParser, type Document, type Element, onWarningStopParsing } from '@xmldom/xmldom';
import { SsoRefusal } from '../refusal.ts';

/** What IdPs write declares some ten prefixes. */
const MOST_PREFIXES = 50;

/**
 * Parses XML strictly and without a DTD. Throws `doctype`, `markup` for comments, CDATA and instructions, `too_large` for a
 * crowd of namespace prefixes, and `unreadable`.
 */
export function parseXml(text: string): Element {
  refuseMarkup(text);
  refuseManyPrefixes(text);
  let document: Document;
  try {
    document = new DOMParser({ onError: onWarningStopParsing }).parseFromString(text, 'text/xml');
  } catch (cause) {
    throw new SsoRefusal('unreadable', 'The IdP sent something that is not well-formed XML.', {
      cause,
    });
  }
  const root = document.documentElement;
  if (root === null) throw new SsoRefusal('unreadable', 'The IdP sent an empty document.');
  return root;
}

/**
 * In XML a `<` begins markup wherever it stands, so this needs no parser. Comments and their like are left out of a
 * signature, so that two readers of one signed text can see different things in it.
 */
function refuseMarkup(text: string): void {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) {
    throw new SsoRefusal('doctype', 'The document has a DOCTYPE, which no SAML message may have.');
  }
  const body = text.replace(/^\uFEFF?\s*<\?xml\s[^<>]*\?>/, '');
  if (/<[!?]/.test(body)) {
    throw new SsoRefusal(
      'markup',
      'The document has a comment, a CDATA section or a processing instruction, which could hide a change.',
    );
  }
}

/** The parser copies every prefix in scope for each element that declares one: many would cost their square. */
function refuseManyPrefixes(text: string): void {
  const prefixes = new Set(text.match(/xmlns:[^\s=]+/g));
  if (prefixes.size > MOST_PREFIXES) {
    throw new SsoRefusal(
      'too_large',
      `The document declares more than ${MOST_PREFIXES} namespace prefixes.`,
    );
  }
}

/** The child elements of that name. */
export function children(parent: Element, namespace: string, name: string): Element[] {
  return elementsOf(parent).filter((child) => is(child, namespace, name));
}

/** The child element of that name where there is exactly one. */
export function onlyChild(parent: Element, namespace: string, name: string): Element | undefined {
  const [first, ...more] = children(parent, namespace, name);
  return more.length === 0 ? first : undefined;
}

export function elementsOf(parent: Element): Element[] {
  return [...parent.childNodes].filter(isElement);
}

/** Every element of a tree, the root first. */
export function everyElement(root: Element): Element[] {
  return [root, ...elementsOf(root).flatMap(everyElement)];
}

export function is(element: Element, namespace: string, name: string): boolean {
  return element.namespaceURI === namespace && element.localName === name;
}

/** The text of an element without elements in it, without blanks around; empty where there is none. */
export function textOf(element: Element | undefined): string {
  if (element === undefined || elementsOf(element).length > 0) return '';
  return (element.textContent ?? '').trim();
}

function isElement(node: { readonly nodeType: number }): node is Element {
  return node.nodeType === 1;
}
