import { X509Certificate } from 'node:crypto';
import { SsoRefusal } from '../refusal.ts';

const LEAST_BITS = 2048;

/** A certificate of an IdP. Only its key counts: neither chain nor dates decide whether a signature is trusted. */
export interface IdpCertificate {
  readonly pem: string;
  /** SHA-256 over the certificate, upper-case hex with colons, as IdPs show it. */
  readonly fingerprint: string;
  readonly subject: string;
  /** UTC milliseconds. */
  readonly validFrom: number;
  readonly validUntil: number;
  readonly bits: number;
}

/** Reads PEM, or Base64 without its frame. Throws `certificate_invalid`, and `weak_key` for other keys than RSA of 2048 bits or more. */
export function readCertificate(text: string): IdpCertificate {
  const certificate = parse(text);
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  const bits = asymmetricKeyDetails?.modulusLength ?? 0;
  if (asymmetricKeyType !== 'rsa' || bits < LEAST_BITS) {
    throw new SsoRefusal(
      'weak_key',
      `The certificate holds ${asymmetricKeyType === 'rsa' ? `an RSA key of ${bits} bits` : 'a key that is not RSA'}. Use an RSA key of ${LEAST_BITS} bits or more.`,
    );
  }
  return {
    pem: certificate.toString(),
    fingerprint: certificate.fingerprint256,
    subject: certificate.subject.replaceAll('\n', ', '),
    validFrom: Date.parse(certificate.validFrom),
    validUntil: Date.parse(certificate.validTo),
    bits,
  };
}

function parse(text: string): X509Certificate {
  const body = text.replace(/-----(BEGIN|END) CERTIFICATE-----/g, '').replace(/\s/g, '');
  try {
    return new X509Certificate(Buffer.from(body, 'base64'));
  } catch (cause) {
    const message =
      'This is not an X.509 certificate. Paste it whole, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.';
    throw new SsoRefusal('certificate_invalid', message, { cause });
  }
}
