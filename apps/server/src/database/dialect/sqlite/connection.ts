import BetterSqlite3 from 'better-sqlite3';
import type { Durability } from '../../database.ts';
import { DatabaseError, DatabaseUnavailable } from '../../errors.ts';
import type { DatabaseObserver } from '../../events.ts';
import { bindable, type CompiledStatement, type Statement } from '../../statement.ts';
import type { Outcome } from '../kysely.ts';
import { sqliteCode, sqliteError } from './errors.ts';

/** Prepared texts of cold queries that a handle keeps. */
const COLD_STATEMENTS = 200;

/** How long opening may wait for another process that is opening or migrating the same file, in milliseconds. */
const OPEN_TIMEOUT = 5_000;

/** How long one statement may block this process for another one, in milliseconds. Waiting longer is done between tries. */
const BUSY_TIMEOUT = 10;

/** SQLite's FULL waits for the disk at each COMMIT, its NORMAL when the log is folded into the file. */
const synchronous: Readonly<Record<Durability, number>> = { full: 2, lazy: 1 };

type Bound = string | number | bigint | null | Uint8Array;
type Prepared = BetterSqlite3.Statement<Bound[], unknown>;

/** The compiled form of a statement; throws for one that has no place on the handle. */
export type Compile = <P, R>(statement: Statement<P, R>) => CompiledStatement;

interface Hot {
  readonly compiled: CompiledStatement;
  readonly prepared: Prepared;
}

/** One handle on the file: runs statements, prepares each once. Synchronous, as SQLite is. */
export class SqliteConnection {
  readonly handle: BetterSqlite3.Database;
  readonly #compile: Compile;
  readonly #observe: DatabaseObserver;
  readonly #hot = new Map<unknown, Hot>();
  readonly #cold = new Map<string, Prepared>();
  #durability: Durability = 'full';

  constructor(handle: BetterSqlite3.Database, compile: Compile, observe: DatabaseObserver) {
    this.handle = handle;
    this.#compile = compile;
    this.#observe = observe;
  }

  /** Sets what the transactions from now on are worth, outside of one; throws where SQLite does not take it. */
  synchronize(durability: Durability): void {
    if (this.#durability === durability) return;
    const level = synchronous[durability];
    this.handle.pragma(`synchronous = ${level}`);
    if (this.handle.pragma('synchronous', { simple: true }) !== level) {
      throw new DatabaseUnavailable(`SQLite does not commit with synchronous = ${level}`);
    }
    this.#durability = durability;
  }

  all<P, R>(statement: Statement<P, R>, parameters: P): R[] {
    // R is what the builder typed.
    return this.#runHot(statement, parameters).rows as R[];
  }

  run<P>(statement: Statement<P, unknown>, parameters: P): number {
    return this.#runHot(statement, parameters).changes;
  }

  /** Runs a query of the builder. */
  execute(text: string, parameters: readonly unknown[]): Outcome {
    try {
      const bound = parameters.map((value) => integral(bindable(value, text)));
      return this.#execute(this.#prepareCold(text), bound, undefined);
    } catch (error) {
      throw sqliteError(error, this.handle);
    }
  }

  #runHot<P>(statement: Statement<P, unknown>, parameters: P): Outcome {
    const { compiled, prepared } = this.#hot.get(statement) ?? this.#prepareHot(statement);
    try {
      return this.#execute(prepared, compiled.bind(parameters).map(integral), compiled.name);
    } catch (error) {
      throw sqliteError(error, this.handle);
    }
  }

  #prepareHot<P>(statement: Statement<P, unknown>): Hot {
    const compiled = this.#compile(statement);
    try {
      const hot = { compiled, prepared: this.handle.prepare<Bound[], unknown>(compiled.sql) };
      this.#hot.set(statement, hot);
      return hot;
    } catch (error) {
      throw sqliteError(error, this.handle);
    }
  }

  #execute(prepared: Prepared, bound: Bound[], name: string | undefined): Outcome {
    const outcome = prepared.reader ? returned(prepared.all(...bound)) : changed(prepared, bound);
    this.#observe({ kind: 'statement', name, rows: outcome.changes });
    return outcome;
  }

  #prepareCold(text: string): Prepared {
    const known = this.#cold.get(text);
    if (known !== undefined) return known;
    const [oldest] = this.#cold.keys();
    if (oldest !== undefined && this.#cold.size >= COLD_STATEMENTS) this.#cold.delete(oldest);
    const prepared: Prepared = this.handle.prepare(text);
    this.#cold.set(text, prepared);
    return prepared;
  }
}

function returned(rows: unknown[]): Outcome {
  return { rows, changes: rows.length };
}

function changed(prepared: Prepared, bound: Bound[]): Outcome {
  return { rows: [], changes: prepared.run(...bound).changes };
}

/** JavaScript's numbers bind as REAL, where `5 || ''` is `5.0` and `5 / 2` is 2.5: whole ones bind as integers. */
function integral(value: string | number | null | Uint8Array): Bound {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/**
 * Opens the writing handle, and reads back that a COMMIT survives a power cut. Throws `unsupported` where the path
 * holds something else than a database, or cannot be opened.
 */
export function openWriter(path: string): BetterSqlite3.Database {
  const handle = openFile(path);
  handle.pragma(`synchronous = ${synchronous.full}`);
  handle.pragma('foreign_keys = on');
  handle.pragma(`busy_timeout = ${BUSY_TIMEOUT}`);
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
