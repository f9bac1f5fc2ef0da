import { randomBytes } from 'node:crypto';
import { type Placeholders, type Reader, statement } from '../../database/index.ts';

/** AES-256. */
const KEY_BYTES = 32;

/** A key for the cursors of a new directory. */
export function newCursorKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

type Whose = { directoryId: string };

const findKey = statement('directory.cursor_key', (db, p: Placeholders<Whose>) =>
  db.selectFrom('directories').select('cursor_key').where('id', '=', p.directoryId),
);

/** What seals the cursors of a directory, so that they are worth nothing in another one. */
export async function readCursorKey(read: Reader, directoryId: string): Promise<Uint8Array> {
  const row = await read.first(findKey, { directoryId });
  if (row === undefined) throw new TypeError('a directory whose lists are read is not there');
  return row.cursor_key;
}
