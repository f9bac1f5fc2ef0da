import { Worker } from 'node:worker_threads';
import { DatabaseUnavailable } from '../../errors.ts';
import type { InsertRows } from '../../insert-rows.ts';
import { type Appended, type AppendOrder, orderOf } from './append-order.ts';

/** Megabytes that the thread may use for JavaScript's old objects; it has next to none. */
const MEMORY = 32;

/** Appends rows in a thread of its own, one order after the other. The thread begins with the first. */
export class Appender {
  readonly #path: string;
  #thread: Worker | undefined;

  /** @param path of the file of the database */
  constructor(path: string) {
    this.#path = path;
  }

  /** All of the rows or none; the caller waits for one order before it gives the next. */
  async append<R extends object>(insert: InsertRows<R>, rows: readonly R[]): Promise<void> {
    const { failure } = await this.#order(orderOf(insert, rows));
    if (failure !== undefined) throw new DatabaseUnavailable(`SQLite could not append: ${failure}`);
  }

  /** Ends the thread; nothing may be under way. */
  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = undefined;
  }

  #order(order: AppendOrder): Promise<Appended> {
    const thread = this.#begun();
    const { promise, resolve } = Promise.withResolvers<Appended>();
    const failed = (error: unknown) => {
      this.#thread = undefined;
      resolve({ failure: error instanceof Error ? error.message : 'its thread ended' });
    };
    thread.once('message', resolve).once('error', failed).once('exit', failed);
    thread.ref();
    thread.postMessage(order);
    return promise.finally(() => {
      thread.off('message', resolve).off('error', failed).off('exit', failed);
      thread.unref();
    });
  }

  #begun(): Worker {
    this.#thread ??= new Worker(new URL('./append-thread.ts', import.meta.url), {
      workerData: this.#path,
      // What the process was started with is meant for its main thread.
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY },
    });
    return this.#thread;
  }
}
