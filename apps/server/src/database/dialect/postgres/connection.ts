import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import type { DatabaseObserver } from '../../events.ts';
import { bindable, type Statement } from '../../statement.ts';
import type { StatementCache } from '../../statement-cache.ts';
import type { Outcome } from '../kysely.ts';
import { postgresError } from './errors.ts';

/** After this many milliseconds without an answer the connection counts as lost. Above the server's statement timeout. */
const ANSWER_TIMEOUT = 45_000;

/** One connection, while it is held: runs statements, prepares each once. */
export class PostgresConnection {
  readonly #client: PoolClient;
  readonly #statements: StatementCache;
  readonly #observe: DatabaseObserver;

  constructor(client: PoolClient, statements: StatementCache, observe: DatabaseObserver) {
    this.#client = client;
    this.#statements = statements;
    this.#observe = observe;
  }

  async all<P, R>(statement: Statement<P, R>, parameters: P): Promise<R[]> {
    const { rows } = await this.#runHot(statement, parameters);
    // R is what the builder typed.
    return rows as R[];
  }

  async run<P>(statement: Statement<P, unknown>, parameters: P): Promise<number> {
    const { changes } = await this.#runHot(statement, parameters);
    return changes;
  }

  /** Runs a query of the builder. It has no answer timeout: a migration takes as long as it takes. */
  async execute(text: string, parameters: readonly unknown[]): Promise<Outcome> {
    // Kysely's introspection binds booleans; nothing of ours does.
    const values = parameters.map((value) =>
      typeof value === 'boolean' ? value : bindable(value, text),
    );
    const outcome = outcomeOf(await this.#send({ text, values }));
    this.#observe({ kind: 'statement', name: undefined, rows: outcome.changes });
    return outcome;
  }

  /** `begin`, `commit` or `rollback`; the server's word for what it did. */
  async control(text: string): Promise<string> {
    const { command } = await this.#client.query(timed({ text }));
    return command;
  }

  async #runHot<P>(statement: Statement<P, unknown>, parameters: P): Promise<Outcome> {
    const { name, sql: text, bind } = this.#statements.get(statement);
    const values = bind(parameters);
    const outcome = outcomeOf(await this.#send(timed({ name, text, values })));
    this.#observe({ kind: 'statement', name, rows: outcome.changes });
    return outcome;
  }

  async #send(config: QueryConfig): Promise<QueryResult> {
    try {
      return await this.#client.query(config);
    } catch (error) {
      throw postgresError(error);
    }
  }
}

function outcomeOf({ rows, rowCount }: QueryResult): Outcome {
  return { rows, changes: rowCount ?? 0 };
}

function timed(config: QueryConfig): QueryConfig & { readonly query_timeout: number } {
  return { ...config, query_timeout: ANSWER_TIMEOUT };
}
