import BetterSqlite3 from 'better-sqlite3';
import type { Durability } from '../../database.ts';
import { DatabaseError } from '../../errors.ts';
import { sqliteCode } from './errors.ts';

/** How long opening may wait for another process that is opening or migrating the same file, in milliseconds. */
const OPEN_TIMEOUT = 5_000;

/** How long one statement may block this process for another one, in milliseconds. Waiting longer is done between tries. */
const BUSY_TIMEOUT = 10;

/**
 * Pages of the log after which it is folded into the file, 16 MB: most pages are written by many units, and are folded once.
 * Measured: a fifth to a third less for each COMMIT of creates than with SQLite's 1,000.
 */
const FOLD_PAGES = 4_000;

/** Memory for pages of the writing handle, in KiB; with SQLite's 2,000 a batch of creates reads pages that it has just written. */
const WRITER_CACHE = 16_000;

/** SQLite's FULL waits for the disk at each COMMIT, its NORMAL when the log is folded into the file. */
export const synchronous: Readonly<Record<Durability, number>> = { full: 2, lazy: 1 };

/**
 * Opens the writing handle, and reads back that a COMMIT survives a power cut. Throws `unsupported` where the path
 * holds something else than a database, or cannot be opened.
 */
export function openWriter(path: string): BetterSqlite3.Database {
  const handle = openFile(path);
  handle.pragma(`synchronous = ${synchronous.full}`);
  handle.pragma('foreign_keys = on');
  handle.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
  handle.pragma(`wal_autocheckpoint = ${FOLD_PAGES}`);
  handle.pragma(`cache_size = -${WRITER_CACHE}`);
  requirePragma(handle, 'journal_mode', 'wal');
  requirePragma(handle, 'synchronous', synchronous.full);
  requirePragma(handle, 'foreign_keys', 1);
  return handle;
}

/** The first pragma reads the file, so a file that is no database is found out here. */
function openFile(path: string): BetterSqlite3.Database {
  let handle: BetterSqlite3.Database | undefined;
  try {
    handle = new BetterSqlite3(path, { timeout: OPEN_TIMEOUT });
    handle.pragma('journal_mode = wal');
    return handle;
  } catch (error) {
    handle?.close();
    if (!/^SQLITE_(CANTOPEN|NOTADB)/.test(sqliteCode(error) ?? '')) throw error;
    const text = `${path} cannot be opened as a SQLite database`;
    throw new DatabaseError('unsupported', text, { cause: error });
  }
}

/** Opens the handle that only reads: it sees what is committed, whatever the writing one is doing. */
export function openReader(path: string): BetterSqlite3.Database {
  const handle = new BetterSqlite3(path, { readonly: true, timeout: OPEN_TIMEOUT });
  handle.pragma('query_only = on');
  return handle;
}

/** Throws `unsupported` where SQLite did not take a setting that Rollcall's promises rest on. */
export function requirePragma(
  handle: BetterSqlite3.Database,
  name: string,
  expected: string | number,
): void {
  const actual = handle.pragma(name, { simple: true });
  if (actual === expected) return;
  handle.close();
  throw new DatabaseError(
    'unsupported',
    `SQLite runs with ${name} = ${String(actual)} instead of ${expected}; put the database on a local disk`,
  );
}
