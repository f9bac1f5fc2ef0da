import type { Kysely } from 'kysely';
import type { Dialect } from './dialect/dialect.ts';
import type { DatabaseObserver } from './events.ts';
import type { Schema } from './schema.ts';
import {
  type CompiledStatement,
  compileStatement,
  type Statement,
  writeRefused,
} from './statement.ts';

/** The statements of one database, each compiled at its first use. */
export class StatementCache {
  readonly #compiled = new Map<unknown, CompiledStatement>();
  readonly #names = new Set<string>();
  readonly #db: Kysely<Schema>;
  readonly #dialect: Dialect;
  readonly #observe: DatabaseObserver;

  constructor(db: Kysely<Schema>, dialect: Dialect, observe: DatabaseObserver) {
    this.#db = db;
    this.#dialect = dialect;
    this.#observe = observe;
  }

  /** As `get`, for the read side: throws `TypeError` for a statement that changes rows. */
  getRead<P, R>(statement: Statement<P, R>): CompiledStatement {
    const compiled = this.get(statement);
    if (compiled.writes) throw writeRefused();
    return compiled;
  }

  /** The compiled form; throws `TypeError` where another statement has the same name, as one made for each call would. */
  get<P, R>(statement: Statement<P, R>): CompiledStatement {
    const known = this.#compiled.get(statement);
    if (known !== undefined) return known;
    if (this.#names.has(statement.name)) {
      throw new TypeError(`two statements are named ${statement.name}`);
    }
    const compiled = compileStatement(statement, this.#db, this.#dialect);
    this.#names.add(statement.name);
    this.#compiled.set(statement, compiled);
    this.#observe({ kind: 'compiled', name: statement.name, sql: compiled.sql });
    return compiled;
  }
}
