import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { askIssuer, type OidcFetch } from './relying-party.ts';

/** The keys of issuers, by their discovery documents; undefined where a document names none. */
export type IssuerKeyring = (
  metadata: Readonly<Record<string, unknown>>,
) => JWTVerifyGetKey | undefined;

/**
 * Keeps the key sets of issuers, so that whoever sends tokens at will cannot make us ask an issuer each time: a set is
 * fetched again after ten minutes, and for a key that is not in it once in half a minute.
 */
export function issuerKeyring(fetch: OidcFetch): IssuerKeyring {
  const known = new Map<string, JWTVerifyGetKey>();
  return ({ jwks_uri: address }) => {
    if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
    const keys = known.get(address) ?? keysAt(address, fetch);
    known.set(address, keys);
    return keys;
  };
}

function keysAt(address: string, fetch: OidcFetch): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(address), {
    [customFetch]: (url, { method, headers }) =>
      askIssuer(fetch, url, {
        method,
        headers: Object.fromEntries(new Headers(headers)),
        body: undefined,
      }),
  });
}
