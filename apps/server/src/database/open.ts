import type { Database, Faults } from './database.ts';
import { DatabaseError } from './errors.ts';
import type { DatabaseObserver } from './events.ts';

/** How to open the database. */
export interface OpenOptions {
  /** `sqlite:` and a path, or `postgres://…`. */
  readonly url: string;
  /** Connections to PostgreSQL at most; 64 at most, as there are 64 lanes. */
  readonly poolSize?: number;
  readonly observer?: DatabaseObserver;
  /** For crash tests only. */
  readonly faults?: Faults;
}

const POOL_SIZE = 20;

/** The oldest Node that better-sqlite3 runs on. */
const NODE_MAJOR = 22;

/**
 * Opens the database and proves that it is usable: settings read back on SQLite, version and encoding on PostgreSQL.
 * Throws `DatabaseError` with `unsupported` where it is not, `DatabaseUnavailable` where it cannot be reached.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { url, poolSize = POOL_SIZE, observer = () => {}, faults = {} } = options;
  if (url.startsWith('sqlite:')) {
    requireNode();
    const { openSqlite } = await import('./dialect/sqlite/database.ts');
    return openSqlite(sqlitePath(url), observer, faults);
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./dialect/postgres/database.ts');
    return openPostgres(url, poolSize, observer, faults);
  }
  throw new DatabaseError(
    'unsupported',
    'the database must be sqlite:path/to/file or postgres://user@host/name',
  );
}

/** better-sqlite3 ends an older Node with a segmentation fault, so this stands before its import. */
function requireNode(): void {
  const version = process.versions.node;
  if (Number.parseInt(version, 10) >= NODE_MAJOR) return;
  throw new DatabaseError(
    'unsupported',
    `Node ${NODE_MAJOR} or newer is needed, this is ${version}`,
  );
}

function sqlitePath(url: string): string {
  const path = url.slice('sqlite:'.length);
  if (path !== '' && path !== ':memory:') return path;
  throw new DatabaseError('unsupported', 'sqlite: needs the path of a file');
}
