import { createSign } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SigningKey } from './keys.ts';
import { escapeXml, newId } from './response.ts';
import { issuer } from './settings.ts';

/** What a service asked in a message of the redirect binding. */
export interface AskedOfUs {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string | null;
  readonly forceAuthn: boolean;
}

/** Reads an AuthnRequest or LogoutRequest; undefined for what is none. */
export function readRequest(base64: string): AskedOfUs | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: 100_000 });
    const xml = bytes.toString('utf8');
    const root = /<(?:\w+:)?(?:Authn|Logout)Request\b[^>]*>/.exec(xml)?.[0] ?? '';
    const id = attribute(root, 'ID');
    if (id === null) return undefined;
    return {
      id,
      issuer: /<(?:\w+:)?Issuer\b[^>]*>([^<]*)</.exec(xml)?.[1] ?? '',
      acsUrl: attribute(root, 'AssertionConsumerServiceURL'),
      forceAuthn: attribute(root, 'ForceAuthn') === 'true',
    };
  } catch {
    return undefined;
  }
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : value.replaceAll('&amp;', '&');
}

/** Where to send the browser once a logout was followed: a signed LogoutResponse by redirect. */
export function logoutResponseUrl(
  { privateKey }: SigningKey,
  { destination, inResponseTo, now }: { destination: string; inResponseTo: string; now: number },
): string {
  const xml = [
    `<saml2p:LogoutResponse xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" ID="${newId()}" Version="2.0" IssueInstant="${new Date(now).toISOString()}" Destination="${escapeXml(destination)}" InResponseTo="${escapeXml(inResponseTo)}">`,
    `<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</saml2:Issuer>`,
    '<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>',
    '</saml2p:LogoutResponse>',
  ].join('');
  const query = [
    `SAMLResponse=${encodeURIComponent(deflateRawSync(xml).toString('base64'))}`,
    `SigAlg=${encodeURIComponent('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')}`,
  ].join('&');
  const signature = createSign('RSA-SHA256').update(query).sign(privateKey, 'base64');
  const joint = destination.includes('?') ? '&' : '?';
  return `${destination}${joint}${query}&Signature=${encodeURIComponent(signature)}`;
}
