import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, inject } from 'vitest';
import {
  type Database,
  type Engine,
  migrate,
  type OpenOptions,
  openDatabase,
} from '../../src/database/index.ts';
import type {} from './postgres-server.ts';

/**
 * Opens databases for the tests of one suite; all are closed and removed when the suite ends. A fresh one on PostgreSQL
 * takes some tenths of a second: open one in `beforeAll` where the tests can share it.
 */
export interface TestDatabases {
  readonly engine: Engine;
  /** Opens a fresh database with the whole schema, or the one at `url` once more. */
  open(options?: Partial<OpenOptions>): Promise<Database>;
  /** The URL of a fresh database with the whole schema. */
  createMigrated(): Promise<string>;
  /** The URL of a fresh database without any table. */
  createEmpty(): Promise<string>;
}

/** Few connections a database: a suite has many. */
const POOL_SIZE = 6;

/** Name of the database that fresh ones are copied from. */
const TEMPLATE = 'rollcall_template';

/** Declares a suite once for SQLite and once for PostgreSQL, skipped with the reason where there is no server. */
export function describeEachEngine(name: string, suite: (databases: TestDatabases) => void): void {
  describeOnSqlite(`${name} on SQLite`, suite);
  describeOnPostgres(`${name} on PostgreSQL`, suite);
}

/** Declares a suite about SQLite alone. */
export function describeOnSqlite(name: string, suite: (databases: TestDatabases) => void): void {
  describe(name, () => suite(testDatabases('sqlite', sqliteFiles())));
}

/** Declares a suite about PostgreSQL alone, skipped with the reason where there is no server. */
export function describeOnPostgres(name: string, suite: (databases: TestDatabases) => void): void {
  const server = inject('postgres');
  if (server.url === undefined) {
    describe.skip(`${name}: ${server.reason}`, () => suite(testDatabases('postgres', none)));
    return;
  }
  // Through the write-ahead log, as from 15 on, a copy takes four times as long, and as long again to drop.
  const strategy = server.version >= 15 ? 'strategy file_copy' : '';
  const { url } = server;
  describe(name, () => suite(testDatabases('postgres', postgresDatabases(url, strategy))));
}

/** Where the databases of a suite come from. */
interface Origin {
  createMigrated(): Promise<string>;
  createEmpty(): Promise<string>;
  remove(): Promise<void>;
}

function testDatabases(engine: Engine, origin: Origin): TestDatabases {
  const opened: Database[] = [];
  afterAll(async () => {
    await Promise.all(opened.map((database) => database.close()));
    await origin.remove();
  });
  return {
    engine,
    createMigrated: origin.createMigrated,
    createEmpty: origin.createEmpty,
    async open({ url, ...options } = {}) {
      const database = await openDatabase({
        url: url ?? (await origin.createMigrated()),
        poolSize: POOL_SIZE,
        ...options,
      });
      opened.push(database);
      return database;
    },
  };
}

function sqliteFiles(): Origin {
  const folders: string[] = [];
  const createEmpty = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-sqlite-'));
    folders.push(folder);
    return `sqlite:${join(folder, 'rollcall.db')}`;
  };
  return {
    createEmpty,
    createMigrated: async () => migrated(await createEmpty()),
    async remove() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function postgresDatabases(server: string, strategy: string): Origin {
  const names: string[] = [];
  const create = async (template: string) => {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    await onServer(server, (client) =>
      client.query(`create database ${name} template ${template} ${strategy}`),
    );
    names.push(name);
    return urlOf(server, name);
  };
  return {
    createEmpty: () => create('template0'),
    async createMigrated() {
      await requireTemplate(server);
      return create(TEMPLATE);
    },
    async remove() {
      await onServer(server, async (client) => {
        for (const name of names) await client.query(`drop database ${name} with (force)`);
      });
    },
  };
}

const none: Origin = {
  createEmpty: () => Promise.reject(new Error('no PostgreSQL server')),
  createMigrated: () => Promise.reject(new Error('no PostgreSQL server')),
  remove: async () => {},
};

/** Makes the template at its first use; test files that run side by side wait for each other. */
async function requireTemplate(server: string): Promise<void> {
  await onServer(server, async (client) => {
    await client.query(`select pg_advisory_lock(hashtext('${TEMPLATE}'))`);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      TEMPLATE,
    ]);
    if (rowCount !== 0) return;
    const building = `${TEMPLATE}_${randomUUID().replaceAll('-', '')}`;
    await client.query(`create database ${building} template template0`);
    await migrated(urlOf(server, building));
    await client.query(`alter database ${building} rename to ${TEMPLATE}`);
  });
}

async function migrated(url: string): Promise<string> {
  const database = await openDatabase({ url, poolSize: 1 });
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
  return url;
}

async function onServer<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(server);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, name: string): string {
  return server.replace(/\/postgres$/, `/${name}`);
}
