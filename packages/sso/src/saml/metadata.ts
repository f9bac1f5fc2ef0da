import type { Element } from '@xmldom/xmldom';
import { SsoRefusal } from '../refusal.ts';
import { type IdpCertificate, readCertificate } from '../x509/certificate.ts';
import { emailNameId, ns, postBinding, redirectBinding } from './names.ts';
import { children, everyElement, is, parseXml, textOf } from './xml.ts';

/** What an IdP says of itself in its metadata. */
export interface IdpMetadata {
  readonly entityId: string;
  readonly signOnUrl: string;
  readonly logoutUrl: string | null;
  readonly certificates: readonly IdpCertificate[];
}

const LARGEST = 2_000_000;

/**
 * Reads the metadata of one IdP (SAML metadata §2.4.3). Its signature is not looked at: whoever brings it vouches for it, as
 * for a certificate that is pasted. Throws `metadata_invalid`, `weak_key`, `certificate_invalid`, and what `parseXml` throws.
 */
export function readIdpMetadata(xml: string): IdpMetadata {
  if (xml.length > LARGEST) throw invalid('This is too large for the metadata of one IdP.');
  // Metadata is often written by hand, with comments in it; nothing in it is compared with a signature.
  const root = parseXml(xml.replace(/<!--[\s\S]*?-->/g, ''));
  const entity = findEntity(root);
  const roles = children(entity, ns.metadata, 'IDPSSODescriptor');
  const [role] = roles;
  if (role === undefined)
    throw invalid('This is metadata, but not of an identity provider (no IDPSSODescriptor).');
  const signOnUrl = locationOf(role, 'SingleSignOnService');
  if (signOnUrl === null)
    throw invalid('The IdP offers no sign-on by redirect (SingleSignOnService, HTTP-Redirect).');
  const certificates = certificatesOf(role);
  if (certificates.length === 0) throw invalid('The metadata holds no signing certificate.');
  return {
    entityId: entity.getAttribute('entityID') ?? '',
    signOnUrl,
    logoutUrl: locationOf(role, 'SingleLogoutService'),
    certificates,
  };
}

function findEntity(root: Element): Element {
  const found = everyElement(root).filter(
    (element) =>
      is(element, ns.metadata, 'EntityDescriptor') &&
      children(element, ns.metadata, 'IDPSSODescriptor').length > 0,
  );
  const [entity] = found;
  if (entity === undefined || !entity.getAttribute('entityID')) {
    throw invalid('This is not SAML metadata of an identity provider.');
  }
  if (found.length > 1)
    throw invalid('This holds the metadata of several identity providers. Use a file with one.');
  return entity;
}

/** Only addresses of the web: others would be opened by the browser of whoever signs in. */
function locationOf(role: Element, service: string): string | null {
  const endpoints = children(role, ns.metadata, service);
  const one = endpoints.find((endpoint) => endpoint.getAttribute('Binding') === redirectBinding);
  const location = one?.getAttribute('Location') ?? null;
  return location !== null && /^https?:$/.test(URL.parse(location)?.protocol ?? '')
    ? location
    : null;
}

function certificatesOf(role: Element): IdpCertificate[] {
  const texts = children(role, ns.metadata, 'KeyDescriptor')
    .filter((key) => (key.getAttribute('use') ?? 'signing') === 'signing')
    .flatMap((key) => everyElement(key).filter((one) => is(one, ns.signature, 'X509Certificate')))
    .map(textOf);
  return [...new Set(texts)].map(readCertificate);
}

function invalid(message: string): SsoRefusal {
  return new SsoRefusal('metadata_invalid', message);
}

/** What an IdP has to know of us. */
export interface SpFacts {
  readonly entityId: string;
  readonly acsUrl: string;
  readonly logoutUrl: string;
  /** PEM; for signatures of ours and for encryption to us. */
  readonly certificate: string;
}

/** Our metadata for an IdP. */
export function writeSpMetadata({ entityId, acsUrl, logoutUrl, certificate }: SpFacts): string {
  const base64 = certificate.replace(/-----[^-]+-----|\s/g, '');
  const key = (use: string, methods = '') =>
    `<md:KeyDescriptor use="${use}"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`;
  const gcm = '<md:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="${ns.metadata}" xmlns:ds="${ns.signature}" entityID="${escapeXml(entityId)}">`,
    `<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="true" protocolSupportEnumeration="${ns.protocol}">`,
    key('signing'),
    key('encryption', gcm),
    ...[redirectBinding, postBinding].map(
      (binding) =>
        `<md:SingleLogoutService Binding="${binding}" Location="${escapeXml(logoutUrl)}"/>`,
    ),
    `<md:NameIDFormat>${emailNameId}</md:NameIDFormat>`,
    `<md:AssertionConsumerService index="0" isDefault="true" Binding="${postBinding}" Location="${escapeXml(acsUrl)}"/>`,
    '</md:SPSSODescriptor></md:EntityDescriptor>',
  ].join('\n');
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
