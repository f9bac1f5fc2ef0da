import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets that have to be read again, such as a key that we sign with. What is only compared is a digest instead. */
export interface SecretBox {
  /** Encrypts a text for one place: table, column and the ids of its row, joined by slashes. */
  seal(text: string, place: string): string;
  /** The text that was sealed for this place. Throws where it was sealed for another, by another key, or was changed. */
  open(sealed: string, place: string): string;
}

const VERSION = '1';
const NONCE = 12;
const TAG = 16;

/** A box by the operator's `SECRET_KEY`. */
export function secretBox(secretKey: string): SecretBox {
  const derive = (purpose: string, length: number) =>
    Buffer.from(hkdfSync('sha256', secretKey, 'rollcall', purpose, length));
  const keyId = derive('key id', 4).toString('hex');
  // Every table and column has a key of its own.
  const keyOf = (place: string) => derive(place.split('/').slice(0, 2).join('/'), 32);
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', keyOf(place), nonce).setAAD(Buffer.from(place));
      const bytes = Buffer.concat([
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return [VERSION, keyId, nonce.toString('base64url'), bytes.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const [version, key, nonce = '', content = ''] = sealed.split('.');
      if (version !== VERSION || key !== keyId) {
        throw new Error('a stored secret was sealed with another SECRET_KEY');
      }
      const bytes = Buffer.from(content, 'base64url');
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyOf(place),
        Buffer.from(nonce, 'base64url'),
        {
          authTagLength: TAG,
        },
      );
      decipher.setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(-TAG));
      return decipher.update(bytes.subarray(0, -TAG), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
