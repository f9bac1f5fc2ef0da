import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type DemoOptions, type RunningDemo, startDemo } from '../../src/cli/demo/demo.ts';
import { openDnsServer } from '../../src/cli/demo/dns-server.ts';
import { DnsZone } from '../../src/cli/demo/dns-zone.ts';
import { holdFolder } from '../../src/cli/demo/hold-folder.ts';
import { lockFolder } from '../../src/cli/demo/lock.ts';
import { recall } from '../../src/cli/demo/memory.ts';
import { turnScimOn } from '../../src/cli/demo/story.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { type Database, migrate, openDatabase } from '../../src/database/index.ts';
import { SettingsError } from '../../src/settings.ts';
import { seedAccount } from '../support/fixtures.ts';

const root = mkdtempSync(join(tmpdir(), 'rollcall-demo-'));
const running: RunningDemo[] = [];
/** The folders to which leavings went, in the test that runs. */
const aside: string[] = [];
let folders = 0;

afterEach(async () => {
  aside.length = 0;
  for (const demo of running.splice(0)) await demo.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function freshFolder(): string {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  return folder;
}

async function start(folder: string, options: Partial<DemoOptions> = {}): Promise<RunningDemo> {
  const common = { fresh: true, provisioned: false, port: 0, seats: 50 };
  const onCutOff = (path: string) => aside.push(path);
  const demo = await startDemo({ ...common, onCutOff, folder: holdFolder(folder), ...options });
  running.push(demo);
  return demo;
}

async function stop(demo: RunningDemo): Promise<void> {
  running.splice(running.indexOf(demo), 1);
  await demo.stop();
}

/** Works on the database of a folder while nothing else does. */
async function withDatabaseOf<T>(folder: string, work: (database: Database) => Promise<T>) {
  const database = await openDatabase({ url: `sqlite:${join(folder, 'rollcall.db')}` });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function accountsOf(folder: string) {
  return withDatabaseOf(folder, ({ read }) =>
    read.query.selectFrom('accounts').select('name').execute(),
  );
}

/** What a first start leaves that was cut off once people were there. */
async function leaveCutOff(folder: string): Promise<void> {
  writeFileSync(join(folder, 'demo.json'), '{"beginning":true}');
  await withDatabaseOf(folder, async (database) => {
    await migrate(database);
    await seedAccount(database, { at: Date.now() });
  });
  writeFileSync(join(folder, 'rollcall.db.key'), 'precious');
}

async function expectLeavings(folder: string): Promise<void> {
  expect(readFileSync(join(folder, 'rollcall.db.key'), 'utf8')).toBe('precious');
  expect(await accountsOf(folder)).toHaveLength(1);
}

describe('The folder of a demo', () => {
  it('is refused where it holds a database that no demo made, and keeps all of it', async () => {
    const folder = freshFolder();
    await withDatabaseOf(folder, async (database) => {
      await migrate(database);
      await seedAccount(database, { at: Date.now() });
    });
    const before = await accountsOf(folder);
    expect(before).toHaveLength(1);
    const files = readdirSync(folder);
    const refused = start(folder);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(
      `--data: no demo made ${join(folder, 'rollcall.db')}, and a demo would replace it: choose another folder`,
    );
    expect(readdirSync(folder)).toEqual(files);
    expect(await accountsOf(folder)).toEqual(before);
  });

  it.each(['rollcall.db-wal', 'rollcall.db.key', 'stand-in.db', 'dns.json'])(
    'is refused where it holds a %s that no demo made',
    async (name) => {
      const folder = freshFolder();
      writeFileSync(join(folder, name), 'precious');
      await expect(start(folder)).rejects.toThrow(`no demo made ${join(folder, name)}`);
      expect(readFileSync(join(folder, name), 'utf8')).toBe('precious');
      expect(readdirSync(folder)).toEqual([name]);
    },
  );

  it('is begun anew where a demo marked it and was cut off, and what was made there goes aside', async () => {
    const folder = freshFolder();
    await leaveCutOff(folder);
    const { facts } = await start(folder);
    expect(facts.setupUrl).toContain(facts.consoleUrl);
    expect(recall(folder)?.ports).toBeDefined();
    await expectLeavings(aside[0] ?? '');
    expect(aside).toEqual([expect.stringMatching(join(folder, 'cut-off-'))]);
  });

  it('tells where what was made went also where the demo that begins anew fails', async () => {
    const folder = freshFolder();
    await leaveCutOff(folder);
    const taken = await openDnsServer(new DnsZone());
    await expect(start(folder, { port: taken.port - 3 })).rejects.toThrow(UsageError);
    await taken.close();
    await expectLeavings(aside[0] ?? '');
    await start(folder);
    expect(aside).toHaveLength(1);
  });

  it('keeps what was made there where it cannot be begun anew, and is let go', async () => {
    const folder = freshFolder();
    await leaveCutOff(folder);
    const blocker = join(folder, 'demo.json.new');
    mkdirSync(blocker);
    await expect(start(folder)).rejects.toThrow('EISDIR');
    await expectLeavings(folder);
    rmdirSync(blocker);
    await start(folder);
    await expectLeavings(aside[0] ?? '');
  });

  it('of an earlier demo leaves nothing aside', async () => {
    const folder = freshFolder();
    await stop(await start(folder));
    await start(folder);
    expect(aside).toEqual([]);
  });

  it('is marked before anything else is made in it', async () => {
    const folder = freshFolder();
    const taken = await openDnsServer(new DnsZone());
    await expect(start(folder, { port: taken.port - 3 })).rejects.toThrow(UsageError);
    await taken.close();
    expect(JSON.parse(readFileSync(join(folder, 'demo.json'), 'utf8'))).toEqual({
      beginning: true,
    });
    await start(folder);
  });

  it('holds nothing of a first start that failed, and the next one leaves nothing aside', async () => {
    const folder = freshFolder();
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    // A TCP server's address is an AddressInfo.
    const { port } = taken.address() as AddressInfo;
    await expect(start(folder, { port: port - 2 })).rejects.toThrow('of the mail page, is in use');
    taken.close();
    expect(readdirSync(folder).toSorted()).toEqual(['demo.json', 'demo.lock']);
    await start(folder);
    expect(aside).toEqual([]);
  });

  it.each(['{"name":"other"}', '{"ports":{"console":1}}', 'no JSON'])(
    'is refused where its demo.json is %s',
    async (text) => {
      const folder = freshFolder();
      writeFileSync(join(folder, 'demo.json'), text);
      await expect(start(folder)).rejects.toThrow(`cannot read ${join(folder, 'demo.json')}`);
      expect(readFileSync(join(folder, 'demo.json'), 'utf8')).toBe(text);
    },
  );

  it('is refused where its demo.json cannot be read at all', async () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'demo.json'));
    const refused = start(folder);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(`cannot read ${join(folder, 'demo.json')}`);
  });

  it('keeps a database that a newer version has upgraded, and says what to do', async () => {
    const folder = freshFolder();
    await stop(await start(folder));
    await withDatabaseOf(folder, (database) =>
      database.write((tx) =>
        tx.query
          .updateTable('database_facts')
          .set({ value: '1000' })
          .where('name', '=', 'oldest_program')
          .execute(),
      ),
    );
    const refused = start(folder);
    await expect(refused).rejects.toThrow('Start the newer Rollcall again');
    await expect(start(folder)).rejects.toMatchObject({ code: 'schema_too_new' });
    expect(await accountsOf(folder)).toEqual([]);
  });

  it.each([
    ['a file', 'is a file, or lies below one'],
    // What the system says of it depends on who asks.
    ['/proc/rollcall', ''],
  ])('is refused where it is %s', async (path, text) => {
    const file = join(freshFolder(), 'letter.txt');
    writeFileSync(file, 'Dear demo');
    const folder = path === 'a file' ? file : path;
    const refused = start(folder);
    await expect(refused).rejects.toThrow(SettingsError);
    await expect(refused).rejects.toThrow(`--data: the folder ${folder} ${text}`);
    expect(readFileSync(file, 'utf8')).toBe('Dear demo');
  });
});

