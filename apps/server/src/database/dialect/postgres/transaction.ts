import type { Kysely } from 'kysely';
import type { Transaction } from '../../database.ts';
import { DatabaseError } from '../../errors.ts';
import type { Schema } from '../../schema.ts';
import type { Statement } from '../../statement.ts';
import type { TransactionDialect } from '../dialect.ts';
import { kyselyOver } from '../kysely.ts';
import { postgresDialect } from './builders.ts';
import type { PostgresConnection } from './connection.ts';

/** The transaction of one unit, on the connection that it holds. */
export class PostgresTransaction implements Transaction {
  readonly dialect: TransactionDialect;
  readonly actions: (() => void)[] = [];
  readonly #connection: PostgresConnection;
  readonly #sent: Promise<void>[] = [];
  #query: Kysely<Schema> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #over = false;

  constructor(connection: PostgresConnection, lane: number) {
    this.#connection = connection;
    this.dialect = { ...postgresDialect, lane };
  }

  /** The error of the first statement that failed, whatever the unit made of it. */
  get failure(): unknown {
    return this.#failure?.error;
  }

  get query(): Kysely<Schema> {
    this.#query ??= kyselyOver('postgres', 'write', (text, parameters) =>
      this.#guard(() => this.#connection.execute(text, parameters)),
    );
    return this.#query;
  }

  all<P, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    return this.#guard(() => this.#connection.all(statement, parameters));
  }

  async first<P, R>(statement: Statement<P, R>, parameters: P): Promise<R | undefined> {
    const [row] = await this.all(statement, parameters);
    return row;
  }

  run<P>(statement: Statement<P, unknown>, parameters: P): Promise<number> {
    return this.#guard(() => this.#connection.run(statement, parameters));
  }

  send<P>(statement: Statement<P, unknown>, parameters: P): void {
    this.#sent.push(
      this.run(statement, parameters).then(
        () => {},
        // The unit fails with it, at its next statement or at its COMMIT.
        () => {},
      ),
    );
  }

  /** Resolves when all that was sent is answered. */
  async answered(): Promise<void> {
    await Promise.all(this.#sent);
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

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    if (this.#over) throw new DatabaseError('unit_over', 'the unit of this transaction is over');
    this.requireSound();
    try {
      return await work();
    } catch (error) {
      this.#failure ??= { error };
      // After one that failed, each fails because of it.
      throw this.#failure.error;
    }
  }
}
