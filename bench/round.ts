import { join } from 'node:path';
import { cpuTime } from './cpu-time.ts';
import type { Home } from './databases/home.ts';
import { type Disturbance, type Disturbed, disturb } from './disturbances.ts';
import { type BareServer, startBare } from './limits/bare.ts';
import { type Load, type LoadResult, measure, sendAll } from './load.ts';
import { anonymousMegabytes } from './memory.ts';
import { type BatchCount, commitCounter, rawCommits, record, replay } from './replay/replay.ts';
import type { Scenario } from './scenarios.ts';
import { type Seed, scimRequest } from './seed/seed.ts';
import { type BenchServer, startServer } from './server.ts';

/** A load with what it cost the server process. */
export interface Costed extends LoadResult {
  /** Microseconds of processor time a request; PostgreSQL's own processes are not in it. */
  readonly cpuMicroseconds?: number;
}

/** What one scenario came to in one round. */
export interface Measured extends Costed {
  /** Units a second of its own statements, replayed right after; where the scenario is compared with that. */
  readonly replay?: number;
  /** Units a COMMIT, as measured and as replayed. */
  readonly unitsPerCommit?: number;
}

/** One round of one engine at one size. */
export interface Round {
  readonly bare: { readonly user?: Costed; readonly page?: Costed };
  readonly rawCommits: number | undefined;
  readonly disturbances: Readonly<Record<string, Disturbed>>;
  /** Of the server, when all was measured. */
  readonly anonymousMegabytes: number | undefined;
  readonly scenarios: Readonly<Record<string, Measured>>;
}

/** How a round measures. */
export interface Method {
  readonly scenarios: readonly Scenario[];
  readonly disturbances: readonly Disturbance[];
  /** Whether the limits are measured too. */
  readonly limits: boolean;
  readonly milliseconds: number;
  readonly profile: string | undefined;
}

/** Preloaded into the measured server. */
const stallWatch = import.meta.resolve('./watch-stalls.ts');

/** Before each measurement the same load runs for this long, so that both sides are compiled and warm. */
const WARM_UP = 400;

/** A server that was just started is loaded for this long first: V8 compiles a request's path over its first 40,000. */
const START_UP = 3_000;

/** An engine at a size: prepared, recorded, ready for its rounds. */
export class Bench {
  readonly home: Home;
  readonly size: number;
  readonly #seed: Seed;
  readonly #method: Method;
  readonly #bare: BareServer;
  readonly #recordings: ReadonlyMap<string, string>;

  private constructor(
    home: Home,
    size: number,
    method: Method,
    prepared: { seed: Seed; bare: BareServer; recordings: ReadonlyMap<string, string> },
  ) {
    this.home = home;
    this.size = size;
    this.#method = method;
    this.#seed = prepared.seed;
    this.#bare = prepared.bare;
    this.#recordings = prepared.recordings;
  }

  /** Prepares the database, records the writes that are replayed, and starts the bare route with the product's answers. */
  static async prepare(home: Home, size: number, method: Method): Promise<Bench> {
    const seed = await home.prepare(size);
    const recordings = new Map<string, string>();
    const { milliseconds } = method;
    const replayed = method.scenarios.filter(({ limit }) => method.limits && limit === 'replay');
    for (const scenario of replayed) {
      recordings.set(
        scenario.id,
        await record(home, size, { seed, scenario, milliseconds: milliseconds + WARM_UP }),
      );
    }
    const bare = await startBare(await answersOf(home, size, seed));
    return new Bench(home, size, method, { seed, bare, recordings });
  }

  /** Measures everything once, each limit right beside what is compared with it. */
  async round(): Promise<Round> {
    const copy = await this.home.copy(this.size);
    try {
      const { profile } = this.#method;
      const server = await startServer({
        databaseUrl: copy.url,
        preload: [stallWatch, ...(this.home.engine === 'sqlite' ? [commitCounter] : [])],
        profile: profile && join(profile, `${this.home.engine}-${this.size}`),
      });
      try {
        return await this.#measure(server);
      } finally {
        await server.stop();
      }
    } finally {
      await copy.remove();
    }
  }

