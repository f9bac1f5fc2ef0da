import { createPublicKey, generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** A key that signs ID tokens, and the name by which they name it. */
export interface TokenKey {
  readonly keyId: string;
  /** PEM. */
  readonly privateKey: string;
}

/** Makes an RSA key of 2048 bits. */
export async function makeTokenKey(): Promise<TokenKey> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return {
    keyId: randomBytes(16).toString('base64url'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** What everybody may know of a key (RFC 7517). */
export function publicJwk({ keyId, privateKey }: TokenKey) {
  const { n, e } = createPublicKey(privateKey).export({ format: 'jwk' });
  return { kty: 'RSA', alg: 'RS256', use: 'sig', kid: keyId, n, e };
}
