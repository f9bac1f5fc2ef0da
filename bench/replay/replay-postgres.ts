/**
 * Runs the statements of a recording on PostgreSQL with nothing above them, each unit on the connection that it had, in a
 * process of its own: `node replay-postgres.ts <url> <recording>`.
 */
import pg from 'pg';
import { TurnSocket } from '../../apps/server/src/database/dialect/postgres/turn-socket.ts';
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

const warmUp = Math.floor(units.length * WARM_UP_SHARE);
let done = 0;
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
  const config: pg.ClientConfig & { pipeline: boolean } = {
    connectionString: url,
    pipeline: true,
    stream: () => new TurnSocket(),
    options: '-c jit=off',
  };
  return new pg.Client(config);
}

async function replay(client: pg.Client, list: readonly Numbered[]): Promise<void> {
  for (const unit of list) {
    await finished[unit.place - WINDOW]?.promise;
    await runUnit(client, unit);
    done += 1;
    if (done === warmUp) begun = performance.now();
    finished[unit.place]?.resolve();
  }
  counted ??= { units: done - warmUp, at: performance.now() };
}

async function runUnit(client: pg.Client, unit: RecordedUnit): Promise<void> {
  let waiting: Promise<unknown>[] = [];
  const answered = async () => {
    const sent = waiting;
    waiting = [];
    await Promise.all(sent);
  };
  let isOpen = false;
  for (const { text, values, together } of unit.statements) {
    const { sql, name, reads } = texts[text] ?? missing();
    if (!together || (!reads && !isOpen)) await answered();
    if (!reads && !isOpen) {
      // It travels with the first statement.
      waiting.push(client.query('begin isolation level read committed'));
      isOpen = true;
    }
    waiting.push(client.query({ text: sql, values: [...values], ...(name && { name }) }));
  }
  if (!unit.together) await answered();
  waiting.push(client.query('commit'));
  await answered();
}

function missing(): never {
  throw new Error('the recording lacks a text');
}
