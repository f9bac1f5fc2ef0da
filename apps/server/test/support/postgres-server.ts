import { execFile, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { findServer, ordinaryUser } from './postgres-binaries.ts';
import { recordSkippedPart } from './skipped-parts.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server of this run: the URL of its `postgres` database, or why there is none. */
    postgres:
      | { readonly url: string; readonly version: number }
      | { readonly url: undefined; readonly reason: string };
  }
}

const MISSING = 'no PostgreSQL server binaries found (Debian package: postgresql)';

/** Stops the server when its standard input ends, so that none outlives a test run that was killed. */
const SUPERVISE =
  'exec 3<&0; "$@" </dev/null 3<&- & pid=$!; cat <&3 >/dev/null; kill -INT $pid; wait $pid';

/** How long the server may take to start, in milliseconds. */
const START_TIMEOUT = 30_000;

/** Starts one PostgreSQL server for the whole run, in a temporary folder, reached through a socket in that folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = findServer();
  if (server === undefined) {
    recordSkippedPart('postgres', { part: 'PostgreSQL', reason: MISSING });
    console.warn(`The suites on PostgreSQL are skipped: ${MISSING}.`);
    project.provide('postgres', { url: undefined, reason: MISSING });
    return async () => {};
  }
  recordSkippedPart('postgres', undefined);
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-'));
  const user = ordinaryUser();
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  try {
    await initialize(server, folder, user);
    const stop = await start(server.folder, folder, user);
    project.provide('postgres', {
      url: `postgres://rollcall@${encodeURIComponent(folder)}/postgres`,
      version: server.version,
    });
    return async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

type User = ReturnType<typeof ordinaryUser>;

async function initialize(
  server: { readonly folder: string; readonly version: number },
  folder: string,
  user: User,
): Promise<void> {
  // A linguistic collation by default, as most servers have: it shows a key column that lacks `collate "C"`.
  const collation =
    server.version >= 15 ? ['--locale-provider=icu', '--icu-locale=en-US'] : ['--locale=C.UTF-8'];
  await promisify(execFile)(
    join(server.folder, 'initdb'),
    [
      '-D',
      join(folder, 'data'),
      '-U',
      'rollcall',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--no-sync',
      ...collation,
    ],
    { ...user, cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } },
  );
}

async function start(binaries: string, folder: string, user: User): Promise<() => Promise<void>> {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: folder,
    max_connections: '200',
    max_wal_size: '256MB',
    fsync: 'on',
    // Tests provoke deadlocks on purpose; the usual second is long.
    deadlock_timeout: '50ms',
    log_min_messages: 'log',
  };
  const child = spawn(
    'sh',
    [
      '-c',
      SUPERVISE,
      'sh',
      join(binaries, 'postgres'),
      '-D',
      join(folder, 'data'),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    { ...user, cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] },
  );
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.stdin.end();
    await exited;
  };
  try {
    await ready(child.stderr);
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

/** Resolves when the server's log says that it takes connections. */
function ready(log: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const timeout = setTimeout(() => fail('did not start in time'), START_TIMEOUT);
    function fail(reason: string): void {
      clearTimeout(timeout);
      reject(new Error(`PostgreSQL ${reason}: ${text}`));
    }
    log.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4_000);
      if (text.includes('FATAL:')) fail('did not start');
      if (!text.includes('ready to accept connections')) return;
      clearTimeout(timeout);
      resolve();
    });
  });
}
