import { type Kysely, sql } from 'kysely';
import type { Database, Durability, Faults, ReadSide, Transaction } from '../../database.ts';
import { DatabaseError } from '../../errors.ts';
import type { DatabaseObserver } from '../../events.ts';
import type { InsertRows } from '../../insert-rows.ts';
import type { Schema } from '../../schema.ts';
import type { Statement } from '../../statement.ts';
import { StatementCache } from '../../statement-cache.ts';
import { kyselyOver, type Outcome } from '../kysely.ts';
import { postgresDialect } from './builders.ts';
import { PostgresPool } from './pool.ts';
import { ReadTurns } from './read-turn.ts';
import { UnitRunner } from './write.ts';

/** Opens a pool of `size` connections, and proves that the server is one that Rollcall can stand on. */
export async function openPostgres(
  url: string,
  size: number,
  observe: DatabaseObserver,
  faults: Faults,
): Promise<Database> {
  const query = kyselyOver('postgres', 'read', (text, parameters) =>
    reader.execute(text, parameters),
  );
  const statements = new StatementCache(query, postgresDialect, observe);
  const pool = new PostgresPool(url, size, statements, observe);
  const work = new Work();
  const reader = new PostgresReader(pool, query, statements, work);
  try {
    await requireServer(query);
  } catch (error) {
    await pool.end();
    throw error;
  }
  return new PostgresDatabase(pool, reader, new UnitRunner(pool, observe, faults), work);
}

class PostgresDatabase implements Database {
  readonly engine = 'postgres';
  readonly read: ReadSide;
  readonly #pool: PostgresPool;
  readonly #units: UnitRunner;
  readonly #work: Work;
  #closing: Promise<void> | undefined;

  constructor(pool: PostgresPool, read: ReadSide, units: UnitRunner, work: Work) {
    this.read = read;
    this.#pool = pool;
    this.#units = units;
    this.#work = work;
  }

  write<T>(unit: (tx: Transaction) => Promise<T>, durability: Durability = 'full'): Promise<T> {
    return this.#work.track(() => this.#units.run(unit, durability));
  }

  async append<R extends object>(insert: InsertRows<R>, rows: readonly R[]): Promise<void> {
    await this.write((tx) => tx.run(insert.together, { rows }), 'lazy');
  }

  close(): Promise<void> {
    this.#closing ??= this.#work.finish().then(() => this.#pool.end());
    return this.#closing;
  }
}

class PostgresReader implements ReadSide {
  readonly dialect = postgresDialect;
  readonly query: Kysely<Schema>;
  readonly #pool: PostgresPool;
  readonly #turns: ReadTurns;
  readonly #statements: StatementCache;
  readonly #work: Work;

  constructor(pool: PostgresPool, query: Kysely<Schema>, statements: StatementCache, work: Work) {
    this.query = query;
    this.#pool = pool;
    this.#turns = new ReadTurns(pool);
    this.#statements = statements;
    this.#work = work;
  }

  async all<P, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    this.#statements.getRead(statement);
    return this.#work.track(() =>
      this.#turns.add((connection) => connection.all(statement, parameters)),
    );
  }

  async first<P, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    const [row] = await this.all(statement, parameters);
    return row;
  }

  allSoon<P, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    return this.all(statement, parameters);
  }

  firstSoon<P, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    return this.first(statement, parameters);
  }

  together<T>(work: () => T): T {
    return work();
  }

  version(): undefined {
    return undefined;
  }

  execute(text: string, parameters: readonly unknown[]): Promise<Outcome> {
    return this.#work.track(() =>
      this.#pool.use(({ connection }) => connection.execute(text, parameters)),
    );
  }
}

/** What is under way, so that closing can wait for it: a pool forgets those who wait for a connection. */
class Work {
  readonly #underWay = new Set<Promise<unknown>>();
  #closed = false;

  async track<T>(start: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new DatabaseError('closed', 'the database is closed');
    const work = start();
    this.#underWay.add(work);
    return await work.finally(() => this.#underWay.delete(work));
  }

  async finish(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
  }
}

const OLDEST_SERVER = 140_000;

async function requireServer(query: Kysely<Schema>): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string; durable: boolean }>`select
    current_setting('server_version_num')::integer as version,
    current_setting('server_encoding') as encoding,
    current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off' as durable`.execute(
    query,
  );
  const [server] = rows;
  if (server === undefined || server.version < OLDEST_SERVER) {
    throw new DatabaseError('unsupported', 'PostgreSQL 14 or newer is needed');
  }
  if (server.encoding !== 'UTF8') {
    throw new DatabaseError('unsupported', `the database must be UTF8, not ${server.encoding}`);
  }
  if (!server.durable) {
    throw new DatabaseError(
      'unsupported',
      'PostgreSQL runs with fsync or synchronous_commit off: what it acknowledges may be lost',
    );
  }
}
