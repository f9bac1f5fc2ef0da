/** `npm run bench`: what the product costs, beside what it could cost at least. README.md says how to read it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Home } from './databases/home.ts';
import { takeTurn } from './databases/lock.ts';
import { disturbances } from './disturbances.ts';
import { CONNECTIONS } from './load.ts';
import { type EngineName, type Options, OptionsError, readOptions } from './options.ts';
import { PeerBench, type PeerRound, peers, requirePeers } from './peer-bench.ts';
import { machineFacts } from './report/machine.ts';
import type { Results } from './report/results.ts';
import { reportOf } from './report/table.ts';
import { Bench, type Round } from './round.ts';
import { scenarios } from './scenarios.ts';

/** Cores that server, database and load generator share. */
const CORES = 2;

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  const options = readOptions(process.argv.slice(2));
  if (availableParallelism() > CORES) process.exitCode = runOnFewCores();
  else await run(options);
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** Starts this program again, held to two cores; the children inherit that. */
function runOnFewCores(): number {
  const cores = Array.from({ length: CORES }, (_, core) => core).join(',');
  const again = ['-c', cores, process.execPath, ...process.argv.slice(1)];
  const { status, error } = spawnSync('taskset', again, { stdio: 'inherit' });
  if (error === undefined) return status ?? 1;
  console.error('bench: taskset is needed to hold the measurement to two cores');
  return 2;
}

async function run(options: Options): Promise<void> {
  const machine = machineFacts();
  const leave = takeTurn();
  if (leave === undefined) throw new OptionsError('bench: another run is under way');
  const homes: Home[] = [];
  try {
    for (const engine of options.engines) homes.push(await openHome(engine));
    const peers = options.peers ? await startPeers(homes, options) : [];
    const benches = await prepareAll(homes, options);
    const { series, peers: peerSeries } = await measureAll(benches, peers, options.rounds);
    const engines = homes.map(({ facts }) => facts);
    report(options, {
      machine: { ...machine, engines },
      secondsEach: options.seconds,
      connections: CONNECTIONS,
      series,
      peers: peerSeries,
    });
  } finally {
    for (const home of homes) await home.close();
    leave();
  }
}

async function openHome(engine: EngineName): Promise<Home> {
  if (engine === 'sqlite') return (await import('./databases/sqlite.ts')).openSqliteHome();
  return (await import('./databases/postgres.ts')).openPostgresHome();
}

async function prepareAll(homes: readonly Home[], options: Options): Promise<Bench[]> {
  const method = {
    scenarios: scenarios.filter(({ id }) => options.only.includes(id)),
    disturbances: disturbances.filter(({ id }) => options.only.includes(id)),
    limits: !options.peers,
    milliseconds: options.seconds * 1000,
    profile: options.profile,
  };
  const benches: Bench[] = [];
  for (const home of homes) {
    for (const size of options.sizes) {
      tell(`preparing ${home.engine}, ${size} users`);
      benches.push(await Bench.prepare(home, size, method));
    }
  }
  return benches;
}

/** Engines and sizes take turns within a round, so that a slow minute of the machine falls on all of them. */
async function measureAll(benches: readonly Bench[], peers: readonly PeerBench[], rounds: number) {
  const measured = new Map<Bench, Round[]>(benches.map((bench) => [bench, []]));
  const beside = new Map<PeerBench, PeerRound[]>(peers.map((peer) => [peer, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [bench, results] of measured) {
      tell(`round ${round} of ${rounds}: ${bench.home.engine}, ${bench.size} users`);
      results.push(await bench.round());
    }
    for (const [peer, results] of beside) {
      tell(`round ${round} of ${rounds}: ${peer.title}`);
      results.push(await peer.round());
    }
  }
  for (const bench of benches) await bench.close();
  for (const peer of peers) await peer.close();
  return {
    series: [...measured].map(([{ home, size }, rounds]) => ({
      engine: home.engine,
      size,
      rounds,
    })),
    peers: [...beside].map(([{ title, engine }, rounds]) => ({ title, engine, rounds })),
  };
}

async function startPeers(homes: readonly Home[], options: Options): Promise<PeerBench[]> {
  requirePeers();
  const [size = 0] = options.sizes;
  const started: PeerBench[] = [];
  for (const peer of peers) {
    tell(`preparing ${peer.title}, ${size} users`);
    const home = homes.find(({ engine }) => engine === peer.engine);
    started.push(await PeerBench.prepare(peer, home, size, options));
  }
  return started;
}

function report({ out, name }: Options, results: Results): void {
  const text = reportOf(results);
  console.log(text);
  if (out === undefined) return;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${name}.json`), `${JSON.stringify(results, undefined, 2)}\n`);
  writeFileSync(join(out, `${name}.md`), text);
}

function tell(line: string): void {
  console.error(`bench: ${line}`);
}
