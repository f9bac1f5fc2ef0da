import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statfsSync,
} from 'node:fs';
import { join } from 'node:path';

/** The file system in memory that Linux has. */
const MEMORY = '/dev/shm';
const PREFIX = 'rollcall-tests-';

/** What there must be room for, in bytes: several times what a run of the whole suite takes. */
const ROOM = 4 * 2 ** 30;

/**
 * Makes a folder in memory for what this run writes, removed when the process ends; undefined where there is no room.
 * The databases of a run are made, synced and dropped by the hundred: on a disk, that is most of its time.
 */
export function makeMemoryFolder(): string | undefined {
  if (!existsSync(MEMORY)) return undefined;
  const prefix = `${PREFIX}${processNamespace()}-`;
  removeLeftovers(prefix);
  const { bavail, bsize } = statfsSync(MEMORY);
  if (Math.min(bavail * bsize, process.availableMemory()) < ROOM) return undefined;
  const folder = mkdtempSync(join(MEMORY, `${prefix}${process.pid}-`));
  // PostgreSQL runs as another user than root, and passes through.
  chmodSync(folder, 0o711);
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Which numbers of processes are meant: containers that share the memory each have their own. */
function processNamespace(): string {
  return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
}

/** Removes the folders of runs that were killed. */
function removeLeftovers(prefix: string): void {
  for (const name of readdirSync(MEMORY).filter((entry) => entry.startsWith(prefix))) {
    const [, owner] = /^(\d+)-/.exec(name.slice(prefix.length)) ?? [];
    if (owner === undefined || existsSync(`/proc/${owner}`)) continue;
    try {
      rmSync(join(MEMORY, name), { recursive: true, force: true });
    } catch {
      // Another user's, or being removed by another run.
    }
  }
}
