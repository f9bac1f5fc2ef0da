import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layOutImage, wordsOf } from './support/image.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-image-'));

beforeAll(async () => {
  await promisify(execFile)(process.execPath, [join(root, 'scripts/build-console.ts')]);
  layOutImage(join(folder, 'rollcall'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the image's files start by themselves, serve the console, are healthy, and end at SIGTERM", async () => {
  const [, ...start] = wordsOf('CMD');
  const data = join(folder, 'data');
  const listening = { HOST: '127.0.0.1', PORT: '0', PUBLIC_URL: 'http://127.0.0.1' };
  const env = { NODE_ENV: 'production', DATA_DIR: data, ...listening };
  const cwd = join(folder, 'rollcall');
  const server = spawn(process.execPath, start, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(server, 'exit');
  const [line] = await Promise.race([once(createInterface(server.stdout), 'line'), ended]);
  const { href, port } = new URL(/http:\S+/.exec(String(line))?.[0] ?? 'it ended at once:');
  expect(await (await fetch(href)).text()).toContain('<title>');
  const [, ...check] = wordsOf('HEALTHCHECK');
  const healthy = spawn(process.execPath, check, { env: { PORT: port } });
  expect(await once(healthy, 'exit')).toEqual([0, null]);
  server.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
