import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cacheFolder } from '../databases/cache.ts';
import type { Copy, Home } from '../databases/home.ts';
import { measure } from '../load.ts';
import type { EngineName } from '../options.ts';
import type { Scenario } from '../scenarios.ts';
import type { Seed } from '../seed/seed.ts';
import { startServer } from '../server.ts';

/** A program of this folder, run with Node. */
const recorders: Readonly<Record<EngineName, string>> = {
  sqlite: import.meta.resolve('./record-sqlite.ts'),
  postgres: import.meta.resolve('./record-postgres.ts'),
};
const players: Readonly<Record<EngineName, string>> = {
  sqlite: import.meta.resolve('./replay-sqlite.ts'),
  postgres: import.meta.resolve('./replay-postgres.ts'),
};

/** Preloaded into the measured server on SQLite; asked for `BatchCount`. */
export const commitCounter = import.meta.resolve('./count-commits.ts');

/** Units and commits since the server started. */
export interface BatchCount {
  readonly units: number;
  readonly commits: number;
}

/**
 * Records what the requests of a scenario do to a fresh copy of the prepared database, under the same load as they are
 * measured with. Answers the file of the recording.
 */
export async function record(
  home: Home,
  size: number,
  { seed, scenario, milliseconds }: { seed: Seed; scenario: Scenario; milliseconds: number },
): Promise<string> {
  const file = join(cacheFolder('recordings'), `${home.engine}-${size}-${scenario.id}`);
  const copy = await home.copy(size);
  try {
    const preload = [recorders[home.engine]];
    const server = await startServer({ databaseUrl: copy.url, preload });
    try {
      const { expected, requests } = scenario;
      await measure({ port: server.port, milliseconds, next: requests(seed), expected });
      // The recorders answer this.
      const { units } = (await server.ask({ save: file })) as { units: number };
      if (units === 0) throw new Error(`nothing of ${scenario.id} was recorded`);
    } finally {
      await server.stop();
    }
  } finally {
    await copy.remove();
  }
  return file;
}

/** Units a second of a recording, replayed on a fresh copy of the database that it was recorded on. */
export async function replay(
  home: Home,
  size: number,
  { file, unitsPerCommit }: { file: string; unitsPerCommit: number },
): Promise<number> {
  const copy = await home.copy(size);
  try {
    const place = copy.url.replace(/^sqlite:/, '');
    return await perSecondOf(players[home.engine], [place, file, String(unitsPerCommit)]);
  } finally {
    await copy.remove();
  }
}

const rawCommitsProgram = import.meta.resolve('../limits/raw-commits.ts');

/** Commits a second of one small row each. */
export async function rawCommits(home: Home, milliseconds: number): Promise<number> {
  const scratch: Copy = await home.scratch();
  try {
    return await perSecondOf(rawCommitsProgram, [scratch.url, String(milliseconds)]);
  } finally {
    await scratch.remove();
  }
}

/** Runs a program that prints its rate as JSON. */
async function perSecondOf(program: string, commandLine: readonly string[]): Promise<number> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [fileURLToPath(program), ...commandLine]);
  return JSON.parse(stdout).perSecond;
}
