import { createPublicKey } from 'node:crypto';
import { promisify } from 'node:util';
import { SignedXml } from 'xml-crypto';
import { type EncryptOptions, encrypt } from 'xml-encryption';
import {
  type KeyPair,
  makeKeyPair,
  type SamlMemory,
  type SamlTrust,
  samlServiceProvider,
} from '../../src/index.ts';

/** 24 November 2026, 09:00 UTC. */
const now = Date.UTC(2026, 10, 24, 9);
export const iso = (offset = 0) => new Date(now + offset).toISOString();
export const minute = 60_000;

export const idpKeys = await makeKeyPair('idp.example.com', now);
export const otherKeys = await makeKeyPair('other.example.com', now);
const spKeys = await makeKeyPair('sp.example.com', now);

export const entityId = 'http://www.okta.com/exk1sample';
const audience = 'https://rollcall.example.com/sso/saml/c1';
const acsUrl = `${audience}/acs`;

export const trust: SamlTrust = {
  sp: { entityId: audience, acsUrl, logoutUrl: `${audience}/logout`, ...spKeys },
  idp: {
    entityId,
    signOnUrl: 'https://idp.example.com/app/exk1sample/sso/saml',
    logoutUrl: 'https://idp.example.com/app/exk1sample/slo/saml',
    certificates: [idpKeys.certificate],
  },
  signRequests: false,
};

/** Remembers as a database would. */
export function memory(open: readonly string[] = ['_request1']): SamlMemory {
  const spent = new Set<string>();
  return {
    isOpen: async (id) => open.includes(id),
    spend: async (id) => !spent.has(id) && spent.add(id).has(id),
  };
}

/** Posts a response to the service provider. */
export function post(xml: string, remembered = memory(), trusted = trust) {
  return samlServiceProvider(trusted).readResponse(
    Buffer.from(xml).toString('base64'),
    now,
    remembered,
  );
}

export interface Parts {
  readonly id?: string;
  readonly nameId?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly recipient?: string;
  readonly destination?: string | null;
  readonly inResponseTo?: string | null;
  readonly notBefore?: string;
  readonly notOnOrAfter?: string;
  readonly email?: string;
  /** What is said of the person, by name, in place of `email`. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** XML in place of the person's NameID. */
  readonly nameIdXml?: string;
}

/** An assertion as Okta writes it, without its signature. */
export function assertionOf(parts: Parts = {}): string {
  const inResponseTo = parts.inResponseTo === undefined ? '_request1' : parts.inResponseTo;
  const answers = inResponseTo === null ? '' : ` InResponseTo="${inResponseTo}"`;
  const until = parts.notOnOrAfter ?? iso(5 * minute);
  return [
    `<saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="${parts.id ?? '_assertion1'}" IssueInstant="${iso()}" Version="2.0">`,
    `<saml2:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">${parts.issuer ?? entityId}</saml2:Issuer>`,
    '<saml2:Subject>',
    `<saml2:NameID Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${parts.nameIdXml ?? parts.nameId ?? 'ada@example.com'}</saml2:NameID>`,
    '<saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    `<saml2:SubjectConfirmationData${answers} NotOnOrAfter="${until}" Recipient="${parts.recipient ?? acsUrl}"/>`,
    '</saml2:SubjectConfirmation></saml2:Subject>',
    `<saml2:Conditions NotBefore="${parts.notBefore ?? iso(-5 * minute)}" NotOnOrAfter="${until}">`,
    `<saml2:AudienceRestriction><saml2:Audience>${parts.audience ?? audience}</saml2:Audience></saml2:AudienceRestriction>`,
    '</saml2:Conditions>',
    `<saml2:AuthnStatement AuthnInstant="${iso(-minute)}" SessionIndex="_session1"><saml2:AuthnContext><saml2:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`,
    '<saml2:AttributeStatement>',
    ...Object.entries(
      parts.attributes ?? { email: parts.email ?? parts.nameId ?? 'ada@example.com' },
    ).map(attributeOf),
    '</saml2:AttributeStatement></saml2:Assertion>',
  ].join('');
}

