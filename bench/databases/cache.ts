import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What decides which rows a prepared database holds. */
const sources = [
  'apps/server/src/database/migrations/**/*.ts',
  'apps/server/src/domain/**/*.ts',
  'apps/server/test/support/fixtures.ts',
  'bench/seed/*.ts',
];

/** The name of the state of the program that prepared databases depend on: another one fills them anew. */
export function cacheKey(): string {
  const digest = createHash('sha256');
  const files = sources.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
  for (const file of files) digest.update(file).update(readFileSync(join(root, file)));
  return digest.digest('hex').slice(0, 12);
}

/** A folder that is kept between runs; `npm ci` removes it. */
export function cacheFolder(name: string): string {
  const folder = join(root, 'node_modules/.cache/rollcall-bench', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
