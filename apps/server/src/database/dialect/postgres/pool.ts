import pg, { type PoolClient } from 'pg';
import { DatabaseError, DatabaseUnavailable } from '../../errors.ts';
import type { DatabaseObserver } from '../../events.ts';
import type { StatementCache } from '../../statement-cache.ts';
import { PostgresConnection } from './connection.ts';
import { postgresError } from './errors.ts';
import { LANES, Lanes } from './lanes.ts';
import { TurnSocket } from './turn-socket.ts';

/** Limits of a session, in milliseconds. */
const CONNECT_TIMEOUT = 10_000;
const STATEMENT_TIMEOUT = 30_000;
const IDLE_IN_TRANSACTION_TIMEOUT = 10_000;
const KEEP_ALIVE_DELAY = 10_000;

/** Oids of int8 and numeric. The schema holds counts and times below 2^53; a sum of int8 is numeric. */
const INT8 = 20;
const NUMERIC = 1700;

/** A connection that is held, with its lane. */
export interface Held {
  readonly connection: PostgresConnection;
  readonly lane: number;
  /** The connection is of no use any more: the pool drops it when it is given back. */
  discard(): void;
}

/** Connections to the server, each held by one reader or one unit at a time. */
export class PostgresPool {
  readonly #pool: pg.Pool;
  readonly #lanes = new Lanes();
  readonly #statements: StatementCache;
  readonly #observe: DatabaseObserver;

  constructor(url: string, size: number, statements: StatementCache, observe: DatabaseObserver) {
    if (!(size >= 1 && size <= LANES)) {
      throw new DatabaseError('unsupported', `the pool size must be 1 to ${LANES}, not ${size}`);
    }
    this.#statements = statements;
    this.#observe = observe;
    this.#pool = new pg.Pool(settings(url, size));
    // An idle connection that breaks is dropped by the pool; the next statement opens another.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => {
      // One that breaks while it is held fails its statement, which reports it.
      client.on('error', () => {});
    });
    this.#pool.on('remove', (client) => this.#lanes.free(client));
  }

  /** Runs `work` with a connection of its own. */
  async use<T>(work: (held: Held) => Promise<T>): Promise<T> {
    const client = await this.#connect();
    let lost = false;
    try {
      return await work({
        connection: new PostgresConnection(client, this.#statements, this.#observe),
        lane: this.#lanes.of(client),
        discard: () => {
          lost = true;
        },
      });
    } catch (error) {
      lost ||= error instanceof DatabaseUnavailable;
      throw error;
    } finally {
      client.release(lost);
    }
  }

  /** Ends the connections. Nothing may be held or waiting. */
  async end(): Promise<void> {
    await this.#pool.end();
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw postgresError(error);
    }
  }
}

function settings(url: string, size: number): pg.PoolConfig & { readonly pipeline: boolean } {
  return {
    connectionString: url,
    max: size,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY,
    application_name: 'rollcall',
    // Statements that are sent without waiting share a round trip: `begin` and the first one, or a `Promise.all`.
    pipeline: true,
    stream: () => new TurnSocket(),
    // Compiling a plan takes longer than any statement of ours runs.
    options: '-c jit=off',
    types: { getTypeParser: typeParser },
  };
}

function typeParser(oid: number, format?: 'text' | 'binary') {
  if (oid === INT8 || oid === NUMERIC) return Number;
  return pg.types.getTypeParser(oid, format);
}
