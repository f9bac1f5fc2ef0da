/**
 * Runs the statements of a recording on PostgreSQL with nothing above them, each unit on the connection that it had, in a
 * process of its own: `node replay-postgres.ts <url> <recording>`.
 */
import pg from 'pg';
import { CONNECTIONS } from '../load.ts';
import { type RecordedUnit, readRecording, WARM_UP_SHARE } from './recording.ts';

interface Numbered extends RecordedUnit {
  readonly place: number;
}

/**
 * A unit waits for those that stand this far before it. Without that a connection could run away with the second request
 * about a person before another one has done the first, and they would lock each other out as they never did.
 */
const WINDOW = 4 * CONNECTIONS;

const [url = '', recorded = ''] = process.argv.slice(2);
const { texts, units } = readRecording(recorded);
const numbered = units.map((unit, place): Numbered => ({ ...unit, place }));
const connections = Map.groupBy(numbered, ({ connection }) => connection);
const finished = units.map(() => Promise.withResolvers<void>());
const clients = [...connections].map(([, list]) => ({ list, client: open() }));
await Promise.all(clients.map(({ client }) => client.connect()));

/**
 * The units race in another order than when they were recorded, so some fail and are not counted: where all connections found
 * no seat and waited for the next block, each has two claims on record, and the first may now succeed.
 */
const FAILURES = 0.1;

const warmUp = Math.floor(units.length * WARM_UP_SHARE);
let done = 0;
let failed = 0;
/** Counted until the first connection has nothing left to do: from then on the others have more room. */
let counted: { readonly units: number; readonly at: number } | undefined;
let begun = performance.now();
await Promise.all(clients.map(({ client, list }) => replay(client, list)));
if (counted === undefined) throw new Error('nothing was replayed');
const { units: countedUnits, at } = counted;
await Promise.all(clients.map(({ client }) => client.end()));
console.log(
  JSON.stringify({ units: countedUnits, perSecond: (countedUnits * 1000) / (at - begun) }),
);

function open(): pg.Client {
  // As in the product's pool.
  const config: pg.ClientConfig & { pipeline: boolean } = { connectionString: url, pipeline: true };
  return new pg.Client(config);
}

async function replay(client: pg.Client, list: readonly Numbered[]): Promise<void> {
  for (const unit of list) {
    await finished[unit.place - WINDOW]?.promise;
    try {
      await runUnit(client, unit);
      done += 1;
      if (done === warmUp) begun = performance.now();
    } catch (error) {
      failed += 1;
      if (failed > units.length * FAILURES) throw error;
      await client.query('rollback');
    }
    finished[unit.place]?.resolve();
  }
  counted ??= { units: done - warmUp, at: performance.now() };
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
