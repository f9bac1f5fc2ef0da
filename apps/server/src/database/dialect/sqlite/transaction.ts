import type { Kysely } from 'kysely';
import type { Transaction } from '../../database.ts';
import { DatabaseError } from '../../errors.ts';
import type { Schema } from '../../schema.ts';
import type { Statement } from '../../statement.ts';
import type { TransactionDialect } from '../dialect.ts';
import { kyselyOver } from '../kysely.ts';
import { sqliteDialect } from './builders.ts';
import type { SqliteConnection } from './connection.ts';

const dialect: TransactionDialect = { ...sqliteDialect, lane: 0 };

/** The transaction of one unit: a savepoint in the transaction of its batch. */
export class SqliteTransaction implements Transaction {
  readonly dialect = dialect;
  readonly actions: (() => void)[] = [];
  readonly #connection: SqliteConnection;
  #query: Kysely<Schema> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #over = false;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  /** The error of the first statement that failed, whatever the unit made of it. */
  get failure(): unknown {
    return this.#failure?.error;
  }

  get query(): Kysely<Schema> {
    this.#query ??= kyselyOver('sqlite', 'write', async (text, parameters) =>
      this.#guard(() => this.#connection.execute(text, parameters)),
    );
    return this.#query;
  }

  async all<P, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    return this.#guard(() => this.#connection.all(statement, parameters));
  }

  async first<P, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    return this.#guard(() => this.#connection.first(statement, parameters));
  }

  async run<P>(statement: Statement<P, unknown>, parameters: P): Promise<number> {
    return this.#guard(() => this.#connection.run(statement, parameters));
  }

  send<P>(statement: Statement<P, unknown>, parameters: P): void {
    try {
      this.#guard(() => this.#connection.run(statement, parameters));
    } catch {
      // The unit fails with it, at its next statement or at its end.
    }
  }

  afterCommit(action: () => void): void {
    this.actions.push(action);
  }

  /** Ends the unit: later statements are refused. */
  end(): void {
    this.#over = true;
  }

  /** Throws the error of a statement that failed, where the unit swallowed it. */
  requireSound(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #guard<T>(work: () => T): T {
    if (this.#over) throw new DatabaseError('unit_over', 'the unit of this transaction is over');
    this.requireSound();
    try {
      return work();
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }
}
