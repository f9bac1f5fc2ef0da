import type { Element } from '@xmldom/xmldom';
import { SsoRefusal } from '../refusal.ts';
import { bearer, ns } from './names.ts';
import { children, is, onlyChild, parseXml, textOf } from './xml.ts';

/** Clocks of an IdP and of ours may differ by this much, in milliseconds. */
const SKEW = 3 * 60_000;

/** What an assertion must say to be for us, now. */
export interface Expected {
  readonly issuer: string;
  readonly audience: string;
  /** The URL that the response came to. */
  readonly recipient: string;
  /** UTC milliseconds. */
  readonly now: number;
}

/** Whom an IdP vouches for. Every value comes out of the bytes that its signature covers. */
export interface SamlIdentity {
  readonly assertionId: string;
  /** The NameID. */
  readonly subject: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string | null;
  /** The request that this answers; null where the IdP began. */
  readonly inResponseTo: string | null;
  /** When the IdP saw the person sign in, UTC milliseconds; null where it does not say. */
  readonly authenticatedAt: number | null;
  /** Until when the assertion could be used again, UTC milliseconds. */
  readonly usableUntil: number;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads an assertion whose signature was verified, out of exactly the verified text. Throws `issuer_mismatch`,
 * `audience_mismatch`, `recipient_mismatch`, `not_yet_valid`, `expired` and `subject_missing` (SAML profiles §4.1.4.3).
 */
export function readAssertion(verified: string, expected: Expected): SamlIdentity {
  const assertion = parseXml(verified);
  const id = assertion.getAttribute('ID') ?? '';
  if (!is(assertion, ns.assertion, 'Assertion') || id === '') {
    throw new SsoRefusal('assertion_missing', 'What is signed is not an assertion.');
  }
  requireIssuer(assertion, expected.issuer);
  const conditionsEnd = checkConditions(assertion, expected);
  const { subject, format, confirmation } = readSubject(assertion, expected);
  const statement = children(assertion, ns.assertion, 'AuthnStatement')[0];
  return {
    assertionId: id,
    subject,
    nameIdFormat: format,
    sessionIndex: statement?.getAttribute('SessionIndex') ?? null,
    inResponseTo: confirmation.getAttribute('InResponseTo'),
    authenticatedAt: instantOf(statement?.getAttribute('AuthnInstant') ?? null),
    usableUntil: Math.max(conditionsEnd, timeOf(confirmation, 'NotOnOrAfter') ?? 0) + SKEW,
    attributes: readAttributes(assertion),
  };
}

/** Throws `issuer_mismatch` unless the element's Issuer is the IdP's. */
export function requireIssuer(element: Element, issuer: string): void {
  const said = textOf(onlyChild(element, ns.assertion, 'Issuer'));
  if (said === issuer) return;
  throw new SsoRefusal(
    'issuer_mismatch',
    `The response comes from ${said || 'nobody who is named'}, but this connection trusts ${issuer}. Compare the IdP's issuer (entity ID) with that of the connection.`,
  );
}

function checkConditions(assertion: Element, { audience, now }: Expected): number {
  const conditions = onlyChild(assertion, ns.assertion, 'Conditions');
  const restrictions = conditions && children(conditions, ns.assertion, 'AudienceRestriction');
  const audiences = (restrictions ?? []).map((restriction) =>
    children(restriction, ns.assertion, 'Audience').map(textOf),
  );
  if (
    conditions === undefined ||
    audiences.length === 0 ||
    !audiences.every((list) => list.includes(audience))
  ) {
    const said = audiences.flat().join(', ') || 'nobody';
    throw new SsoRefusal(
      'audience_mismatch',
      `The assertion is meant for ${said}. In the IdP set the Audience URI (SP Entity ID) to ${audience}.`,
    );
  }
  checkTime(conditions, now);
  return timeOf(conditions, 'NotOnOrAfter') ?? 0;
}

function readSubject(assertion: Element, expected: Expected) {
  const subject = onlyChild(assertion, ns.assertion, 'Subject');
  const nameId = subject && onlyChild(subject, ns.assertion, 'NameID');
  const name = textOf(nameId);
  if (subject === undefined || name === '' || name.length > 512) {
    throw new SsoRefusal(
      'subject_missing',
      'The assertion names no person. In the IdP set the Name ID format to EmailAddress and the application username to Email.',
    );
  }
  const confirmation = findConfirmation(subject, expected);
  return { subject: name, format: nameId?.getAttribute('Format') ?? '', confirmation };
}

/** The first bearer confirmation that is for us, now; where there is none, what is wrong with the first. */
function findConfirmation(subject: Element, expected: Expected): Element {
  const data = children(subject, ns.assertion, 'SubjectConfirmation')
    .filter((one) => one.getAttribute('Method') === bearer)
    .flatMap((one) => children(one, ns.assertion, 'SubjectConfirmationData'));
  let objection: unknown = new SsoRefusal(
    'subject_missing',
    'The assertion has no bearer confirmation, so it cannot be used to sign in.',
  );
  for (const one of data.toReversed()) {
    try {
      checkConfirmation(one, expected);
      return one;
    } catch (error) {
      objection = error;
    }
  }
  throw objection;
}

function checkConfirmation(data: Element, { recipient, now }: Expected): void {
  const said = data.getAttribute('Recipient');
  if (said !== recipient) {
    throw new SsoRefusal(
      'recipient_mismatch',
      `The assertion is for ${said ?? 'no recipient'}. In the IdP set the Single sign-on URL to ${recipient}.`,
    );
  }
  if (timeOf(data, 'NotOnOrAfter') === null) {
    throw new SsoRefusal('expired', 'The assertion does not say until when it may be used.');
  }
  checkTime(data, now);
}

function checkTime(element: Element, now: number): void {
  const from = timeOf(element, 'NotBefore');
  const until = timeOf(element, 'NotOnOrAfter');
  if (from !== null && now + SKEW < from) {
    throw new SsoRefusal(
      'not_yet_valid',
      `The assertion is valid from ${shown(from)} on, and here it is ${shown(now)}. Set the clocks of both servers.`,
    );
  }
  if (until !== null && now - SKEW >= until) {
    throw new SsoRefusal(
      'expired',
      `The assertion was valid until ${shown(until)}, and here it is ${shown(now)}. Sign in again; if this goes on, set the clocks of both servers.`,
    );
  }
}

const shown = (at: number) => new Date(at).toISOString();

/** A time of an attribute; null where it is not there. One that cannot be read counts as long past. */
function timeOf(element: Element, name: string): number | null {
  const text = element.getAttribute(name);
  return text === null ? null : (instantOf(text) ?? 0);
}

function instantOf(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text))
    return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}

function readAttributes(assertion: Element): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, string[]>();
  for (const statement of children(assertion, ns.assertion, 'AttributeStatement')) {
    for (const attribute of children(statement, ns.assertion, 'Attribute')) {
      const name = attribute.getAttribute('Name') ?? '';
      const values = children(attribute, ns.assertion, 'AttributeValue').map(textOf);
      attributes.set(name, [...(attributes.get(name) ?? []), ...values]);
    }
  }
  return attributes;
}
