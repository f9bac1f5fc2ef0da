import { createPublicKey } from 'node:crypto';
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { SsoRefusal } from './refusal.ts';

/** Who signs revocations: a SAML IdP by any of its PEM certificates, an OIDC issuer by its published keys, in its own name. */
export type RevocationSigner =
  | { readonly certificates: readonly string[] }
  | { readonly issuer: string; readonly keys: JWTVerifyGetKey };

/** Who signs revocations of a connection, and for whom. */
export interface RevocationTrust {
  readonly signer: RevocationSigner;
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
 * Throws the `SsoRefusal` `issuer_unreachable` where an OIDC issuer cannot be asked for its keys.
 */
export async function readRevocation(
  token: string,
  { signer, ...trust }: RevocationTrust,
): Promise<JWTPayload | undefined> {
  if ('keys' in signer) return verify(token, signer.keys, { ...trust, issuer: signer.issuer });
  for (const pem of signer.certificates) {
    const key = createPublicKey(pem);
    const payload = await verify(token, () => key, trust);
    if (payload !== undefined) return payload;
  }
  return undefined;
}

async function verify(
  token: string,
  keys: JWTVerifyGetKey,
  { audience, now, issuer }: { audience: string; now: number; issuer?: string },
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      algorithms: ['RS256', 'RS512'],
      typ: 'global-token-revocation+jwt',
      audience,
      ...(issuer !== undefined && { issuer }),
      currentDate: new Date(now),
      clockTolerance: SKEW,
      maxTokenAge: LONGEST,
      requiredClaims: ['jti', 'iss', 'exp', 'iat'],
    });
    return payload;
  } catch (error) {
    if (error instanceof SsoRefusal) throw error;
    return undefined;
  }
}
