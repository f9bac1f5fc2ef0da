import { inflateRawSync } from 'node:zlib';

/** What a service asked in a message of the redirect binding. */
export interface AskedOfUs {
  readonly id: string;
  readonly issuer: string;
  readonly acsUrl: string | null;
  readonly forceAuthn: boolean;
}

/** Reads an AuthnRequest or LogoutRequest; undefined for what is none. */
export function readRequest(base64: string): AskedOfUs | undefined {
  const xml = inflated(base64) ?? '';
  const root = /<(?:\w+:)?(?:Authn|Logout)Request\b[^>]*>/.exec(xml)?.[0] ?? '';
  const id = attribute(root, 'ID');
  if (id === null) return undefined;
  return {
    id,
    issuer: /<(?:\w+:)?Issuer\b[^>]*>([^<]*)</.exec(xml)?.[1] ?? '',
    acsUrl: attribute(root, 'AssertionConsumerServiceURL'),
    forceAuthn: attribute(root, 'ForceAuthn') === 'true',
  };
}

/** The status of a LogoutResponse; undefined for what is none. */
export function readLogoutResponse(base64: string): string | undefined {
  const xml = inflated(base64) ?? '';
  const root = /<(?:\w+:)?LogoutResponse\b[^>]*>/.exec(xml)?.[0] ?? '';
  if (attribute(root, 'InResponseTo') === null) return undefined;
  const status = attribute(/<(?:\w+:)?StatusCode\b[^>]*>/.exec(xml)?.[0] ?? '', 'Value') ?? '';
  return status.split(':').at(-1);
}

/** A message of the redirect binding. */
function inflated(base64: string): string | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(base64, 'base64'), { maxOutputLength: 100_000 });
    return bytes.toString('utf8');
  } catch {
    return undefined;
  }
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? null : value.replaceAll('&amp;', '&');
}
