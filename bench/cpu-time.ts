import { readFileSync } from 'node:fs';

/** Microseconds a tick of Linux's process accounting, on every architecture that Node runs on. */
const TICK = 10_000;

/**
 * Microseconds of processor time that a process has used, in itself and in the kernel; undefined where the system does not
 * say. Unlike a rate it hardly depends on what else the machine is doing.
 */
export function cpuTime(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name of the program stands in parentheses and may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}