function attributeOf([name, value]: readonly [string, string]): string {
  return [
    `<saml2:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified">`,
    `<saml2:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${value}</saml2:AttributeValue>`,
    '</saml2:Attribute>',
  ].join('');
}

/** A response around an assertion, without its signature. */
export function responseOf(assertion: string, parts: Parts = {}, extra = ''): string {
  const destination = parts.destination === undefined ? acsUrl : parts.destination;
  const inResponseTo = parts.inResponseTo === undefined ? '_request1' : parts.inResponseTo;
  return [
    '<saml2p:Response xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response1" Version="2.0"',
    ` IssueInstant="${iso()}"${destination === null ? '' : ` Destination="${destination}"`}${inResponseTo === null ? '' : ` InResponseTo="${inResponseTo}"`}>`,
    `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${parts.issuer ?? entityId}</saml2:Issuer>`,
    extra,
    '<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>',
    assertion,
    '</saml2p:Response>',
  ].join('');
}

/** A logout message as Okta posts it, without its signature. */
export function logoutOf(
  message: 'LogoutRequest' | 'LogoutResponse',
  {
    id = '_logout1',
    destination = trust.sp.logoutUrl,
    issuer = entityId,
    issuedAt = iso(),
    notOnOrAfter = '',
  } = {},
): string {
  const isRequest = message === 'LogoutRequest';
  const ends = notOnOrAfter === '' ? '' : ` NotOnOrAfter="${notOnOrAfter}"`;
  return [
    `<saml2p:${message} xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion"`,
    ` Destination="${destination}" ID="${id}"${isRequest ? '' : ' InResponseTo="_asked1"'} IssueInstant="${issuedAt}"${ends} Version="2.0">`,
    `<saml2:Issuer>${issuer}</saml2:Issuer>`,
    isRequest
      ? '<saml2:NameID>ada@example.com</saml2:NameID><saml2p:SessionIndex>_session1</saml2p:SessionIndex>'
      : '<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>',
    `</saml2p:${message}>`,
  ].join('');
}

export interface Signing {
  readonly keys?: KeyPair;
  readonly signature?: string;
  readonly digest?: string;
}

/** Signs the element of that local name, by an enveloped signature behind its Issuer. */
export function signed(
  xml: string,
  element: 'Assertion' | 'Response' | 'LogoutRequest' | 'LogoutResponse',
  signing: Signing = {},
): string {
  const { keys = idpKeys } = signing;
  const path = `//*[local-name(.)='${element}']`;
  const signer = new SignedXml({
    privateKey: keys.privateKey,
    publicCert: keys.certificate,
    signatureAlgorithm: signing.signature ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  });
  signer.addReference({
    xpath: path,
    digestAlgorithm: signing.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
  });
  const location = { reference: `${path}/*[local-name(.)='Issuer']`, action: 'after' } as const;
  signer.computeSignature(xml, { prefix: 'ds', location });
  return signer.getSignedXml();
}

/** A response as Okta posts it by default: assertion signed, then the response around it. */
export function oktaResponse(parts: Parts = {}, signing: Signing = {}): string {
  const assertion = signed(assertionOf(parts), 'Assertion', signing);
  return signed(responseOf(assertion, parts), 'Response', signing);
}

/** The same, of which only the assertion is signed. */
export function assertionSigned(parts: Parts = {}, signing: Signing = {}): string {
  return responseOf(signed(assertionOf(parts), 'Assertion', signing), parts);
}

const encryptXml: (xml: string, options: EncryptOptions) => Promise<string> = promisify(encrypt);

export async function encrypted(
  assertion: string,
  options: Partial<EncryptOptions> = {},
): Promise<string> {
  const data = await encryptXml(assertion, {
    rsa_pub: createPublicKey(spKeys.certificate).export({ type: 'spki', format: 'pem' }).toString(),
    pem: spKeys.certificate,
    encryptionAlgorithm: 'http://www.w3.org/2009/xmlenc11#aes256-gcm',
    keyEncryptionAlgorithm: 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p',
    ...options,
  });
  return `<saml2:EncryptedAssertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml2:EncryptedAssertion>`;
}
