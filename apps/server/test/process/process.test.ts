import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/index.ts';
import { createApiKey } from '../../src/domain/api-keys/index.ts';
import { seedAccount } from '../support/fixtures.ts';

const { PATH, NODE_COMPILE_CACHE } = process.env;
const program = join(import.meta.dirname, '../../bin/rollcall.js');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-process-'));
const noDatabase = join(folder, 'letter.txt');
writeFileSync(noDatabase, 'Dear database');
const missing = join(folder, 'missing');
/** The recursive mkdir of Node never ends there. */
const nowhere = '/proc/rollcall';
const keyless = join(folder, 'keyless.db');
mkdirSync(`${keyless}.key`);
const nested = join(folder, 'nested');
mkdirSync(nested);
const owner = ['--owner-name', 'Olivia', '--owner-email', 'olivia@example.com'];
const started: ChildProcessWithoutNullStreams[] = [];
let folders = 0;

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A data folder of its own for each test. */
function freshFolder(): string {
  folders += 1;
  return join(folder, String(folders));
}

function launch(args: readonly string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH, NODE_COMPILE_CACHE, ...environment },
  });
  started.push(child);
  return child;
}

/** Runs a command to its end. */
async function run(
  args: readonly string[],
  environment: Record<string, string>,
  input = '',
): Promise<{ code: number; out: string; errors: string }> {
  const child = launch(args, environment);
  let out = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { code, out, errors };
}

/** Starts the service on a free port; resolves when it is ready. */
async function start(dataFolder: string) {
  const environment = {
    DATA_DIR: dataFolder,
    PORT: '0',
    PUBLIC_URL: 'http://127.0.0.1:4280',
  };
  const child = launch(['start', '--json'], environment);
  const closed: Promise<number[]> = once(child, 'close');
  const logs: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => logs.push(line));
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const facts: { address: string; setupUrl?: string } = JSON.parse(line);
  return { child, closed, logs, facts, url: new URL(facts.address) };
}

