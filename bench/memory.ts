import { readFileSync } from 'node:fs';

/**
 * Megabytes of memory that a process has for itself, without what it only maps from files; undefined where the system does not
 * say.
 */
export function anonymousMegabytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const kilobytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
