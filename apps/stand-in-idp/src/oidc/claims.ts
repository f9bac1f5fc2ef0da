import { createHash, randomUUID } from 'node:crypto';
import type { Assigned } from '../sign-in/assigned.ts';
import { fullName } from '../store/profile.ts';
import { type Grant, tokenLife } from './grants.ts';
import { clientId, type OidcSettings } from './settings.ts';

/** What the scopes tell of a person (OpenID Connect Core §5.4). */
export function claimsOf({ person, appUser }: Assigned, scopes: readonly string[]): object {
  const { id: sub, profile } = person;
  const { email, firstName, lastName } = profile;
  return {
    sub,
    ...(scopes.includes('email') && { email, email_verified: true }),
    ...(scopes.includes('profile') && {
      name: fullName(profile),
      preferred_username: appUser.profile.userName ?? email,
      given_name: firstName,
      family_name: lastName,
    }),
  };
}

interface IdToken {
  readonly issuer: string;
  readonly accessToken: string;
  readonly settings: OidcSettings;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** The claims of an ID token (OpenID Connect Core §2); `at_hash` binds the access token to it. */
export function idTokenClaims(
  assigned: Assigned,
  { scopes, nonce, authTime }: Grant,
  { issuer, accessToken, settings, now }: IdToken,
): object {
  const issuedAt = Math.floor(now / 1000);
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16);
  return {
    ...claimsOf(assigned, settings.thinIdToken ? [] : scopes),
    ver: 1,
    jti: `ID.${randomUUID()}`,
    iss: issuer,
    aud: clientId,
    iat: issuedAt,
    exp: issuedAt + tokenLife / 1000,
    auth_time: Math.floor(authTime / 1000),
    amr: ['pwd'],
    nonce,
    at_hash: half.toString('base64url'),
  };
}
