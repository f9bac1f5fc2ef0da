/**
 * Runs the statements of a recording on PostgreSQL with nothing above them, each unit on the connection that it had, in a
 * process of its own: `node replay-postgres.ts <url> <recording>`.
 */
import pg from 'pg';
import { type RecordedUnit, readRecording } from './recording.ts';

const [url = '', recorded = ''] = process.argv.slice(2);
const { texts, units } = readRecording(recorded);
const connections = Map.groupBy(units, ({ connection }) => connection);
const clients = [...connections].map(([, list]) => ({ list, client: open() }));
await Promise.all(clients.map(({ client }) => client.connect()));

/** The units race in another order than when they were recorded, so a few may fail, as one that claims a seat twice. */
const FAILURES = 0.01;

let done = 0;
let failed = 0;
/** Counted until the first connection has nothing left to do: from then on the others have more room. */
let counted: { readonly units: number; readonly at: number } | undefined;
const begun = performance.now();
await Promise.all(clients.map(({ client, list }) => replay(client, list)));
const { units: countedUnits, at } = counted ?? { units: done, at: performance.now() };
await Promise.all(clients.map(({ client }) => client.end()));
console.log(
  JSON.stringify({ units: countedUnits, perSecond: (countedUnits * 1000) / (at - begun) }),
);

function open(): pg.Client {
  // As in the product's pool.
  const config: pg.ClientConfig & { pipeline: boolean } = { connectionString: url, pipeline: true };
  return new pg.Client(config);
}

async function replay(client: pg.Client, list: readonly RecordedUnit[]): Promise<void> {
  for (const unit of list) {
    try {
      await runUnit(client, unit);
      done += 1;
    } catch (error) {
      failed += 1;
      if (failed > units.length * FAILURES) throw error;
      await client.query('rollback');
    }
  }
  counted ??= { units: done, at: performance.now() };
}

async function runUnit(client: pg.Client, { statements }: RecordedUnit): Promise<void> {
  let waiting: Promise<unknown>[] = [];
  const answered = async () => {
    const sent = waiting;
    waiting = [];
    await Promise.all(sent);
  };
  let isOpen = false;
  for (const { text, values, together } of statements) {
    const { sql, name, reads } = texts[text] ?? missing();
    if (!together || (!reads && !isOpen)) await answered();
    if (!reads && !isOpen) {
      // It travels with the first statement.
      waiting.push(client.query('begin isolation level read committed'));
      isOpen = true;
    }
    waiting.push(client.query({ text: sql, values: [...values], ...(name && { name }) }));
  }
  await answered();
  await client.query('commit');
}

function missing(): never {
  throw new Error('the recording lacks a text');
}
