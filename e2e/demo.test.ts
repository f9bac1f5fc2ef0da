import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openDatabase, type Schema } from '../apps/server/src/database/index.ts';
import { oktaUser } from '../apps/server/test/scim/bodies.ts';
import {
  type DemoLaunch,
  type DemoLine,
  type DemoProcess,
  demoFolder,
  launchDemo,
} from './support/demo.ts';
import { signInAsOwner } from './support/owner.ts';
import { scimClient } from './support/scim-client.ts';
import { startServerProcess } from './support/server-process.ts';
import { StandIn } from './support/stand-in.ts';

const addresses = [
  'consoleUrl',
  'dnsUrl',
  'mailUrl',
  'standInUrl',
  'standInApiToken',
  'standInAppId',
];

const folders: { remove(): void }[] = [];
const launched: DemoLaunch[] = [];

afterEach(() => {
  for (const { child } of launched.splice(0)) child.kill('SIGKILL');
});
afterAll(() => {
  for (const folder of folders) folder.remove();
});

function freshFolder(): string {
  const folder = demoFolder();
  folders.push(folder);
  return folder.path;
}

function launch(folder: string, ...args: string[]): DemoLaunch {
  const demo = launchDemo(folder, ...args);
  launched.push(demo);
  return demo;
}

const start = (folder: string, ...args: string[]): Promise<DemoProcess> =>
  launch(folder, ...args).ready;

/** Rows of one table of a demo's database. */
async function rowsOf<T extends 'accounts' | 'licenses' | 'directories'>(
  folder: string,
  table: T,
): Promise<Schema[T][]> {
  const database = await openDatabase({ url: `sqlite:${join(folder, 'rollcall.db')}` });
  try {
    const rows = await database.read.query
      .selectFrom(table as 'accounts')
      .selectAll()
      .execute();
    // Of the table that was asked for.
    return rows as unknown as Schema[T][];
  } finally {
    await database.close();
  }
}

function scimOf({ connectorUrl = '', token = '' }: DemoLine) {
  return scimClient(connectorUrl, token);
}

/** Whether anything listens there. */
function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('rollcall demo', () => {
  it('stands by default where the how-to begins: owner, plan, domain and SSO are there, SCIM is off', async () => {
    const folder = freshFolder();
    const { line } = await start(folder);
    expect(Object.keys(line).sort()).toEqual(
      [...addresses, 'ownerEmail', 'ownerPassphrase'].sort(),
    );
    const owner = await signInAsOwner(line);
    const scim = await owner.call('GET', `/accounts/${owner.accountId}/scim`);
    expect(scim.requirements.map(({ met }: { met: boolean }) => met)).toEqual(Array(4).fill(true));
    expect(scim.directories).toEqual([]);
    expect(await rowsOf(folder, 'licenses')).toMatchObject([{ quantity: 50 }]);
    for (const url of [line.consoleUrl, line.standInUrl, line.mailUrl, line.dnsUrl]) {
      expect((await fetch(url)).status).toBe(200);
    }
  });

  it('begins with --fresh at a set-up link that works', async () => {
    const { line } = await start(freshFolder(), '--fresh');
    expect(Object.keys(line).sort()).toEqual([...addresses, 'setupUrl'].sort());
    const code = line.setupUrl?.split('/').at(-1);
    const link = await fetch(`${line.consoleUrl}/api/v1/setup/${code}`);
    expect(link.status).toBe(200);
  });

  it('has with --provisioned a million seats, SCIM on, and people and a group in it', async () => {
    const folder = freshFolder();
    const { line } = await start(folder, '--provisioned');
    expect(Object.keys(line).sort()).toEqual(
      [...addresses, 'connectorUrl', 'ownerEmail', 'ownerPassphrase', 'token'].sort(),
    );
    expect(line.connectorUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/scim\/[a-z0-9-]+\/v2$/);
    expect(await rowsOf(folder, 'licenses')).toMatchObject([{ quantity: 1_000_000 }]);
    const send = scimOf(line);
    expect((await send('GET', '/Users')).body.totalResults).toBeGreaterThan(0);
    expect((await send('GET', '/Groups')).body.totalResults).toBe(1);
    const standIn = new StandIn(line.standInUrl);
    expect(await standIn.post('/test')).toMatchObject({ ok: true });
  });
});

