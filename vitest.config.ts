import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { makeMemoryFolder } from './apps/server/test/support/memory-folder.ts';

const memory = process.env.TMPDIR === undefined ? makeMemoryFolder() : undefined;
if (memory !== undefined) process.env.TMPDIR = memory;

// The suite starts the program a hundred times, which each time would compile the same files.
process.env.NODE_COMPILE_CACHE ??= join(
  import.meta.dirname,
  'node_modules/.cache/rollcall-compiled',
);

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // A worker runs many files; those whose modules have a state import them anew.
    isolate: false,
    unstubEnvs: true,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: { name: 'packages', include: ['packages/*/{src,test}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['apps/server/{src,test}/**/*.test.ts'],
          setupFiles: ['apps/server/test/support/fresh-modules.ts'],
          globalSetup: ['apps/server/test/support/postgres-server.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'stand-in-idp', include: ['apps/stand-in-idp/{src,test}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: { name: 'console', include: ['apps/console/src/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          testTimeout: 180_000,
          setupFiles: ['apps/server/test/support/fresh-modules.ts'],
          globalSetup: ['apps/server/test/support/postgres-server.ts'],
        },
      },
    ],
  },
});
