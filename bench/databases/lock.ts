import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache.ts';

/**
 * Makes this the only run of the machine's checkout: two would measure each other, and share prepared databases. Answers
 * what gives the place free; undefined where another run has it.
 */
export function takeTurn(): (() => void) | undefined {
  const file = join(cacheFolder('.'), 'run.pid');
  if (isAlive(pidIn(file))) return undefined;
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

function pidIn(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  if (pid === 0) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