describe('A second start on the same folder', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'after %s has the same connector URL, token, owner and people',
    async (signal) => {
      const folder = freshFolder();
      const first = await start(folder, '--provisioned');
      const { status } = await scimOf(first.line)('POST', '/Users', oktaUser('grace'));
      expect(status).toBe(201);
      const before = await scimOf(first.line)('GET', '/Users');
      first.child.kill(signal);
      expect(await first.ended).toMatchObject({ code: signal === 'SIGKILL' ? null : 0 });
      const second = await start(folder, '--provisioned');
      expect(second.line).toEqual(first.line);
      expect((await scimOf(second.line)('GET', '/Users')).body).toEqual(before.body);
      await signInAsOwner(second.line);
      const standIn = new StandIn(second.line.standInUrl);
      const { people } = await standIn.state();
      await standIn.post(`/people/${people.at(-1)?.id}/assign`);
      const after = await scimOf(second.line)('GET', '/Users');
      expect(after.body.totalResults).toBe(before.body.totalResults + 1);
    },
  );

  it('with --provisioned turns SCIM on where the first had it off, with the seats of the first', async () => {
    const folder = freshFolder();
    const first = await start(folder, '--seats', '7');
    await first.stop();
    const second = await start(folder, '--provisioned');
    expect(second.line).toMatchObject({
      consoleUrl: first.line.consoleUrl,
      ownerPassphrase: first.line.ownerPassphrase,
    });
    expect((await scimOf(second.line)('GET', '/Users')).status).toBe(200);
    expect(await rowsOf(folder, 'licenses')).toMatchObject([{ quantity: 7 }]);
  });

  it('with --provisioned says what to do where SCIM was turned on by hand, whose token nobody has', async () => {
    const folder = freshFolder();
    const first = await start(folder);
    const owner = await signInAsOwner(first.line);
    const body = { provider: 'okta', expiration: '1_year' };
    await owner.call('POST', `/accounts/${owner.accountId}/directories`, body);
    await first.stop();
    const { code, out, errors } = await launch(folder, '--provisioned').ended;
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toMatch(/^rollcall: [^\n]*--data[^\n]*\n$/);
  });

  it('says in one line what to do where a build with other migrations made it, and leaves it as it is', async () => {
    const folder = freshFolder();
    await (await start(folder, '--fresh')).stop();
    const database = await openDatabase({ url: `sqlite:${join(folder, 'rollcall.db')}` });
    await database.write(({ query }) =>
      query.deleteFrom('database_facts').where('name', 'like', 'migration:%').execute(),
    );
    await database.close();
    const { code, out, errors } = await launch(folder).ended;
    expect([code, out]).toEqual([1, '']);
    expect(errors).toMatch(/^rollcall: The database was made by another[^\n]* --data\.\n$/);
    expect(errors).toContain(`without the folder ${folder}`);
    expect(await rowsOf(folder, 'accounts')).toEqual([]);
  });

  it.each(['rollcall.db', 'stand-in.db'])(
    'begins anew where the first was killed half-way, when %s was there',
    async (file) => {
      const folder = freshFolder();
      const first = launch(folder, '--provisioned');
      while (!existsSync(join(folder, file))) await new Promise(setImmediate);
      first.child.kill('SIGKILL');
      await first.ended;
      expect(readFileSync(join(folder, 'demo.json'), 'utf8')).toContain('beginning');
      const { line } = await start(folder, '--provisioned');
      await signInAsOwner(line);
      expect((await scimOf(line)('GET', '/Users')).body.totalResults).toBe(2);
      expect(await rowsOf(folder, 'accounts')).toHaveLength(1);
      expect(await rowsOf(folder, 'directories')).toHaveLength(1);
    },
  );
});

it('A demo that begins anew and then cannot start says where the files of the cut-off one are', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, 'demo.json'), '{"beginning":true}');
  writeFileSync(join(folder, 'dns.json'), '[]');
  const { taken, port } = await occupiedPort();
  const { code, errors } = await launch(folder, '--port', `${port}`).ended;
  taken.close();
  expect(code).toBe(2);
  const [aside = ''] = globSync(join(folder, 'cut-off-*'));
  expect(errors).toMatch(/^rollcall: [^\n]+\nrollcall: [^\n]+\n$/);
  expect(errors).toContain(`what was there is now in ${aside}\n`);
  expect(readFileSync(join(aside, 'dns.json'), 'utf8')).toBe('[]');
});

