import { randomBytes } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import type { SigningKey } from './keys.ts';
import { issuer, type SamlSettings } from './settings.ts';

/** The person of an assertion. */
export interface Subject {
  readonly nameId: string;
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly sessionIndex: string;
}

const minutes = 60_000;
export const assertionNs = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** A response as Okta posts it: assertion and response signed, RSA-SHA256, valid five minutes around now. */
export function writeResponse(
  key: SigningKey,
  settings: SamlSettings,
  { subject, inResponseTo, now }: { subject: Subject; inResponseTo: string | null; now: number },
): string {
  const answers = inResponseTo === null ? '' : ` InResponseTo="${escapeXml(inResponseTo)}"`;
  const assertion = signElement(
    key,
    'Assertion',
    writeAssertion(settings, { subject, answers, now }),
  );
  const response = [
    `<saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${escapeXml(settings.ssoUrl)}" ID="${newId()}"${answers} IssueInstant="${iso(now)}" Version="2.0">`,
    issuerXml,
    '<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>',
    assertion,
    '</saml2p:Response>',
  ].join('');
  return signElement(key, 'Response', response);
}

const issuerXml = `<saml2:Issuer xmlns:saml2="${assertionNs}" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">${issuer}</saml2:Issuer>`;

function writeAssertion(
  settings: SamlSettings,
  { subject, answers, now }: { subject: Subject; answers: string; now: number },
): string {
  const until = iso(now + 5 * minutes);
  return [
    `<saml2:Assertion xmlns:saml2="${assertionNs}" ID="${newId()}" IssueInstant="${iso(now)}" Version="2.0">`,
    issuerXml.replace(` xmlns:saml2="${assertionNs}"`, ''),
    `<saml2:Subject><saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${escapeXml(subject.nameId)}</saml2:NameID>`,
    `<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml2:SubjectConfirmationData${answers} NotOnOrAfter="${until}" Recipient="${escapeXml(settings.ssoUrl)}"/></saml2:SubjectConfirmation></saml2:Subject>`,
    `<saml2:Conditions NotBefore="${iso(now - 5 * minutes)}" NotOnOrAfter="${until}"><saml2:AudienceRestriction><saml2:Audience>${escapeXml(settings.audience)}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>`,
    `<saml2:AuthnStatement AuthnInstant="${iso(now)}" SessionIndex="${escapeXml(subject.sessionIndex)}"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`,
    writeAttributes(settings, subject),
    '</saml2:Assertion>',
  ].join('');
}

function writeAttributes({ emailAttribute }: SamlSettings, subject: Subject): string {
  if (emailAttribute === '') return '';
  const attributes = [
    [emailAttribute, subject.email],
    ['firstName', subject.firstName],
    ['lastName', subject.lastName],
  ].map(
    ([name = '', value = '']) =>
      `<saml2:Attribute Name="${escapeXml(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified"><saml2:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${escapeXml(value)}</saml2:AttributeValue></saml2:Attribute>`,
  );
  return `<saml2:AttributeStatement>${attributes.join('')}</saml2:AttributeStatement>`;
}

/** Signs an element by an enveloped signature behind its Issuer. */
export function signElement(
  { privateKey, certificate }: SigningKey,
  element: string,
  xml: string,
): string {
  const path = `/*[local-name(.)='${element}']`;
  const signer = new SignedXml({
    privateKey,
    publicCert: certificate,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signer.addReference({
    xpath: path,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
  });
  const location = { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' } as const;
  signer.computeSignature(xml, { prefix: 'ds', location });
  return signer.getSignedXml();
}

/** Our metadata, as Okta serves it, with the bindings that we take: a form from another site is refused here. */
export function writeMetadata(origin: string, { certificate }: SigningKey): string {
  const base64 = certificate.replace(/-----[^-]+-----|\s/g, '');
  const service = (name: string, binding: string, path: string) =>
    `<md:${name} Binding="urn:oasis:names:tc:SAML:2.0:bindings:${binding}" Location="${origin}${path}"/>`;
  return [
    `<?xml version="1.0" encoding="UTF-8"?><md:EntityDescriptor entityID="${issuer}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">`,
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>${base64}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
    service('SingleLogoutService', 'HTTP-Redirect', paths.logout),
    '<md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>',
    service('SingleSignOnService', 'HTTP-Redirect', paths.signOn),
    '</md:IDPSSODescriptor></md:EntityDescriptor>',
  ].join('');
}

/** Where the app's SAML stands. */
export const paths = {
  metadata: '/app/saml/metadata',
  signOn: '/app/saml/sso',
  tile: '/app/saml/open',
  logout: '/app/saml/slo',
} as const;

/** An id that is an XML name. */
export const newId = () => `id${randomBytes(16).toString('hex')}`;
const iso = (at: number) => new Date(at).toISOString();

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
