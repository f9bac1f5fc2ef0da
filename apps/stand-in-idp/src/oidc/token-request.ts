import { createHash, timingSafeEqual } from 'node:crypto';
import type { Grant, Grants } from './grants.ts';
import { one, type Parameters, repeated } from './parameters.ts';
import { clientId } from './settings.ts';

/** Why the token endpoint gives no token (RFC 6749 §5.2). */
export class TokenRefusal extends Error {
  readonly code: 'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type';

  constructor(code: TokenRefusal['code'], description: string) {
    super(description);
    this.code = code;
  }
}

interface TokenRequest {
  readonly parameters: Parameters;
  readonly authorization: string | undefined;
}

/** Requires the app's client ID and secret, by `client_secret_basic` or `client_secret_post`. Throws {@link TokenRefusal}. */
export function authenticateClient(request: TokenRequest, secret: string): void {
  const given = credentialsOf(request);
  if (given?.id === clientId && isSame(given.secret, secret)) return;
  throw new TokenRefusal('invalid_client', 'The client ID or the client secret is not right.');
}

function credentialsOf({ parameters, authorization }: TokenRequest) {
  const twice = repeated(parameters);
  if (twice !== undefined) throw new TokenRefusal('invalid_request', `${twice} came twice.`);
  const posted = one(parameters, 'client_secret');
  if (authorization === undefined) {
    return { id: one(parameters, 'client_id'), secret: posted ?? '' };
  }
  if (posted !== undefined) {
    throw new TokenRefusal('invalid_request', 'The client authenticates in more than one way.');
  }
  return readBasic(authorization);
}

/** Both halves are form-encoded in it (RFC 6749 §2.3.1). */
function readBasic(authorization: string): { id: string; secret: string } | undefined {
  const base64 = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(authorization)?.[1];
  const text = Buffer.from(base64 ?? '', 'base64').toString();
  const cut = text.indexOf(':');
  if (cut < 0) return undefined;
  const decode = (part: string) => new URLSearchParams(`v=${part.replaceAll('&', '%26')}`).get('v');
  return { id: decode(text.slice(0, cut)) ?? '', secret: decode(text.slice(cut + 1)) ?? '' };
}

/** Spends the code of a request that has authenticated its client. Throws {@link TokenRefusal}. */
export function redeemCode(parameters: Parameters, grants: Grants): { code: string; grant: Grant } {
  if (one(parameters, 'grant_type') !== 'authorization_code') {
    throw new TokenRefusal('unsupported_grant_type', 'The grant type is authorization_code.');
  }
  const code = one(parameters, 'code') ?? '';
  const grant = grants.spend(code);
  if (grant === undefined) {
    throw new TokenRefusal('invalid_grant', 'The authorization code is invalid or has expired.');
  }
  if (one(parameters, 'redirect_uri') !== grant.redirectUri) {
    throw new TokenRefusal('invalid_grant', 'The redirect URI is not the one of the request.');
  }
  if (!isProved(grant.codeChallenge, one(parameters, 'code_verifier'))) {
    throw new TokenRefusal('invalid_grant', 'PKCE verification failed.');
  }
  return { code, grant };
}

/** RFC 7636 §4.6; a verifier for a code without a challenge is refused too, as somebody took the challenge out (RFC 9700 §4.8.2). */
function isProved(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier;
  const digest = createHash('sha256').update(verifier).digest('base64url');
  return /^[\w.~-]{43,128}$/.test(verifier) && isSame(digest, challenge);
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
