import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const program = join(import.meta.dirname, '../../apps/server/bin/rollcall.js');

/** The line that `rollcall demo --json` prints, retyped here: the journeys trust nothing of the server's own types. */
export interface DemoLine {
  readonly consoleUrl: string;
  readonly standInUrl: string;
  readonly mailUrl: string;
  readonly dnsUrl: string;
  readonly ownerEmail?: string;
  readonly ownerPassphrase?: string;
  readonly setupUrl?: string;
  readonly connectorUrl?: string;
  readonly token?: string;
  readonly standInAppId: string;
  readonly standInApiToken: string;
}

export interface DemoProcess {
  readonly line: DemoLine;
  readonly folder: string;
  readonly child: ChildProcess;
  readonly ended: Promise<DemoEnd>;
  /** What it wrote to standard error so far: its log. */
  logs(): string;
  /** Runs another command of the program on the demo's database; its JSON line. */
  rollcall(...args: string[]): Promise<Record<string, unknown>>;
  /** Ends it by SIGTERM; its exit code. */
  stop(): Promise<number | null>;
}

/** A new folder for a demo. */
export function demoFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-demo-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A demo that was launched, and may not be ready or may have ended. */
export interface DemoLaunch {
  readonly child: ChildProcess;
  /** Resolves when it is ready; rejects with what it said where it ends before. */
  readonly ready: Promise<DemoProcess>;
  readonly ended: Promise<DemoEnd>;
}

/** How a demo ended, and what it printed. */
export interface DemoEnd {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Starts `rollcall demo --json` on free ports and waits until it is ready. */
export function startDemo(folder: string, ...args: string[]): Promise<DemoProcess> {
  return launchDemo(folder, ...args).ready;
}

/** Starts `rollcall demo --json` on free ports; a `--port` among `args` wins. */
export function launchDemo(folder: string, ...args: string[]): DemoLaunch {
  const command = ['demo', '--json', '--data', folder, '--port', '0', ...args];
  const child = spawn(process.execPath, [program, ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(child, 'close').then(([code]): DemoEnd => ({ code, out, errors }));
  const line = once(createInterface(child.stdout), 'line').then(([text]) => JSON.parse(text));
  const tooEarly = ended.then(({ code }) => {
    throw new Error(`the demo ended with ${code} before it was ready: ${errors}`);
  });
  const ready = Promise.race([line, tooEarly]).then((facts: DemoLine): DemoProcess => {
    const rollcall: DemoProcess['rollcall'] = (...words) =>
      runCommand(folder, facts.consoleUrl, words);
    const stop = async () => {
      child.kill('SIGTERM');
      return (await ended).code;
    };
    return { line: facts, folder, child, logs: () => errors, ended, rollcall, stop };
  });
  ready.catch(() => {});
  return { child, ready, ended };
}

async function runCommand(
  folder: string,
  publicUrl: string,
  command: string[],
): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...command, '--json'], {
    env: {
      ...process.env,
      DATABASE_URL: `sqlite:${join(folder, 'rollcall.db')}`,
      PUBLIC_URL: publicUrl,
    },
  });
  return JSON.parse(stdout);
}
