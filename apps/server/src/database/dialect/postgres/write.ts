import { setTimeout as delay } from 'node:timers/promises';
import type { Durability, Faults, Transaction } from '../../database.ts';
import { DatabaseError, DatabaseUnavailable, OutcomeUnknown } from '../../errors.ts';
import type { DatabaseObserver } from '../../events.ts';
import { callAll } from '../after-commit.ts';
import { isConnectionLost, isLostRace, postgresError } from './errors.ts';
import type { Held, PostgresPool } from './pool.ts';
import { PostgresTransaction } from './transaction.ts';

/** How often a unit that lost a race is run, and the longest pause before the first and before any further run, in ms. */
const ATTEMPTS = 12;
const FIRST_PAUSE = 4;
const LONGEST_PAUSE = 250;

const begin: Readonly<Record<Durability, string>> = {
  full: 'begin isolation level read committed',
  lazy: 'begin isolation level read committed; set local synchronous_commit = off',
};

/** Runs units, each in a transaction of its own, again where it lost a race. */
export class UnitRunner {
  readonly #pool: PostgresPool;
  readonly #observe: DatabaseObserver;
  readonly #faults: Faults;

  constructor(pool: PostgresPool, observe: DatabaseObserver, faults: Faults) {
    this.#pool = pool;
    this.#observe = observe;
    this.#faults = faults;
  }

  async run<T>(unit: (tx: Transaction) => Promise<T>, durability: Durability): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#pool.use((held) => this.#attempt(held, unit, durability));
      } catch (error) {
        if (!(error instanceof LostRace)) throw error;
        if (attempt === ATTEMPTS) {
          throw new DatabaseUnavailable(`a unit lost ${ATTEMPTS} races`, { cause: error.cause });
        }
      }
      this.#observe({ kind: 'retried', attempt });
      await delay(Math.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt));
    }
  }

  async #attempt<T>(
    held: Held,
    unit: (tx: Transaction) => Promise<T>,
    durability: Durability,
  ): Promise<T> {
    const tx = new PostgresTransaction(held.connection, held.lane);
    const begun = held.connection.control(begin[durability]);
    // Not awaited yet: it travels with the first statement. That one fails too where it fails.
    begun.catch(() => {});
    let value: T;
    try {
      value = await unit(tx).finally(() => tx.end());
      tx.requireSound();
      await begun;
      this.#faults.beforeCommit?.();
    } catch (error) {
      await rollback(held);
      await tx.answered();
      if (isLostRace(tx.failure)) throw new LostRace(tx.failure);
      throw error;
    }
    await this.#commit(held, tx);
    callAll(tx.actions);
    return value;
  }

  /** COMMIT travels with what the unit has sent: where any of that failed, it rolls back. */
  async #commit(held: Held, tx: PostgresTransaction): Promise<void> {
    try {
      const command = await held.connection.control('commit');
      if (command !== 'COMMIT') {
        await tx.answered();
        tx.requireSound();
        throw new DatabaseError('statement_failed', 'PostgreSQL rolled the unit back');
      }
      this.#faults.afterCommit?.();
    } catch (error) {
      throw commitError(error, held);
    }
    this.#observe({ kind: 'committed', units: 1 });
  }
}

/** Carries the failure of a unit that is worth another run. */
class LostRace extends Error {
  constructor(cause: unknown) {
    super('lost a race', { cause });
  }
}

function commitError(error: unknown, held: Held): unknown {
  if (isLostRace(error)) return new LostRace(error);
  if (error instanceof DatabaseError) return error;
  if (!isConnectionLost(error)) return postgresError(error);
  held.discard();
  return new OutcomeUnknown({ cause: error });
}

async function rollback(held: Held): Promise<void> {
  try {
    await held.connection.control('rollback');
  } catch {
    // The connection is gone, and the server undoes what it held.
    held.discard();
  }
}
