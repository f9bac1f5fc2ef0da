/**
 * Runs the whole suite and closes with one line of counts, after the parts that this machine could not run and what they
 * need. With CI set, such a part is a failure: there the suite is whole or it has not passed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const cache = join(root, 'node_modules/.cache');
const skippedParts = join(cache, 'rollcall-skipped-tests');
const report = join(cache, 'rollcall-test-report.json');

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly success: boolean;
}

rmSync(skippedParts, { recursive: true, force: true });
rmSync(report, { force: true });
mkdirSync(cache, { recursive: true });

const vitest = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);

const missing = globSync('*.json', { cwd: skippedParts }).map((file) => {
  // Written by the tests' own set-up, in this form.
  const { part, reason } = JSON.parse(readFileSync(join(skippedParts, file), 'utf8')) as {
    part: string;
    reason: string;
  };
  return `${part}: ${reason}`;
});
for (const line of missing) console.log(`Not run: ${line}`);

if (!existsSync(report)) {
  console.log('The run ended without a report.');
  process.exit(vitest.status || 1);
}
// Vitest's own report.
const counts = JSON.parse(readFileSync(report, 'utf8')) as Report;
const incomplete = process.env.CI !== undefined && missing.length > 0;
const skipped = counts.numPendingTests + counts.numTodoTests;
const tail = skipped === 0 ? '' : `, ${skipped} skipped`;
if (incomplete) console.log('CI allows no part that was not run.');
const conforms = process.argv.length > 2 || checkConformance();
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed${tail}`);
process.exit(vitest.status === 0 && counts.success && !incomplete && conforms ? 0 : 1);

/** The table of the requirements is that of this run; a part of the suite cannot tell. */
function checkConformance(): boolean {
  const script = join(root, 'scripts/conformance.ts');
  return spawnSync(process.execPath, [script, '--check'], { stdio: 'inherit' }).status === 0;
}
