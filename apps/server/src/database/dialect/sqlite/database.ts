import type { Kysely } from 'kysely';
import type { Database, Durability, Faults, ReadSide, Transaction } from '../../database.ts';
import { DatabaseError } from '../../errors.ts';
import type { DatabaseObserver } from '../../events.ts';
import type { InsertRows } from '../../insert-rows.ts';
import type { Schema } from '../../schema.ts';
import type { Statement } from '../../statement.ts';
import { StatementCache } from '../../statement-cache.ts';
import { kyselyOver } from '../kysely.ts';
import { Appender } from './appender.ts';
import { sqliteDialect } from './builders.ts';
import { type Compile, SqliteConnection } from './connection.ts';
import { openReader, openWriter } from './handles.ts';
import { hotBuilder } from './hot-builder.ts';
import { Snapshot } from './snapshot.ts';
import { WriteQueue } from './write.ts';

/** Opens the file at `path`, making it where there is none: one handle that writes, one that reads. */
export function openSqlite(path: string, observe: DatabaseObserver, faults: Faults): Database {
  const writer = openWriter(path);
  const reader = openReader(path);
  const snapshot = new Snapshot(reader);
  const query = kyselyOver('sqlite', 'read', async (text, parameters) => {
    snapshot.hold();
    return reading.execute(text, parameters);
  });
  const statements = new StatementCache(hotBuilder(), sqliteDialect, observe);
  const compileRead: Compile = (statement) => statements.getRead(statement);
  const compile: Compile = (statement) => statements.get(statement);
  const reading = new SqliteConnection(reader, compileRead, observe);
  const writing = new SqliteConnection(writer, compile, observe);
  const read = new SqliteReader(reading, query, snapshot);
  return new SqliteDatabase(read, writing, { appender: new Appender(path), observe, faults });
}

class SqliteDatabase implements Database {
  readonly engine = 'sqlite';
  readonly read: SqliteReader;
  readonly #writing: SqliteConnection;
  readonly #queue: WriteQueue;
  readonly #appender: Appender;
  readonly #observe: DatabaseObserver;
  #closing: Promise<void> | undefined;

  constructor(
    read: SqliteReader,
    writing: SqliteConnection,
    {
      appender,
      observe,
      faults,
    }: { appender: Appender; observe: DatabaseObserver; faults: Faults },
  ) {
    this.read = read;
    this.#writing = writing;
    this.#appender = appender;
    this.#observe = observe;
    this.#queue = new WriteQueue(writing, read.snapshot, observe, faults);
  }

  async write<T>(
    unit: (tx: Transaction) => Promise<T>,
    durability: Durability = 'full',
  ): Promise<T> {
    if (this.#closing !== undefined) throw new DatabaseError('closed', 'the database is closed');
    return this.#queue.add(unit, durability);
  }

  async append<R extends object>(insert: InsertRows<R>, rows: readonly R[]): Promise<void> {
    if (this.#closing !== undefined) throw new DatabaseError('closed', 'the database is closed');
    await this.#queue.addApart(() => this.#appender.append(insert, rows));
    this.#observe({ kind: 'statement', name: insert.together.name, rows: rows.length });
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#queue.idle();
    await this.#appender.close();
    // The reading handle first: the last one to close folds the log into the file.
    this.read.snapshot.end();
    this.read.connection.handle.close();
    this.#writing.handle.close();
  }
}

class SqliteReader implements ReadSide {
  readonly dialect = sqliteDialect;
  readonly connection: SqliteConnection;
  readonly query: Kysely<Schema>;
  readonly snapshot: Snapshot;

  constructor(connection: SqliteConnection, query: Kysely<Schema>, snapshot: Snapshot) {
    this.connection = connection;
    this.query = query;
    this.snapshot = snapshot;
  }

  async all<P, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    return this.allSoon(statement, parameters);
  }

  async first<P, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    return this.firstSoon(statement, parameters);
  }

  allSoon<P, R>(statement: Statement<P, R>, parameters: P): R[] {
    this.snapshot.hold();
    return this.connection.all(statement, parameters);
  }

  firstSoon<P, R>(statement: Statement<P, R>, parameters: P): R | undefined {
    this.snapshot.hold();
    return this.connection.first(statement, parameters);
  }

  together<T>(work: () => T): T {
    try {
      return work();
    } finally {
      this.snapshot.end();
    }
  }

  version(): number {
    return this.snapshot.hold();
  }
}