describe('The end of a demo', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s comes at once with exit code 0, also while a page follows live, and leaves nothing',
    async (signal) => {
      const { line, child, ended } = await start(freshFolder(), '--provisioned');
      expect(childrenOf(child.pid)).toBe('');
      const owner = await signInAsOwner(line);
      const directoryId = line.connectorUrl?.split('/').at(-2);
      const live = await fetch(
        `${line.consoleUrl}/api/v1/accounts/${owner.accountId}/directories/${directoryId}/events`,
        { headers: { cookie: owner.cookie } },
      );
      expect(live.headers.get('content-type')).toBe('text/event-stream');
      child.kill(signal);
      expect(await ended).toMatchObject({ code: 0, errors: '' });
      await live.text();
      for (const url of [line.consoleUrl, line.standInUrl, line.mailUrl]) {
        expect(await answers(url)).toBe(false);
      }
    },
    10_000,
  );

  it.each([
    [['--fresh', '--provisioned'], 'choose --fresh or --provisioned'],
    [['--port', 'eighty'], '--port must be a whole number'],
    [['--seats', '0'], '--seats must be a whole number'],
    [['--frsh'], "unknown option '--frsh'"],
  ])('%j ends with exit code 2 and one line', async (args, text) => {
    const folder = join(freshFolder(), 'demo');
    const { code, out, errors } = await launch(folder, ...args).ended;
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toMatch(/^rollcall: [^\n]+\n$/);
    expect(errors).toContain(text);
    expect(existsSync(folder)).toBe(false);
  });

  it.each([
    ['console', 0],
    ['stand-in', 1],
    ['mail page', 2],
    ['DNS server', 3],
  ])('comes with one line that names the port where that of the %s is taken', async (_, offset) => {
    const { taken, port } = await occupiedPort();
    const { code, out, errors } = await launch(freshFolder(), '--port', `${port - offset}`).ended;
    taken.close();
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(errors).toMatch(/^rollcall: [^\n]+\n$/);
    expect(errors).toContain(String(port));
  });
});

describe('The connector token', () => {
  it('is in the folder of the demo alone, for its owner to read: the database has its digest, no log has it', async () => {
    const folder = freshFolder();
    const demo = await start(folder, '--provisioned');
    const { token = '', ownerPassphrase = '' } = demo.line;
    await demo.stop();
    const url = `sqlite:${join(folder, 'rollcall.db')}`;
    const server = await startServerProcess(url, 'trace');
    const directory = new URL(demo.line.connectorUrl ?? '').pathname;
    const guess = 'rollcall_scim_nobodyHasThisOne';
    for (const credential of [token, guess]) {
      const send = scimClient(server.origin + directory, credential);
      await send('GET', '/Users');
      await send('GET', `/Users?filter=userName eq "${credential}"`);
      await send('POST', '/Users', oktaUser('grace', { title: 7 }));
      await send('POST', '/Nothing', { token: credential });
    }
    expect(await server.stop()).toBe(0);
    expect(server.logs()).toContain('/scim/');
    expect(statSync(join(folder, 'demo.json')).mode & 0o777).toBe(0o600);
    const stored = Buffer.concat(
      globSync('rollcall.db*', { cwd: folder }).map((file) => readFileSync(join(folder, file))),
    );
    expect(stored.includes(createHash('sha256').update(token).digest('hex'))).toBe(true);
    const told = Buffer.from(demo.logs() + server.logs());
    for (const secret of [token, ownerPassphrase, guess]) {
      expect(secret).not.toBe('');
      expect(told.includes(secret)).toBe(false);
      expect(stored.includes(secret)).toBe(false);
    }
  });
});

/** The processes that a process has started and that run; empty where the system does not say. */
function childrenOf(pid: number | undefined): string {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** Somebody else's server, with three ports below it and three above that nobody uses. */
async function occupiedPort(): Promise<{ taken: Server; port: number }> {
  for (;;) {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    // A TCP server has such an address.
    const { port } = taken.address() as AddressInfo;
    const around = await Promise.all([-3, -2, -1, 1, 2, 3].map((offset) => isFree(port + offset)));
    if (around.every(Boolean)) return { taken, port };
    taken.close();
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer().once('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  return promise;
}
