import { DatabaseUnavailable } from '../../errors.ts';
import type { PostgresConnection } from './connection.ts';
import type { PostgresPool } from './pool.ts';

type Read = (connection: PostgresConnection) => Promise<void>;

/**
 * Runs the hot reads of one turn of the event loop on one connection, sent together: under load they share their round trips.
 * None waits for the next turn's, which take another connection.
 */
export class ReadTurns {
  readonly #pool: PostgresPool;
  #reads: { readonly run: Read; readonly reject: (error: unknown) => void }[] = [];

  constructor(pool: PostgresPool) {
    this.#pool = pool;
  }

  add<T>(read: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (this.#reads.length === 0) setImmediate(() => this.#run());
    this.#reads.push({ run: (connection) => read(connection).then(resolve), reject });
    return promise;
  }

  async #run(): Promise<void> {
    const reads = this.#reads;
    this.#reads = [];
    try {
      await this.#pool.use(async ({ connection, discard }) => {
        const fail = (error: unknown) => {
          if (error instanceof DatabaseUnavailable) discard();
          return error;
        };
        await Promise.all(
          reads.map(({ run, reject }) =>
            run(connection).catch((error: unknown) => reject(fail(error))),
          ),
        );
      });
    } catch (error) {
      for (const { reject } of reads) reject(error);
    }
  }
}
