import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cpuTime } from './cpu-time.ts';
import type { Home } from './databases/home.ts';
import { type LoadResult, measure, sendAll } from './load.ts';
import { type EngineName, type Options, OptionsError } from './options.ts';
import { scenarios } from './scenarios.ts';
import { groupDocument } from './seed/documents.ts';
import { postPeople, type Seed, scimRequest } from './seed/seed.ts';
import { stopChild } from './server.ts';

/** Another SCIM service that npm offers; its program stands in `peers/servers`. */
export interface Peer {
  readonly title: string;
  /** Where it keeps its data; undefined for memory. */
  readonly engine: EngineName | undefined;
  readonly program: string;
  /** Scenarios that it is not measured with. */
  readonly without: readonly string[];
}

/** Their users are in no groups that a list would show. */
const without = ['list-groups'];

export const peers: readonly Peer[] = [
  {
    title: 'SCIMMY in memory',
    engine: undefined,
    program: 'scimmy',
    // It makes all users anew for each page: a round would take minutes.
    without: [...without, 'list-first'],
  },
  { title: 'Jackson on SQLite', engine: 'sqlite', program: 'jackson', without },
  { title: 'Jackson on PostgreSQL', engine: 'postgres', program: 'jackson', without },
  { title: 'Better Auth on SQLite', engine: 'sqlite', program: 'better-auth', without },
];

/** They answer a PATCH with what came of it, and SCIMMY one that changes nothing with no content. */
const patched: Readonly<Record<string, readonly number[]>> = {
  'members-10': [200, 204],
  'patch-active': [200, 204],
};

/** What one peer came to in one round, by scenario. */
export type PeerRound = Readonly<Record<string, LoadResult & { readonly cpuMicroseconds: number }>>;

const folder = join(import.meta.dirname, 'peers');
const WARM_UP = 400;

/** Throws `OptionsError` where the peers are not installed. */
export function requirePeers(): void {
  if (existsSync(join(folder, 'node_modules'))) return;
  throw new OptionsError('bench: run "npm ci" in bench/peers first');
}

/** A peer with people and a group, ready for its rounds. It keeps running between them. */
export class PeerBench {
  readonly title: string;
  readonly engine: EngineName | undefined;
  readonly #peer: Peer;
  readonly #child: ChildProcess;
  readonly #port: number;
  readonly #seed: Seed;
  readonly #options: Options;
  readonly #remove: () => Promise<void>;

  private constructor(
    peer: Peer,
    options: Options,
    started: { child: ChildProcess; port: number; seed: Seed; remove: () => Promise<void> },
  ) {
    this.title = peer.title;
    this.engine = peer.engine;
    this.#peer = peer;
    this.#options = options;
    this.#child = started.child;
    this.#port = started.port;
    this.#seed = started.seed;
    this.#remove = started.remove;
  }

  /** Starts a peer on an empty database and fills it over SCIM. */
  static async prepare(
    peer: Peer,
    home: Home | undefined,
    size: number,
    options: Options,
  ): Promise<PeerBench> {
    const place = await placeFor(peer, home);
    const child = spawn(
      process.execPath,
      [join(folder, 'servers', `${peer.program}.ts`), ...place.commandLine],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    process.once('exit', () => child.kill('SIGKILL'));
    const { port, ...directory } = await whereOf(child);
    const seed = await fillPeer(port, { ...directory, domain: 'example.com' }, size);
    return new PeerBench(peer, options, { child, port, seed, remove: place.remove });
  }

  async round(): Promise<PeerRound> {
    const results: Record<string, PeerRound[string]> = {};
    const { only } = this.#options;
    const { without } = this.#peer;
    const measured = scenarios.filter(({ id }) => only.includes(id) && !without.includes(id));
    for (const scenario of measured) {
      const expected = patched[scenario.id] ?? scenario.expected;
      const load = { port: this.#port, next: scenario.requests(this.#seed), expected };
      await measure({ ...load, milliseconds: WARM_UP });
      const before = this.#cpu();
      const result = await measure({ ...load, milliseconds: this.#options.seconds * 1000 });
      results[scenario.id] = {
        ...result,
        cpuMicroseconds: (this.#cpu() - before) / result.requests,
      };
    }
    return results;
  }

  async close(): Promise<void> {
    await stopChild(this.#child);
    await this.#remove();
  }

  #cpu(): number {
    return cpuTime(this.#child.pid ?? 0) ?? 0;
  }
}

async function placeFor({ engine }: Peer, home: Home | undefined) {
  if (engine === undefined) return { commandLine: [], remove: async () => {} };
  if (engine === 'postgres') {
    if (home === undefined) throw new OptionsError('bench: this peer needs --engines postgres');
    const scratch = await home.scratch();
    return { commandLine: ['postgres', scratch.url], remove: scratch.remove };
  }
  const work = mkdtempSync(join(tmpdir(), 'rollcall-peer-'));
  return {
    commandLine: ['sqlite', join(work, 'peer.db')],
    remove: async () => rmSync(work, { recursive: true, force: true }),
  };
}

async function whereOf(
  child: ChildProcess,
): Promise<{ port: number; base: string; token: string }> {
  if (child.stdout === null) throw new TypeError('the output of the peer is not read');
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{"port"')) continue;
    child.stdout.resume();
    return JSON.parse(line);
  }
  throw new Error('the peer ended before it listened');
}

/** People, and one small group a connection: no peer has ten thousand members. */
async function fillPeer(
  port: number,
  directory: Omit<Seed['people'], 'ids' | 'grouped'>,
  size: number,
): Promise<Seed> {
  const ids = await postPeople(port, directory, 'person', size);
  const spares = ids.slice(-20);
  const members = ids.slice(0, 10);
  const requests = Array.from({ length: 4 }, (_, number) =>
    scimRequest(directory, 'POST', '/Groups', groupDocument(`Group ${number}`, members)),
  );
  const bodies = await sendAll(port, requests, 201);
  const groups = bodies.map((body) => /"id":"([^"]+)"/.exec(body)?.[1] ?? '');
  const people = { ...directory, ids, grouped: [size - 20, size] as const };
  return { people, crowd: { ...directory, ids, spares, groups: { 10: groups } } };
}
