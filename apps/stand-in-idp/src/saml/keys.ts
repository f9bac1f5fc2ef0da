import { generateKeyPair, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

/** A signing key of the app and its self-signed certificate, both PEM. */
export interface SigningKey {
  readonly privateKey: string;
  readonly certificate: string;
}

/** Makes an RSA key of 2048 bits with a certificate for ten years, as Okta does for each app. */
export async function makeSigningKey(now: number): Promise<SigningKey> {
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: 2048 });
  // sha256WithRSAEncryption; the subject is one common name.
  const algorithm = Buffer.from('300d06092a864886f70d01010b0500', 'hex');
  const commonName = [Buffer.from('0603550403', 'hex'), tlv(0x0c, Buffer.from('Stand-in IdP'))];
  const name = tlv(0x30, tlv(0x31, tlv(0x30, ...commonName)));
  const body = tlv(
    0x30,
    Buffer.from('a003020102', 'hex'),
    tlv(0x02, Buffer.from([1]), randomBytes(15)),
    algorithm,
    name,
    tlv(0x30, time(now - 86_400_000), time(now + 3_650 * 86_400_000)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const base64 = tlv(0x30, body, algorithm, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

/** One value of DER: tag, length, content. */
function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function time(at: number): Buffer {
  const text = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  return tlv(0x18, Buffer.from(text));
}
