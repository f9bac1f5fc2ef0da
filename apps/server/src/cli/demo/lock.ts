import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { UsageError } from '../usage-error.ts';

/**
 * Holds `folder` for this process, so that two demos never share one; returns what lets it go. The lock is the system's,
 * on a file of SQLite's: it ends with the process, however that ends. Throws `UsageError` where another process holds it.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'demo.lock');
  const handle = new BetterSqlite3(file, { timeout: 0 });
  try {
    handle.pragma('synchronous = off');
    // Written first, as it can be read by others while the lock that follows is held.
    handle.exec(`begin immediate; pragma user_version = ${process.pid}; commit; begin immediate`);
  } catch (error) {
    const refusal = isHeld(error)
      ? `another demo runs on this folder (pid ${holderOf(handle)}): end it, or choose another --data`
      : `--data: ${file} cannot be locked: choose another folder`;
    handle.close();
    throw new UsageError(refusal, { cause: error });
  }
  return () => handle.close();
}

function isHeld(error: unknown): boolean {
  return String(Object(error).code).startsWith('SQLITE_BUSY');
}

function holderOf(handle: BetterSqlite3.Database): string {
  return String(handle.pragma('user_version', { simple: true }));
}
