import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { fill, type Seed } from '../seed/seed.ts';
import { cacheFolder, cacheKey } from './cache.ts';
import type { Copy, Home } from './home.ts';

const databaseFile = 'rollcall.db';

/** SQLite: a folder a prepared database; copies are files beside them, on the same disk. */
export function openSqliteHome(): Home {
  const folder = cacheFolder('sqlite');
  const key = cacheKey();
  forget(folder, (name) => !name.endsWith(key));
  const seedFolder = (size: number) => join(folder, `${size}-${key}`);
  const copy = async (file: string | undefined): Promise<Copy> => {
    const work = mkdtempSync(join(folder, 'work-'));
    const target = join(work, databaseFile);
    if (file !== undefined) copyFileSync(file, target, constants.COPYFILE_FICLONE);
    return {
      url: `sqlite:${target}`,
      remove: async () => rmSync(work, { recursive: true }),
    };
  };
  return {
    engine: 'sqlite',
    facts: `SQLite ${version()}, WAL, synchronous = FULL`,
    prepare: async (size) =>
      prepared(seedFolder(size)) ?? (await fillFolder(seedFolder(size), size)),
    copy: (size) => copy(join(seedFolder(size), databaseFile)),
    scratch: () => copy(undefined),
    close: async () => forget(folder, (name) => name.startsWith('work-')),
  };
}

function prepared(folder: string): Seed | undefined {
  const file = join(folder, 'seed.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Fills beside the place and moves there at the end: what is in its place is whole. */
async function fillFolder(folder: string, size: number): Promise<Seed> {
  const filling = `${folder}.filling`;
  rmSync(filling, { recursive: true, force: true });
  mkdirSync(filling);
  const seed = await fill(`sqlite:${join(filling, databaseFile)}`, size);
  writeFileSync(join(filling, 'seed.json'), JSON.stringify(seed));
  renameSync(filling, folder);
  return seed;
}

function forget(folder: string, isOld: (name: string) => boolean): void {
  for (const name of readdirSync(folder).filter(isOld)) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function version(): string {
  const memory = new BetterSqlite3(':memory:');
  const text = memory.prepare<[], string>('select sqlite_version()').pluck().get();
  memory.close();
  return text ?? 'of unknown version';
}
