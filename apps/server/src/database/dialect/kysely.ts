import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Schema } from '../schema.ts';
import { refuseWrite } from '../statement.ts';
import type { Engine } from './column-types.ts';

/** Rows of a query, and how many it inserted, changed or deleted. */
export interface Outcome {
  readonly rows: unknown[];
  readonly changes: number;
}

/** Runs one query of the builder, wherever it belongs: a read handle, a pool, a unit. */
export type RunQuery = (sql: string, parameters: readonly unknown[]) => Promise<Outcome>;

/**
 * Kysely in front of `run`. It has no transactions of its own: units are the transactions. With `read`, queries of the
 * builder that change rows are refused.
 */
export function kyselyOver(
  engine: Engine,
  access: 'read' | 'write',
  run: RunQuery,
): Kysely<Schema> {
  const createDriver = () => new RunDriver(access, run);
  if (engine === 'sqlite') {
    return new Kysely({
      dialect: {
        createDriver,
        createAdapter: () => new SqliteAdapter(),
        createQueryCompiler: () => new SqliteQueryCompiler(),
        createIntrospector: (db) => new SqliteIntrospector(db),
      },
    });
  }
  return new Kysely({
    dialect: {
      createDriver,
      createAdapter: () => new PostgresAdapter(),
      createQueryCompiler: () => new PostgresQueryCompiler(),
      createIntrospector: (db) => new PostgresIntrospector(db),
    },
  });
}

class RunDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(access: 'read' | 'write', run: RunQuery) {
    this.#connection = new RunConnection(access, run);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(): Promise<void> {
    throw new TypeError('transactions are units of database.write');
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class RunConnection implements DatabaseConnection {
  readonly #access: 'read' | 'write';
  readonly #run: RunQuery;

  constructor(access: 'read' | 'write', run: RunQuery) {
    this.#access = access;
    this.#run = run;
  }

  async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#access === 'read') refuseWrite(query);
    const { rows, changes } = await this.#run(sql, parameters);
    // Kysely gives R by the query's own type.
    return { rows: rows as R[], numAffectedRows: BigInt(changes) };
  }

  // biome-ignore lint/correctness/useYield: it refuses before the first row
  async *streamQuery(): AsyncIterableIterator<never> {
    throw new TypeError('streams read keyset chunks, each a finished statement');
  }
}
