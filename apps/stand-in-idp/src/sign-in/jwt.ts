import { sign } from 'node:crypto';

/** A token of these claims, signed by RS256 with a PEM key (RFC 7515). */
export function signJwt(privateKey: string, header: object, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', ...header })}.${part(claims)}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
}
