import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A part of the tests that this machine cannot run. */
export interface SkippedPart {
  readonly part: string;
  /** What is missing, and what installs it. */
  readonly reason: string;
}

/** Folder of one JSON file a skipped part, for the closing summary of the run. */
const folder = join(import.meta.dirname, '../../../../node_modules/.cache/rollcall-skipped-tests');

/** Records that a part is skipped in this run, or with `undefined` that it is not. */
export function recordSkippedPart(name: string, skipped: SkippedPart | undefined): void {
  const file = join(folder, `${name}.json`);
  if (skipped === undefined) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(skipped));
}
