import { promisify } from 'node:util';
import type { Element } from '@xmldom/xmldom';
import { type DecryptOptions, decrypt } from 'xml-encryption';
import { SsoRefusal } from '../refusal.ts';
import { contentEncryptions, keyEncryptions, ns } from './names.ts';
import { everyElement, is } from './xml.ts';

const decryptXml: (xml: string, options: DecryptOptions) => Promise<string> = promisify(decrypt);

/**
 * The text of an encrypted assertion. Throws `weak_encryption`, and `decryption_failed` for everything that goes wrong, so
 * that whoever sends garbage learns nothing from it.
 */
export async function decryptAssertion(encrypted: Element, privateKey: string): Promise<string> {
  requireStrong(encrypted);
  try {
    return await decryptXml(encrypted.toString(), { key: privateKey });
  } catch (cause) {
    throw new SsoRefusal(
      'decryption_failed',
      "The assertion cannot be decrypted. Give the IdP this connection's encryption certificate anew, from its metadata.",
      { cause },
    );
  }
}

function requireStrong(encrypted: Element): void {
  const methods = everyElement(encrypted).filter((one) =>
    is(one, ns.encryption, 'EncryptionMethod'),
  );
  for (const method of methods) {
    const algorithm = method.getAttribute('Algorithm') ?? '';
    if (contentEncryptions.has(algorithm) || keyEncryptions.has(algorithm)) continue;
    throw new SsoRefusal(
      'weak_encryption',
      `The assertion is encrypted with ${algorithm.split('#').at(-1)}, which is not accepted. In the IdP choose AES256-GCM and RSA-OAEP.`,
    );
  }
}
