/** The thread that appends rows: with a handle of its own it waits for the disk where no request waits for it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Appended, AppendOrder } from './append-order.ts';
import { openWriter, synchronous } from './handles.ts';

type Value = string | number | null;

/** How long it waits for another process, in milliseconds. */
const PATIENCE = 10_000;

const handle = openWriter(String(workerData));
handle.pragma(`synchronous = ${synchronous.lazy}`);
handle.pragma(`busy_timeout = ${PATIENCE}`);

parentPort?.on('message', (order: AppendOrder) => {
  parentPort?.postMessage(appended(order));
});

function appended({ sql, common, rows }: AppendOrder): Appended {
  try {
    const insert = handle.prepare(sql);
    // The texts are what the other thread made of values that SQLite can bind.
    const shared = JSON.parse(common) as Value[];
    const list = JSON.parse(rows) as Value[][];
    const insertAll = handle.transaction(() => {
      for (const row of list) insert.run(shared.concat(row));
    });
    insertAll.immediate();
    return { failure: undefined };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
