import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { fill, type Seed } from '../seed/seed.ts';
import { cacheFolder, cacheKey } from './cache.ts';
import type { Copy, Home } from './home.ts';
import { startPostgres } from './postgres-server.ts';

/** PostgreSQL: a cluster that is kept, a database of it a size; copies are made from those as templates. */
export async function openPostgresHome(): Promise<Home> {
  const server = await startPostgres();
  const admin = new pg.Client(server.url('postgres'));
  await admin.connect();
  const key = cacheKey();
  await forget(admin, (name) => !name.endsWith(key));
  let copies = 0;
  const create = async (template: string): Promise<Copy> => {
    copies += 1;
    const name = `work_${copies}`;
    await admin.query(`create database ${name} template ${template} strategy file_copy`);
    // What copying left to write is not to be written during a measurement.
    await admin.query('checkpoint');
    const remove = async () => {
      await admin.query(`drop database ${name} with (force)`);
    };
    return { url: server.url(name), remove };
  };
  return {
    engine: 'postgres',
    facts: await factsOf(admin),
    prepare: async (size) => {
      const name = databaseName(size, key);
      return (await prepared(admin, name)) ?? (await fillDatabase(admin, name, server.url, size));
    },
    copy: (size) => create(databaseName(size, key)),
    scratch: () => create('template0'),
    close: async () => {
      await admin.end();
      await server.stop();
    },
  };
}

function databaseName(size: number, key: string): string {
  return `seed_${size}_${key}`;
}

function seedFile(name: string): string {
  return join(cacheFolder('postgres-seeds'), `${name}.json`);
}

async function prepared(admin: pg.Client, name: string): Promise<Seed | undefined> {
  const names = await databaseNames(admin);
  if (!names.includes(name) || !existsSync(seedFile(name))) return undefined;
  return JSON.parse(readFileSync(seedFile(name), 'utf8'));
}

/** The file of the seed is written last: where it is there, the database is whole. */
async function fillDatabase(
  admin: pg.Client,
  name: string,
  url: (database: string) => string,
  size: number,
): Promise<Seed> {
  await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query(`create database ${name} template template0`);
  const seed = await fill(url(name), size);
  const client = new pg.Client(url(name));
  await client.connect();
  // The housekeeping of a server that has been running for a while; a copy keeps its statistics.
  await client.query('vacuum (analyze)');
  await client.end();
  writeFileSync(seedFile(name), JSON.stringify(seed));
  return seed;
}

async function forget(admin: pg.Client, isOld: (name: string) => boolean): Promise<void> {
  const old = (await databaseNames(admin)).filter(
    (name) => name.startsWith('work_') || (name.startsWith('seed_') && isOld(name)),
  );
  for (const name of old) {
    await admin.query(`drop database ${name} with (force)`);
    rmSync(seedFile(name), { force: true });
  }
}

async function databaseNames(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ datname: string }>('select datname from pg_database');
  return rows.map(({ datname }) => datname);
}

async function factsOf(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ version: string; fsync: string; commit: string }>(
    `select current_setting('server_version') as version, current_setting('fsync') as fsync,
       current_setting('synchronous_commit') as commit`,
  );
  const [row] = rows;
  return `PostgreSQL ${row?.version}, defaults (fsync = ${row?.fsync}, synchronous_commit = ${row?.commit})`;
}
