import type BetterSqlite3 from 'better-sqlite3';
import type { Durability } from '../../database.ts';
import { DatabaseUnavailable } from '../../errors.ts';
import type { DatabaseObserver } from '../../events.ts';
import { bindable, type CompiledStatement, type Statement } from '../../statement.ts';
import type { Outcome } from '../kysely.ts';
import { sqliteError } from './errors.ts';
import { synchronous } from './handles.ts';

/** Prepared texts of cold queries that a handle keeps. */
const COLD_STATEMENTS = 200;

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

  /** Reads no further than the first row. */
  first<P, R>(statement: Statement<P, R>, parameters: P): R | undefined {
    const { compiled, prepared } = this.#hot.get(statement) ?? this.#prepareHot(statement);
    if (!prepared.readonly) return this.all(statement, parameters)[0];
    try {
      const row = prepared.get(...integral(compiled.bind(parameters)));
      this.#observe({ kind: 'statement', name: compiled.name, rows: row === undefined ? 0 : 1 });
      // R is what the builder typed.
      return row as R | undefined;
    } catch (error) {
      throw sqliteError(error, this.handle);
    }
  }

  run<P>(statement: Statement<P, unknown>, parameters: P): number {
    return this.#runHot(statement, parameters).changes;
  }

  /** Runs a query of the builder. */
  execute(text: string, parameters: readonly unknown[]): Outcome {
    try {
      const bound = integral(parameters.map((value) => bindable(value, text)));
      return this.#execute(this.#prepareCold(text), bound, undefined);
    } catch (error) {
      throw sqliteError(error, this.handle);
    }
  }

  #runHot<P>(statement: Statement<P, unknown>, parameters: P): Outcome {
    const { compiled, prepared } = this.#hot.get(statement) ?? this.#prepareHot(statement);
    try {
      return this.#execute(prepared, integral(compiled.bind(parameters)), compiled.name);
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
function integral(values: Bound[]): Bound[] {
  for (const [at, value] of values.entries()) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) values[at] = BigInt(value);
  }
  return values;
}
