/**
 * Runs the fuzzers of filters and PATCHes for long: `npm run fuzz -- --count 1000000 [--seed S]`. So many cases run in memory,
 * a fortieth of them over HTTP on each engine. A failure names the case and the seed that repeats it.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
  },
});
const { count, seed } = values;
if (!/^[1-9]\d*$/.test(count) || !/^\d+$/.test(seed)) {
  console.error('--count takes a whole number from 1 on, --seed one from 0 on.');
  process.exit(2);
}
console.log(`${count} cases from seed ${seed}`);

const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'fuzz.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ROLLCALL_FUZZ_COUNT: count, ROLLCALL_FUZZ_SEED: seed },
  },
);
process.exit(status ?? 1);
