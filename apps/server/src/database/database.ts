import type { Kysely } from 'kysely';
import type { Engine } from './dialect/column-types.ts';
import type { Dialect, TransactionDialect } from './dialect/dialect.ts';
import type { InsertRows } from './insert-rows.ts';
import type { Schema } from './schema.ts';
import type { Soon } from './soon.ts';
import type { Statement } from './statement.ts';

/**
 * What of a unit a power cut may take. `full`: nothing, once it is acknowledged. `lazy`: a unit of the last moments, as a whole;
 * it waits for no disk, and a process that is killed loses nothing of it either. For what nobody was promised.
 */
export type Durability = 'full' | 'lazy';

/** The database of this process. */
export interface Database {
  readonly engine: Engine;

  /**
   * Runs one write unit; resolves after the COMMIT that made it durable. The only way to write.
   *
   * SQLite: waiting units share one `begin immediate`, a savepoint each. PostgreSQL: one transaction, run again when it
   * lost a race (40001, 40P01), so a unit has no effect but through its transaction and `afterCommit`.
   *
   * A unit awaits nothing but its transaction, and reads nothing but through it. A statement that fails ends its unit,
   * even where the unit catches the error. An error thrown by the unit undoes that unit alone and is rejected as it is.
   * A failed COMMIT rejects all of its units with `DatabaseUnavailable`, or `OutcomeUnknown` where nobody can tell.
   *
   * @param durability `full` where it is left out. Units that share a COMMIT have that of the strictest of them.
   */
  write<T>(unit: (tx: Transaction) => Promise<T>, durability?: Durability): Promise<T>;

  /**
   * Inserts rows apart from any unit, all of them or none: for what nobody waits for and a power cut may take. On SQLite
   * another thread does it, so that requests go on meanwhile. Rejects where they were not written.
   */
  append<R extends object>(insert: InsertRows<R>, rows: readonly R[]): Promise<void>;

  /** The read side: never sees what is not committed, always sees what was acknowledged. */
  readonly read: ReadSide;

  /** Finishes the queued writes, then closes. */
  close(): Promise<void>;
}

/** Where statements are run. */
export interface Reader {
  /** The words of the engine, for what is built at run time. */
  readonly dialect: Dialect;
  /** Cold queries, through the builder: 20 to 40 µs each above the statement. Hot ones are a `Statement`. */
  readonly query: Kysely<Schema>;
  /** Runs a hot statement; all of its rows. */
  all<P, R>(statement: Statement<P, R>, parameters: P): Promise<R[]>;
  /** Runs a hot statement; its first row. */
  first<P, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined>;
}

/** What is read outside of units. */
export interface ReadSide extends Reader {
  /** As `all`, without a promise where the engine answers at once. */
  allSoon<P, R>(statement: Statement<P, R>, parameters: P): Soon<R[]>;
  /** As `first`, without a promise where the engine answers at once. */
  firstSoon<P, R>(statement: Statement<P, R>, parameters: P): Soon<R | undefined>;
  /** Runs what awaits nothing, whose reads share one read transaction that ends with it; on PostgreSQL each has its own. */
  together<T>(work: () => T): T;
  /**
   * A number that is another one after each commit, whichever process made it: while it is the same, what was read is what
   * reading it again would give. Undefined where the engine has no such number.
   */
  version(): number | undefined;
}

/** The transaction of one unit; over when the unit is. */
export interface Transaction extends Reader {
  /** Runs a hot statement; the number of rows that it inserted, changed or deleted. */
  run<P>(statement: Statement<P, unknown>, parameters: P): Promise<number>;
  /**
   * Runs a hot statement whose outcome nobody asks for; where it fails, the unit fails with its error. On PostgreSQL it is
   * sent without waiting: a unit takes as many round trips as it has statements whose outcome it asks for.
   */
  send<P>(statement: Statement<P, unknown>, parameters: P): void;
  /** Registers what to do once this unit is durable; never called if it fails. It must not throw. */
  afterCommit(action: () => void): void;
  readonly dialect: TransactionDialect;
}

/** Faults that crash tests put between the last statement, COMMIT and the answer. Nothing else sets them. */
export interface Faults {
  /** Throws: COMMIT fails. */
  beforeCommit?(): void;
  /** Throws: the connection is lost after COMMIT, before its answer. */
  afterCommit?(): void;
}
