import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  availableParallelism,
  cpus,
  loadavg,
  release,
  type as systemType,
  totalmem,
} from 'node:os';
import { join } from 'node:path';

/** What the figures were measured on, and with. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly packages: Readonly<Record<string, string>>;
  readonly engines: readonly string[];
  /** Of the repository; with a plus where files had changed since. */
  readonly commit: string;
  readonly startedAt: string;
  /** Load average of the last minute before the run: what else the machine was doing. */
  readonly loadBefore: number;
}

const root = join(import.meta.dirname, '../..');

/** Looks at the machine; call it before anything is started. */
export function machineFacts(): Omit<Machine, 'engines'> {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1024 ** 3),
    system: `${systemType()} ${release()}`,
    node: process.versions.node,
    packages: Object.fromEntries(
      ['fastify', 'better-sqlite3', 'pg'].map((name) => [name, versionOf(name)]),
    ),
    commit: commit(),
    startedAt: new Date().toISOString(),
    loadBefore: loadavg()[0] ?? 0,
  };
}

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return JSON.parse(readFileSync(path, 'utf8')).version;
}

function commit(): string {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' });
  const changed = git(
    'status',
    '--porcelain',
    '--',
    'apps/server',
    'packages',
    'bench',
    ':!bench/results',
  );
  return git('rev-parse', '--short=12', 'HEAD').trim() + (changed === '' ? '' : '+');
}
