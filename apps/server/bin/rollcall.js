#!/usr/bin/env node
// Plain JavaScript that Node 20 reads: the program itself needs Node 24, which comes with the install.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Node 24 comes with the install; from 22.18 on Node runs TypeScript as it is. */
const PREFERRED = [24, 0];
const OLDEST = [22, 18];

if (isAtLeast(PREFERRED)) await run();
else if (installedNode() !== undefined) runUnder(installedNode());
else if (isAtLeast(OLDEST)) await run();
else refuse();

async function run() {
  const { main } = await import('../src/cli/main.ts');
  await main(process.argv.slice(2));
}

/** Hands over to the Node of the install, as if it had been started instead: same flags, streams, signals and exit code. */
function runUnder(node) {
  const script = process.argv[1];
  const commandLine = [...process.execArgv, script, ...process.argv.slice(2)];
  const child = spawn(node, commandLine, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    console.error(`rollcall: ${node} could not be started: ${error.message}`);
    process.exitCode = 2;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function installedNode() {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    const node = join(dirname(manifest), 'bin', windows ? 'node.exe' : 'node');
    return existsSync(node) ? node : undefined;
  } catch {
    return undefined;
  }
}

function refuse() {
  console.error(
    `rollcall: this is Node ${process.versions.node}, and Node 24 is needed. ` +
      'It comes with "npm ci" on Linux, on macOS with Intel and on Windows; elsewhere install it from nodejs.org.',
  );
  process.exitCode = 2;
}

function isAtLeast([major, minor]) {
  const [ours, oursMinor] = process.versions.node.split('.').map(Number);
  return ours > major || (ours === major && oursMinor >= minor);
}
