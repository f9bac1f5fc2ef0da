import { generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { der, objectId, tag } from './der.ts';

const generate = promisify(generateKeyPair);

/** A private key and a certificate of it, signed by itself; both PEM. */
export interface KeyPair {
  readonly privateKey: string;
  readonly certificate: string;
}

const BITS = 2048;
const YEARS = 10;

/** Makes an RSA key and its certificate for ten years. IdPs trust the certificate by itself, without a chain. */
export async function makeKeyPair(commonName: string, at: number): Promise<KeyPair> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: BITS });
  const algorithm = der(tag.sequence, objectId('1.2.840.113549.1.1.11'), der(tag.null));
  const name = nameOf(commonName);
  const until = new Date(at);
  until.setUTCFullYear(until.getUTCFullYear() + YEARS);
  const body = der(
    tag.sequence,
    der(0xa0, der(tag.integer, Buffer.from([2]))),
    der(tag.integer, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    name,
    der(tag.sequence, timeOf(new Date(at - 86_400_000)), timeOf(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(tag.bitString, Buffer.from([0]), sign('sha256', body, privateKey));
  const certificate = der(tag.sequence, body, algorithm, signature);
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pemOf(certificate),
  };
}

function nameOf(commonName: string): Buffer {
  const value = der(tag.utf8, Buffer.from(commonName));
  return der(tag.sequence, der(tag.set, der(tag.sequence, objectId('2.5.4.3'), value)));
}

function timeOf(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return der(tag.generalizedTime, Buffer.from(text));
}

function pemOf(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