describe('A second demo', () => {
  it('with --provisioned is refused where nobody knows the token any more, and says what to do', async () => {
    const folder = freshFolder();
    await stop(await start(folder, { fresh: false }));
    await withDatabaseOf(folder, (database) => turnScimOn(database, Date.now()));
    const refused = start(folder, { fresh: false, provisioned: true });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(
      '--provisioned: SCIM is on in this folder already, and its token was shown only once; leave it out, or choose another --data',
    );
    expect((await start(folder, { fresh: false })).facts.connectorUrl).toBeUndefined();
  });

  it('with --provisioned is refused where the first began at the set-up link', async () => {
    const folder = freshFolder();
    await stop(await start(folder));
    const refused = start(folder, { fresh: false, provisioned: true });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow('--provisioned: this folder has no account');
    await start(folder);
  });

  it('is refused on the folder of one that runs, whose process it names', async () => {
    const folder = freshFolder();
    const first = await start(folder);
    const refused = start(folder);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(
      `another demo runs on this folder (pid ${process.pid}): end it, or choose another --data`,
    );
    expect((await fetch(first.facts.consoleUrl)).status).toBe(200);
    await stop(first);
    await start(folder);
  });

  it('starts where the first was killed', async () => {
    const folder = freshFolder();
    const lock = join(import.meta.dirname, '../../src/cli/demo/lock.ts');
    // Kept: what nobody refers to any more is closed, and its lock let go.
    const script = `globalThis.release = require(${JSON.stringify(lock)}).lockFolder(${JSON.stringify(folder)});
      console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    expect(() => lockFolder(folder)).toThrow(`(pid ${child.pid})`);
    child.kill('SIGKILL');
    await once(child, 'close');
    lockFolder(folder)();
  });

  it('names the port where that of the DNS server was taken meanwhile, by UDP and TCP', async () => {
    const folder = freshFolder();
    await stop(await start(folder));
    const port = recall(folder)?.ports.dns;
    const taken = await openDnsServer(new DnsZone(), port);
    await expect(start(folder)).rejects.toThrow(
      `port ${port}, of the DNS server, is in use: set another --port`,
    );
    await taken.close();
    await start(folder);
  });

  it('prints the set-up link of the first while it works, and a new one after it was replaced', async () => {
    const folder = freshFolder();
    const first = await start(folder);
    await stop(first);
    const second = await start(folder);
    expect(second.facts.setupUrl).toBe(first.facts.setupUrl);
    const code = second.facts.setupUrl?.split('/').at(-1);
    const link = await fetch(`${second.facts.consoleUrl}/api/v1/setup/${code}`);
    expect(link.status).toBe(200);
    await stop(second);
    await withDatabaseOf(folder, (database) =>
      database.write((tx) => tx.query.deleteFrom('setup_links').execute()),
    );
    const third = await start(folder);
    expect(third.facts.setupUrl).not.toBe(first.facts.setupUrl);
  });
});
