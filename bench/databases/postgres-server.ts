import { execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findServer, ordinaryUser } from '../../apps/server/test/support/postgres-binaries.ts';
import { cacheFolder } from './cache.ts';

/** A PostgreSQL server with Debian's defaults, reached through a socket. */
export interface PostgresServer {
  url(database: string): string;
  stop(): Promise<void>;
}

/** Stops the server when its standard input ends, so that none outlives a run that was killed. */
const SUPERVISE =
  'exec 3<&0; "$@" </dev/null 3<&- & pid=$!; cat <&3 >/dev/null; kill -INT $pid; wait $pid';

/** How long the server may take to start, in milliseconds: after a kill it recovers first. */
const START_TIMEOUT = 120_000;

type User = ReturnType<typeof ordinaryUser>;

/** Starts the installed server on a cluster that is kept between runs. Throws where there is none installed. */
export async function startPostgres(): Promise<PostgresServer> {
  const server = findServer();
  if (server === undefined) {
    throw new Error('no PostgreSQL server binaries found (Debian package: postgresql)');
  }
  const user = ordinaryUser();
  const folder = cacheFolder(`postgres-${server.version}`);
  own(folder, user);
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialize(server.folder, data, user);
  // The path of a socket must be short.
  const socket = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  own(socket, user);
  const stop = await start(server.folder, data, socket, user);
  return {
    url: (database) => `postgres://rollcall@${encodeURIComponent(socket)}/${database}`,
    stop: async () => {
      await stop();
      rmSync(socket, { recursive: true, force: true });
    },
  };
}

function own(folder: string, { uid, gid }: User): void {
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
}

async function initialize(binaries: string, data: string, user: User): Promise<void> {
  mkdirSync(data);
  own(data, user);
  await promisify(execFile)(
    join(binaries, 'initdb'),
    ['-D', data, '-U', 'rollcall', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
    { ...user, cwd: data },
  );
}

async function start(
  binaries: string,
  data: string,
  socket: string,
  user: User,
): Promise<() => Promise<void>> {
  const settings = ['listen_addresses=', `unix_socket_directories=${socket}`];
  const child = spawn(
    'sh',
    [
      '-c',
      SUPERVISE,
      'sh',
      join(binaries, 'postgres'),
      '-D',
      data,
      ...settings.flatMap((setting) => ['-c', setting]),
    ],
    { ...user, cwd: data, stdio: ['pipe', 'ignore', 'pipe'] },
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
async function ready(log: NodeJS.ReadableStream): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let text = '';
  const fail = (reason: string) => reject(new Error(`PostgreSQL ${reason}: ${text}`));
  const timeout = setTimeout(() => fail('did not start in time'), START_TIMEOUT);
  log.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4_000);
    if (text.includes('ready to accept connections')) resolve();
    else if (text.includes('FATAL:  the database system is starting up')) return;
    else if (text.includes('FATAL:')) fail('did not start');
  });
  await promise.finally(() => clearTimeout(timeout));
}
