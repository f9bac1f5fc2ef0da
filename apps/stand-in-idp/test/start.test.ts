import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../src/main.ts');
const folder = mkdtempSync(join(tmpdir(), 'stand-in-start-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('names --port where it is taken, exit code 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  // A TCP server has such an address.
  const { port } = taken.address() as AddressInfo;
  expect(run('--port', `${port}`, '--data', join(folder, 'idp.sqlite'))).toEqual({
    status: 2,
    stdout: '',
    stderr: `stand-in-idp: --port ${port} is in use: choose another one\n`,
  });
  taken.close();
});

it.each([join(folder, 'missing'), '/proc/missing'])(
  'names --data where its folder %s is not there, exit code 2',
  (missing) => {
    expect(run('--port', '0', '--data', join(missing, 'idp.sqlite'))).toEqual({
      status: 2,
      stdout: '',
      stderr: `stand-in-idp: --data: the folder ${missing} is not there: make it first\n`,
    });
  },
);
