/**
 * Builds the console unless the last build was made of the same files. `dist/.built-from` holds the digest of what it was
 * made of, so that a second start costs some milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const stamp = join(root, 'apps/console/dist/.built-from');
const sources = [
  'apps/console/{index.html,package.json,tsconfig.json,vite.config.ts}',
  'apps/console/{src,public}/**/*.*',
  'packages/api/src/**/*.ts',
  'package-lock.json',
];

function digestOfSources(): string {
  const digest = createHash('sha256');
  for (const file of globSync(sources, { cwd: root }).toSorted()) {
    digest
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return digest.digest('hex');
}

const wanted = digestOfSources();
const built = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
if (built !== wanted) {
  // Its output goes to stderr: whoever calls this may own stdout.
  const vite = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: join(root, 'apps/console'), stdio: ['ignore', 2, 2] },
  );
  if (vite.status !== 0) process.exit(1);
  writeFileSync(stamp, wanted);
}
