import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const { PATH, NODE_COMPILE_CACHE } = process.env;
const program = join(import.meta.dirname, '../../apps/server/bin/rollcall.js');

/** Origin that the server believes to be reached at; nothing listens there. */
const publicUrl = 'http://127.0.0.1:4280';

/** A real server in a process of its own. */
export interface ServerProcess {
  /** Where it listens, without a slash at the end. */
  readonly origin: string;
  readonly child: ChildProcess;
  /** What it wrote to standard error so far: its log. */
  logs(): string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; its exit code. */
  stop(): Promise<number | null>;
}

/** One key, as every process on one database must have. */
const SECRET_KEY = 'of the tests alone, long enough to count';

/** Runs `rollcall start`, on a free port unless the settings name one, and waits until it listens. */
export async function startServerProcess(
  databaseUrl: string,
  logLevel: 'fatal' | 'trace' = 'fatal',
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const address = { PORT: '0', PUBLIC_URL: publicUrl };
  const environment = { DATABASE_URL: databaseUrl, SECRET_KEY, SCIM_RATE_LIMIT: 'off', ...address };
  const child = spawn(process.execPath, [program, 'start', '--json'], {
    env: { PATH, NODE_COMPILE_CACHE, LOG_LEVEL: logLevel, ...environment, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exited = once(child, 'close');
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(([code]) => {
      throw new Error(`the server ended with ${code} before it listened: ${errors}`);
    }),
  ]);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    origin: JSON.parse(line).address,
    child,
    logs: () => errors,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      return child.exitCode;
    },
  };
}
