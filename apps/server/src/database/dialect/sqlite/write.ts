import { setTimeout as delay } from 'node:timers/promises';
import type { Durability, Faults, Transaction } from '../../database.ts';
import { DatabaseError, DatabaseUnavailable, OutcomeUnknown } from '../../errors.ts';
import type { DatabaseObserver } from '../../events.ts';
import { callAll } from '../after-commit.ts';
import type { SqliteConnection } from './connection.ts';
import { isStorageFailure, sqliteCode, sqliteError } from './errors.ts';
import type { Snapshot } from './snapshot.ts';
import { SqliteTransaction } from './transaction.ts';

/** Bounds of a batch: units, and milliseconds after which no further unit is begun, so that the event loop goes on. */
const BATCH_UNITS = 64;
const BATCH_TIME = 12;

/** How long a batch waits for another process's write lock, in milliseconds, and between two tries. */
const LOCK_PATIENCE = 10_000;
const LOCK_PAUSE = 5;

interface Job {
  readonly unit: (tx: Transaction) => Promise<unknown>;
  readonly durability: Durability;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A unit that ran, and what to do with it once COMMIT has spoken. */
interface Ran {
  readonly job: Job;
  readonly settle: () => void;
  readonly actions: readonly (() => void)[];
}

/** Runs units one after the other; those that wait share one transaction and one COMMIT. */
export class WriteQueue {
  readonly #connection: SqliteConnection;
  readonly #snapshot: Snapshot;
  readonly #observe: DatabaseObserver;
  readonly #faults: Faults;
  readonly #waiting: Job[] = [];
  readonly #apart: (() => Promise<void>)[] = [];
  #draining: Promise<void> | undefined;

  /** @param snapshot of the read side, which must not outlive a COMMIT */
  constructor(
    connection: SqliteConnection,
    snapshot: Snapshot,
    observe: DatabaseObserver,
    faults: Faults,
  ) {
    this.#connection = connection;
    this.#snapshot = snapshot;
    this.#observe = observe;
    this.#faults = faults;
  }

  add<T>(unit: (tx: Transaction) => Promise<T>, durability: Durability): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // A job's unit and its resolve belong together; the queue holds jobs of every T.
    const job = { unit, durability, resolve: resolve as (value: unknown) => void, reject };
    this.#waiting.push(job);
    this.#draining ??= this.#drain();
    return promise;
  }

  /** Runs work on another handle while no unit runs, so that neither keeps the lock of the file from the other. */
  addApart(work: () => Promise<void>): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#apart.push(() => work().then(resolve, reject));
    this.#draining ??= this.#drain();
    return promise;
  }

  /** Resolves when nothing waits or runs. */
  async idle(): Promise<void> {
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length + this.#apart.length > 0) {
      // One turn of the event loop: requests that are already there join the batch, and the loop serves others between two.
      await nextTurn();
      if (this.#waiting.length > 0) await this.#runBatch();
      const apart = this.#apart.shift();
      if (apart === undefined) continue;
      await apart();
      this.#snapshot.end();
    }
    this.#draining = undefined;
  }

  async #runBatch(): Promise<void> {
    const ran: Ran[] = [];
    // Lazy units may join the others; those that wait for the disk never join them.
    const durability = this.#waiting.every(isLazy) ? 'lazy' : 'full';
    try {
      this.#connection.synchronize(durability);
      await this.#begin();
    } catch (error) {
      for (const job of this.#waiting.splice(0, BATCH_UNITS)) job.reject(error);
      return;
    }
    try {
      await this.#runUnits(ran, durability);
      this.#commit(ran.length);
    } catch (error) {
      this.#rollback();
      const failure = error instanceof OutcomeUnknown ? error : asUnavailable(error);
      for (const { job } of ran) job.reject(failure);
      return;
    }
    callAll(ran.flatMap(({ actions }) => actions));
    for (const { settle } of ran) settle();
  }

  async #begin(): Promise<void> {
    const deadline = performance.now() + LOCK_PATIENCE;
    for (;;) {
      try {
        this.#connection.handle.exec('begin immediate');
        return;
      } catch (error) {
        const busy = sqliteCode(error)?.startsWith('SQLITE_BUSY') === true;
        if (!busy || performance.now() > deadline)
          throw sqliteError(error, this.#connection.handle);
      }
      await delay(LOCK_PAUSE * (1 + Math.random()));
    }
  }

  async #runUnits(ran: Ran[], durability: Durability): Promise<void> {
    const started = performance.now();
    const watch = watchTurn();
    try {
      while (ran.length < BATCH_UNITS && performance.now() - started < BATCH_TIME) {
        const [next] = this.#waiting;
        if (next === undefined || (durability === 'lazy' && !isLazy(next))) return;
        this.#waiting.shift();
        await this.#runUnit(next, ran, watch.strayed);
        if (watch.turned()) return;
      }
    } finally {
      watch.stop();
    }
  }

  async #runUnit(job: Job, ran: Ran[], strayed: Promise<never>): Promise<void> {
    const { handle } = this.#connection;
    const tx = new SqliteTransaction(this.#connection);
    handle.exec('savepoint unit');
    try {
      const value = await Promise.race([job.unit(tx), strayed]).finally(() => tx.end());
      tx.requireSound();
      handle.exec('release unit');
      ran.push({ job, settle: () => job.resolve(value), actions: tx.actions });
    } catch (error) {
      ran.push({ job, settle: () => job.reject(error), actions: [] });
      // A full disk may have ended the whole transaction; then there is no savepoint to return to.
      if (isStorageFailure(tx.failure) || !handle.inTransaction) throw tx.failure ?? error;
      handle.exec('rollback to unit; release unit');
    }
  }

  #commit(units: number): void {
    this.#faults.beforeCommit?.();
    this.#snapshot.end();
    this.#connection.handle.exec('commit');
    this.#observe({ kind: 'committed', units });
    try {
      this.#faults.afterCommit?.();
    } catch (error) {
      throw new OutcomeUnknown({ cause: error });
    }
  }

  #rollback(): void {
    try {
      if (this.#connection.handle.inTransaction) this.#connection.handle.exec('rollback');
    } catch {
      // The units are rejected all the same, and so is every later one: it cannot begin.
    }
  }
}

function isLazy({ durability }: Job): boolean {
  return durability === 'lazy';
}

function asUnavailable(error: unknown): DatabaseUnavailable {
  if (error instanceof DatabaseUnavailable) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new DatabaseUnavailable(`SQLite could not commit: ${reason}`, { cause: error });
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/**
 * SQLite answers at once, so a unit that awaits only its transaction ends within one turn of the event loop. One that
 * awaits anything else would hold everybody's transaction open: it is refused.
 */
function watchTurn() {
  const { promise: strayed, reject } = Promise.withResolvers<never>();
  strayed.catch(() => {});
  let turned = false;
  const immediate = setImmediate(() => {
    turned = true;
    reject(new DatabaseError('unit_strayed', 'a unit awaited something else than its transaction'));
  });
  return { strayed, turned: () => turned, stop: () => clearImmediate(immediate) };
}
