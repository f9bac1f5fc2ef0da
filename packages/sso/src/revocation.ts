import { createPublicKey, type KeyObject } from 'node:crypto';
import { type JWTPayload, jwtVerify } from 'jose';

/** Who signs revocations of a connection, and for whom. */
export interface RevocationTrust {
  /** PEM certificates; a signature by any of them is trusted. */
  readonly certificates: readonly string[];
  /** The endpoint's own address. */
  readonly audience: string;
  /** UTC milliseconds. */
  readonly now: number;
}

/** Clocks may differ by this much, in seconds; a token lives for ten minutes at most. */
const SKEW = 180;
const LONGEST = '15m';

/**
 * The claims of a global token revocation request that an IdP signed (draft-parecki-oauth-global-token-revocation), as Okta's
 * Universal Logout sends them; undefined where it is not to be believed. Only RSA with SHA-2 counts, whatever the token says.
 */
export async function readRevocation(
  token: string,
  { certificates, audience, now }: RevocationTrust,
): Promise<JWTPayload | undefined> {
  for (const pem of certificates) {
    const payload = await verify(token, createPublicKey(pem), { audience, now });
    if (payload !== undefined) return payload;
  }
  return undefined;
}

async function verify(
  token: string,
  key: KeyObject,
  { audience, now }: { audience: string; now: number },
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['RS256', 'RS512'],
      typ: 'global-token-revocation+jwt',
      audience,
      currentDate: new Date(now),
      clockTolerance: SKEW,
      maxTokenAge: LONGEST,
      requiredClaims: ['jti', 'iss', 'exp', 'iat'],
    });
    return payload;
  } catch {
    return undefined;
  }
}
