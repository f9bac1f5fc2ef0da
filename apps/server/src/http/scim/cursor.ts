import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Place } from '../../domain/directory-resources/index.ts';

/** Where a page of a list begins, and what was said when the list was begun. */
export interface Cursor {
  readonly kind: 'after' | 'before';
  readonly place: Place;
  /** Resources of a page. */
  readonly count: number;
  /** When it was given out, UTC milliseconds. */
  readonly at: number;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;
/** Characters of the longest cursor: a sort key of 800 characters in any script. */
const MAXIMUM_LENGTH = 8_192;

/**
 * Writes a cursor as text of unreserved characters that only this directory can read and only for the same question (N-04, N-05,
 * N-18). Nothing is kept for it.
 */
export function sealCursor(key: Uint8Array, question: string, cursor: Cursor): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(question));
  const { kind, place, count, at } = cursor;
  const content = [kind, place.kind, place.ordinal, place.id, place.key, count, at];
  const sealed = [nonce, cipher.update(JSON.stringify(content), 'utf8'), cipher.final()];
  return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url');
}

/** Reads a cursor; undefined for whatever this directory did not write as the answer to this question (N-07, N-17). */
export function openCursor(key: Uint8Array, question: string, text: string): Cursor | undefined {
  if (text.length > MAXIMUM_LENGTH || !/^[\w-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  // Text that differs only in the bits that the last character does not use was not given out like this.
  if (bytes.length <= NONCE + TAG || bytes.toString('base64url') !== text) return undefined;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE))
      .setAAD(Buffer.from(question))
      .setAuthTag(bytes.subarray(-TAG));
    const sealed = bytes.subarray(NONCE, -TAG);
    return cursorOf(
      JSON.parse(decipher.update(sealed, undefined, 'utf8') + decipher.final('utf8')),
    );
  } catch {
    return undefined;
  }
}

/** What was authenticated is what `sealCursor` wrote. */
function cursorOf([kind, of, ordinal, id, key, count, at]: [
  Cursor['kind'],
  number,
  number,
  string,
  Place['key'],
  number,
  number,
]): Cursor {
  return { kind, place: { kind: of, ordinal, id, key }, count, at };
}