/** A sign-in whose body is held back: the server has read the head and waits. */
async function beginRequest(url: URL): Promise<{ socket: Socket; finish(): Promise<string> }> {
  const body = JSON.stringify({ email: 'nobody@example.com', passphrase: 'wrong' });
  const socket = connect(Number(url.port), url.hostname);
  socket.setEncoding('utf8');
  socket.write(
    'POST /api/v1/sign-in/passphrase HTTP/1.1\r\nHost: rollcall\r\nOrigin: http://127.0.0.1:4280\r\n' +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  const [head] = await once(socket, 'data');
  expect(head).toContain('100 Continue');
  const finish = async () => {
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.write(body);
    await once(socket, 'close');
    return answer;
  };
  return { socket, finish };
}

/** Resolves once nobody listens at `url` any more. */
async function untilRefused(url: URL): Promise<void> {
  for (;;) {
    const socket = connect(Number(url.port), url.hostname);
    const refused = await Promise.race([
      once(socket, 'connect').then(() => false),
      once(socket, 'error').then(() => true),
    ]).catch(() => true);
    socket.destroy();
    if (refused) return;
  }
}

describe('rollcall start', () => {
  it('prints a set-up link once, serves it, and ends cleanly', async () => {
    const data = freshFolder();
    const first = await start(data);
    const code = first.facts.setupUrl?.split('/').at(-1);
    const link = await fetch(new URL(`/api/v1/setup/${code}`, first.url));
    expect(link.status).toBe(200);
    first.child.kill('SIGTERM');
    expect(await first.closed).toEqual([0, null]);
    const second = await start(data);
    expect(second.facts.setupUrl).toBeUndefined();
    expect((await fetch(new URL(`/api/v1/setup/${code}`, second.url))).status).toBe(200);
    second.child.kill('SIGINT');
    expect(await second.closed).toEqual([0, null]);
    expect(first.logs.join()).not.toContain(code);
  });

  it('finishes a request in flight before it ends', async () => {
    const server = await start(freshFolder());
    const request = await beginRequest(server.url);
    server.child.kill('SIGTERM');
    await untilRefused(server.url);
    expect(await request.finish()).toContain('401 Unauthorized');
    expect(await server.closed).toEqual([0, null]);
  });

  it('ends at once at a second signal', async () => {
    const server = await start(freshFolder());
    const { socket } = await beginRequest(server.url);
    socket.on('error', () => {});
    server.child.kill('SIGTERM');
    await untilRefused(server.url);
    server.child.kill('SIGTERM');
    expect(await server.closed).toEqual([143, null]);
  });

  it('names PORT where somebody else listens there', async () => {
    const other = await start(freshFolder());
    const { port } = other.url;
    const { code, errors } = await run(['start'], { DATA_DIR: freshFolder(), PORT: port });
    expect(code).toBe(2);
    expect(errors).toContain(`rollcall: PORT ${port} on 127.0.0.1 is in use: set another one\n`);
  });

  it.each([
    [
      'a newer version has upgraded',
      { name: 'oldest_program', value: '1000' },
      /^rollcall: The database was upgraded .* by a newer Rollcall .* Start the newer Rollcall again.*\n$/,
    ],
    [
      'a build with other migrations has made',
      { name: 'migration:0001-foundation', value: 'of another build' },
      /^rollcall: The database was made by another, unreleased build .* Start with a new database, or .*\n$/,
    ],
  ])('refuses a database that %s, and says what to do', async (_, { name, value }, line) => {
    const data = freshFolder();
    const environment = { DATA_DIR: data };
    expect((await run(['migrate'], environment)).out).toMatch(/^Schema 0 to \d+\n$/);
    const database = await openDatabase({ url: `sqlite:${join(data, 'rollcall.db')}` });
    await database.write((tx) =>
      tx.query.updateTable('database_facts').set({ value }).where('name', '=', name).execute(),
    );
    await database.close();
    for (const command of ['start', 'setup-link']) {
      const { code, out, errors } = await run([command], environment);
      expect([code, out, errors]).toEqual([1, '', expect.stringMatching(line)]);
    }
  });
});

describe('rollcall api', () => {
  it('calls an operation of a running service with an API key, and says what it refuses', async () => {
    const data = freshFolder();
    const server = await start(data);
    const database = await openDatabase({ url: `sqlite:${join(data, 'rollcall.db')}` });
    const { accountId, ownerId } = await seedAccount(database, { at: Date.now() });
    const actor = { kind: 'user', id: ownerId, name: 'Olivia Owner' } as const;
    const { secret } = await database.write((tx) =>
      createApiKey(tx, {
        accountId,
        actor,
        requestId: '',
        at: Date.now(),
        name: 'Robot',
        scopes: ['organizations:write'],
        expiration: '30_days',
      }),
    );
    await database.close();
    const environment = { ROLLCALL_URL: server.url.href, ROLLCALL_API_KEY: secret };
    const account = ['-p', `accountId=${accountId}`];
    const create = ['api', 'createOrganization', ...account, '--idempotency-key', '1'];
    const first = await run([...create, '--body', '{"name":"Cargo"}'], environment);
    const again = await run([...create, '--body', '{"name":"Cargo"}'], environment);
    expect(JSON.parse(again.out)).toEqual(JSON.parse(first.out));
    const list = await run(['api', 'listOrganizations', ...account], environment);
    expect(JSON.parse(list.out).items).toMatchObject([{ name: 'Cargo' }]);
    expect(await run(['api', 'listAuditEvents', ...account], environment)).toEqual({
      code: 1,
      out: '',
      errors: 'rollcall: This API key does not have the scope audit:read. (insufficient_scope)\n',
    });
  });

  it.each([
    [['api', 'drinkCoffee'], 'There is no operation drinkCoffee'],
    [['api', 'listTeams'], 'needs a value for accountId'],
    [['api', 'listTeams', '-p', 'accountId'], '--param must be name=value, not accountId'],
    [['api', 'createTeam', '--body', '{'], '--body must be JSON'],
  ])('%j ends with exit code 2 and one line', async (args, text) => {
    const environment = { ROLLCALL_URL: 'http://127.0.0.1:9', ROLLCALL_API_KEY: 'x' };
    const { code, errors } = await run(args, environment);
    expect([code, errors]).toEqual([2, expect.stringMatching(/^rollcall: [^\n]+\n$/)]);
    expect(errors).toContain(text);
  });

  it('names what it needs to know', async () => {
    const { code, errors } = await run(['api', 'listTeams'], {});
    expect([code, errors]).toEqual([2, 'rollcall: ROLLCALL_API_KEY must be set\n']);
  });
});

describe('rollcall', () => {
  it.each([
    [['start'], { PORT: 'eighty' }, 'PORT must be a number'],
    [['start'], { PUBLIC_URL: 'http://rollcall.example.com' }, 'PUBLIC_URL must begin with https'],
    [['migrate'], { DATABASE_URL: 'mysql://root:hunter2@db' }, 'DATABASE_URL must be sqlite:path'],
    [
      ['start'],
      { DATABASE_URL: `sqlite:${nested}` },
      `DATABASE_URL: ${nested} is a folder: name a`,
    ],
    [['reset-factors', '--email', 'olivia@example.com'], {}, 'PUBLIC_URL must be set'],
    [['start'], { DATABASE_URL: `sqlite:${noDatabase}` }, 'cannot be opened as a SQLite'],
    [['start'], { DATA_DIR: noDatabase }, `DATA_DIR: the folder ${noDatabase} is a file`],
    [['start'], { DATA_DIR: join(noDatabase, 'data') }, 'is a file, or lies below one'],
    [['start'], { DATA_DIR: nowhere }, `DATA_DIR: the folder ${nowhere} `],
    [
      ['start'],
      { DATABASE_URL: `sqlite:${missing}/x.db` },
      `${missing} is not there: make it first`,
    ],
    [['migrate'], { DATABASE_URL: 'postgres://u:hunter2%zz@h/x' }, 'percent-encoded: %25 for %'],
    [
      ['start'],
      { DATABASE_URL: `sqlite:${keyless}` },
      `SECRET_KEY is not set, and its file ${keyless}`,
    ],
    [['start'], { HOST: '192.0.2.1', PUBLIC_URL: 'https://example.com' }, 'HOST 192.0.2.1 is no'],
    [['account', 'create', '--name', ' ', ...owner], {}, "option '--name <name>' argument"],
    [['demo', '--data', noDatabase], {}, `--data: the folder ${noDatabase} is a file`],
    [['demo', '--fresh', '--provisioned'], {}, 'choose --fresh or --provisioned, not both'],
    [['demo', '--seats', '0'], {}, '--seats must be a whole number from 1'],
    [['demo', '--port', '80x'], {}, '--port must be a whole number from 0'],
    [['begin'], {}, "unknown command 'begin'"],
    [['activation-code', '--seats', '0'], {}, 'It must be a whole number from 1'],
    [['account', 'create', '--name', 'Example'], {}, "required option '--owner-email"],
  ])('%j with %j says in one line what is wrong, exit code 2', async (args, environment, text) => {
    const { code, out, errors } = await run(args, { DATA_DIR: freshFolder(), ...environment });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toMatch(/^rollcall: [^\n]+\n$/);
    expect(errors).toContain(text);
    expect(errors).not.toContain('hunter2');
    expect(existsSync(missing)).toBe(false);
    expect(existsSync(`${nested}.key`)).toBe(false);
  });

  it('demo looks at its folder before it builds the console', async () => {
    const { code, errors } = await run(['demo', '--data', noDatabase], {
      NODE_DEBUG: 'child_process',
    });
    expect(code).toBe(2);
    expect(errors).toContain('rollcall: --data: ');
    expect(errors).not.toContain('build-console');
  });

  it('says its version', async () => {
    expect(await run(['--version'], {})).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      errors: '',
    });
  });

  it('makes DATA_DIR and what is missing above it, for its owner alone', async () => {
    const data = join(freshFolder(), 'below', 'data');
    expect(await run(['migrate'], { DATA_DIR: data })).toMatchObject({ code: 0, errors: '' });
    expect(statSync(data).mode & 0o777).toBe(0o700);
  });

  it('asks to migrate first where the database is empty', async () => {
    const { code, errors } = await run(['setup-link'], { DATA_DIR: freshFolder() });
    expect(code).toBe(1);
    expect(errors).toMatch(/^rollcall: .*Run "rollcall migrate" first\.\n$/);
  });

  it('says beside a link where it leads to this machine because PUBLIC_URL is not set', async () => {
    const data = { DATA_DIR: freshFolder() };
    await run(['migrate'], data);
    const { code, out, errors } = await run(['setup-link'], data);
    expect([code, out]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:4280\/\S+\n$/)]);
    expect(errors).toMatch(/^rollcall: PUBLIC_URL is not set, [^\n]+\n$/);
    const set = { ...data, PUBLIC_URL: 'https://rollcall.example.com' };
    expect(await run(['setup-link'], set)).toEqual({
      code: 0,
      out: expect.stringMatching(/^https:\/\/rollcall\.example\.com\/setup\/\w{43}\n$/),
      errors: '',
    });
  });

  it('makes an account, an activation code and, once the requirements are met, a directory', async () => {
    const environment = { DATA_DIR: freshFolder() };
    await run(['migrate'], environment);
    const link = await run(['setup-link', '--json'], environment);
    expect(JSON.parse(link.out).setupUrl).toMatch(/^http:\/\/127\.0\.0\.1:4280\/setup\/\w{43}$/);
    const create = ['account', 'create', '--name', 'Example', ...owner, '--json'];
    const tooShort = await run(create, environment, 'short\n');
    expect(tooShort).toMatchObject({ code: 1, errors: expect.stringContaining('12 characters') });
    const account = await run(create, environment, 'seven quiet harbors\n');
    const { accountId } = JSON.parse(account.out);
    const code = await run(['activation-code', '--seats', '5', '--json'], environment);
    expect(JSON.parse(code.out)).toMatchObject({
      seats: 5,
      code: expect.stringMatching(/^\w{5}-/),
    });
    const directory = await run(['directory', 'create', '--account', accountId], environment);
    expect(directory).toMatchObject({ code: 1, errors: expect.stringContaining('SCIM needs') });
    const reset = await run(['reset-factors', '--email', 'nobody@example.com'], {
      ...environment,
      PUBLIC_URL: 'https://rollcall.example.com',
    });
    expect(reset).toMatchObject({ code: 2, errors: expect.stringContaining('nobody here has') });
    const used = await run(['setup-link'], environment);
    expect(used).toMatchObject({ code: 1, errors: expect.stringContaining('set up already') });
  });
});
