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

/** Starts `rollcall demo --json` on free ports and waits until it is ready. */
export async function startDemo(folder: string, ...args: string[]): Promise<DemoProcess> {
  const child = spawn(
    process.execPath,
    [program, 'demo', '--json', '--data', folder, '--port', '0', ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(([code]) => {
      throw new Error(`the demo ended with ${code} before it was ready`);
    }),
  ]);
  return {
    line: JSON.parse(line),
    folder,
    child,
    rollcall: (...command) => rollcall(folder, command),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      return child.exitCode;
    },
  };
}

async function rollcall(folder: string, command: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...command, '--json'], {
    env: { ...process.env, DATABASE_URL: `sqlite:${join(folder, 'rollcall.db')}` },
  });
  return JSON.parse(stdout);
}
