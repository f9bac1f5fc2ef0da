import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** How `rollcall start` is started. */
export interface ServerOptions {
  readonly databaseUrl: string;
  /** Modules that Node loads before the program. */
  readonly preload?: readonly string[];
  /** Folder of a CPU profile, written when the server stops. */
  readonly profile?: string | undefined;
}

/** A `rollcall start` process. */
export interface BenchServer {
  readonly port: number;
  readonly pid: number;
  /** Asks a preloaded module. */
  ask(question: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Servers that run: none outlives this process, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

const program = join(import.meta.dirname, '../apps/server/bin/rollcall.js');

/** Starts the real program on a free loopback port. Its lines of log below warnings are off. */
export async function startServer(options: ServerOptions): Promise<BenchServer> {
  const { databaseUrl, preload = [], profile } = options;
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
  const logFile = join(folder, 'log');
  const log = openSync(logFile, 'w');
  const child = spawn(
    process.execPath,
    [
      ...preload.flatMap((module) => ['--import', module]),
      ...(profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      // As `npm start` and the image start it.
      '--max-semi-space-size=16',
      program,
      'start',
      '--json',
    ],
    {
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl,
        PUBLIC_URL: 'http://127.0.0.1:4280',
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'warn',
        SCIM_RATE_LIMIT: 'off',
        SECRET_KEY: 'of the measurements alone, long enough',
      },
      stdio: ['ignore', 'pipe', log, 'ipc'],
    },
  );
  closeSync(log);
  running.add(child);
  child.once('exit', () => running.delete(child));
  const stop = async () => {
    await stopChild(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return {
      port: await portOf(child),
      pid: child.pid ?? 0,
      ask: (question) => ask(child, question),
      stop,
    };
  } catch (error) {
    const said = readFileSync(logFile, 'utf8').slice(-2_000);
    await stop();
    throw new Error(`rollcall start failed: ${said}`, { cause: error });
  }
}

async function portOf(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new TypeError('the output of the server is not read');
  for await (const line of createInterface({ input: child.stdout })) {
    const { address } = JSON.parse(line);
    return Number(new URL(address).port);
  }
  throw new Error('the server ended before it listened');
}

async function ask(child: ChildProcess, question: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const ended = () => reject(new Error('the server ended'));
  child.once('message', resolve);
  child.once('exit', ended);
  child.send(question);
  return await promise.finally(() => child.off('exit', ended));
}

/** Ends a child as an operator would, and waits for it. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exited;
}
