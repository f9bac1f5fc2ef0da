import { createSign } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { SigningKey } from './keys.ts';
import { assertionNs, escapeXml, newId, signElement } from './response.ts';
import { issuer } from './settings.ts';

/** A logout message that is not signed yet. */
export interface LogoutMessage {
  readonly element: 'LogoutRequest' | 'LogoutResponse';
  readonly id: string;
  readonly destination: string;
  readonly xml: string;
}

interface Sent {
  readonly destination: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** Somebody signed out here: the session that the service knows by this index is to end. */
export function logoutRequest({
  nameId,
  sessionIndex,
  ...sent
}: Sent & { readonly nameId: string; readonly sessionIndex: string }): LogoutMessage {
  return message('LogoutRequest', sent, '', [
    `<saml2:NameID xmlns:saml2="${assertionNs}" Format="urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress">${escapeXml(nameId)}</saml2:NameID>`,
    `<saml2p:SessionIndex>${escapeXml(sessionIndex)}</saml2p:SessionIndex>`,
  ]);
}

/** What the service asked was done. */
export function logoutResponse({
  inResponseTo,
  ...sent
}: Sent & { readonly inResponseTo: string }): LogoutMessage {
  return message('LogoutResponse', sent, ` InResponseTo="${escapeXml(inResponseTo)}"`, [
    '<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>',
  ]);
}

function message(
  element: LogoutMessage['element'],
  { destination, now }: Sent,
  attributes: string,
  content: readonly string[],
): LogoutMessage {
  const id = newId();
  const xml = [
    `<saml2p:${element} xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ID="${id}" Version="2.0" IssueInstant="${new Date(now).toISOString()}" Destination="${escapeXml(destination)}"${attributes}>`,
    `<saml2:Issuer xmlns:saml2="${assertionNs}">${issuer}</saml2:Issuer>`,
    ...content,
    `</saml2p:${element}>`,
  ].join('');
  return { element, id, destination, xml };
}

const fields = { LogoutRequest: 'SAMLRequest', LogoutResponse: 'SAMLResponse' } as const;

/** The address that carries a message by redirect: the signature is over the query. */
export function redirectUrl({ privateKey }: SigningKey, sent: LogoutMessage): string {
  const { element, destination, xml } = sent;
  const query = [
    `${fields[element]}=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`,
    `SigAlg=${encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')}`,
  ].join('&');
  const signature = createSign('RSA-SHA256').update(query).sign(privateKey, 'base64');
  const joint = destination.includes('?') ? '&' : '?';
  return `${destination}${joint}${query}&Signature=${encodeURIComponent(signature)}`;
}

/** The field that carries a message by a form: the message itself is signed. */
export function formField(
  key: SigningKey,
  { element, xml }: LogoutMessage,
): { readonly name: string; readonly value: string } {
  const signed = signElement(key, element, xml);
  return { name: fields[element], value: Buffer.from(signed).toString('base64') };
}