  async close(): Promise<void> {
    await this.#bare.stop();
  }

  async #measure(server: BenchServer): Promise<Round> {
    const { milliseconds } = this.#method;
    const measured: Record<string, Measured> = {};
    const bare: { user?: Costed; page?: Costed } = {};
    let commits: number | undefined;
    const there = this.#method.scenarios.filter(({ isThere }) => isThere?.(this.#seed) ?? true);
    await this.#startUp(server, there);
    for (const scenario of there) {
      const limit = this.#method.limits ? scenario.limit : undefined;
      if (limit === 'bare_user') bare.user ??= await this.#bareRoute('/Users/id');
      if (limit === 'bare_page') bare.page ??= await this.#bareRoute('/Users');
      if (limit === 'replay') commits ??= await rawCommits(this.home, milliseconds);
      measured[scenario.id] = await this.#scenario(server, scenario);
    }
    const disturbed: Record<string, Disturbed> = {};
    for (const disturbance of this.#method.disturbances) {
      disturbed[disturbance.id] = await disturb(server, this.#seed, disturbance, milliseconds);
    }
    return {
      bare,
      rawCommits: commits,
      scenarios: measured,
      disturbances: disturbed,
      anonymousMegabytes: anonymousMegabytes(server.pid),
    };
  }

  async #startUp({ port }: BenchServer, scenarios: readonly Scenario[]): Promise<void> {
    const reading = scenarios.find(({ limit }) => limit === 'bare_user');
    if (reading === undefined) return;
    const { expected, requests } = reading;
    await measure({ port, next: requests(this.#seed), expected, milliseconds: START_UP });
  }

  async #bareRoute(path: string): Promise<Costed> {
    const request = scimRequest(this.#seed.people, 'GET', path);
    const load = { port: this.#bare.port, next: () => request, expected: 200 };
    await measure({ ...load, milliseconds: WARM_UP });
    return costed(this.#bare.pid, { ...load, milliseconds: this.#method.milliseconds });
  }

  async #scenario(server: BenchServer, scenario: Scenario): Promise<Measured> {
    const { expected, requests } = scenario;
    const load = { port: server.port, next: requests(this.#seed), expected };
    await measure({ ...load, milliseconds: WARM_UP });
    const before = await this.#count(server);
    const result = await costed(server.pid, { ...load, milliseconds: this.#method.milliseconds });
    const after = await this.#count(server);
    const file = this.#recordings.get(scenario.id);
    if (file === undefined) return result;
    const unitsPerCommit = batchSize(before, after);
    const rate = await replay(this.home, this.size, { file, unitsPerCommit });
    return { ...result, replay: rate, unitsPerCommit };
  }

  /** Only SQLite shares commits. */
  async #count(server: BenchServer): Promise<BatchCount> {
    if (this.home.engine !== 'sqlite') return { units: 0, commits: 0 };
    // The preloaded counter answers this.
    return (await server.ask({ commits: true })) as BatchCount;
  }
}

async function costed(pid: number, load: Load): Promise<Costed> {
  const before = cpuTime(pid);
  const result = await measure(load);
  const after = cpuTime(pid);
  if (before === undefined || after === undefined) return result;
  return { ...result, cpuMicroseconds: (after - before) / result.requests };
}

function batchSize(before: BatchCount, after: BatchCount): number {
  const commits = after.commits - before.commits;
  return commits === 0 ? 1 : Math.max(1, Math.round((after.units - before.units) / commits));
}

/** What the product answers for a user in no group and for the first page. */
async function answersOf(home: Home, size: number, seed: Seed) {
  const copy = await home.copy(size);
  try {
    const server = await startServer({ databaseUrl: copy.url });
    try {
      const paths = [`/Users/${seed.people.ids[0]}`, '/Users?startIndex=1&count=100'];
      const requests = paths.map((path) => scimRequest(seed.people, 'GET', path));
      const [user = '', page = ''] = await sendAll(server.port, requests, 200);
      return { user, page };
    } finally {
      await server.stop();
    }
  } finally {
    await copy.remove();
  }
}
