import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';
import { DnsZone, type TxtRecord } from './dns-zone.ts';

/**
 * What a demo remembers in its own folder, so that a second start continues: where it listens, the owner's sign-in, and
 * the connector token, which the server itself keeps only as a digest.
 */
export type DemoMemory = z.infer<typeof memorySchema>;
export type DemoOwner = z.infer<typeof ownerSchema>;

const port = z.int().min(1).max(65_535);
const ownerSchema = z.object({ email: z.string(), passphrase: z.string() });
const memorySchema = z.object({
  ports: z.object({ console: port, standIn: port, mail: port, dns: port }),
  /** Absent where the owner is made through the set-up link. */
  owner: z.exactOptional(ownerSchema),
  connector: z.exactOptional(z.object({ directoryId: z.string(), token: z.string() })),
  /** Of the set-up link, while nobody has used it. */
  setupCode: z.exactOptional(z.string()),
});

/** In the place of a memory until the first start is through. */
const beginning = { beginning: true } as const;
const keptSchema = z.union([z.object({ beginning: z.literal(true) }), memorySchema]);

const fileOf = (folder: string) => join(folder, 'demo.json');

/** The databases of a demo in `folder`. */
export function demoFiles(folder: string): { database: string; standIn: string } {
  return { database: join(folder, 'rollcall.db'), standIn: join(folder, 'stand-in.db') };
}

const zoneFileOf = (folder: string) => join(folder, 'dns.json');

/** The DNS records of a demo, kept at every change. */
export function recallZone(folder: string): DnsZone {
  const file = zoneFileOf(folder);
  // Nobody but the zone itself writes this file.
  const records = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TxtRecord[]) : [];
  return new DnsZone(records, (changed) => writeWhole(file, changed));
}

/**
 * What an earlier start left; undefined for a new folder, and for one whose first start was cut off. Throws `UsageError`
 * where the folder is not a demo's: a database in it is somebody's data.
 */
export function recall(folder: string): DemoMemory | undefined {
  const file = fileOf(folder);
  if (!existsSync(file)) return refuseForeign(folder);
  const kept = keptSchema.safeParse(contentOf(file));
  if (!kept.success) {
    throw new UsageError(`--data: this demo cannot read ${file}: choose another folder`);
  }
  return 'beginning' in kept.data ? undefined : kept.data;
}

function refuseForeign(folder: string): undefined {
  const foreign = ownFiles(folder).find((file) => existsSync(file));
  if (foreign === undefined) return undefined;
  throw new UsageError(
    `--data: no demo made ${foreign}, and a demo would replace it: choose another folder`,
  );
}

/** Undefined where it cannot be read, or is not JSON. */
function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Keeps `memory`, whole or not at all. */
export function remember(folder: string, memory: DemoMemory): void {
  writeWhole(fileOf(folder), memory);
}

function writeWhole(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * Marks a folder that `recall` knows nothing of as a demo's. What a first start that was cut off has left goes aside into
 * a folder, whose path is returned: somebody may have put it to use since.
 */
export function beginFolder(folder: string): string | undefined {
  writeWhole(fileOf(folder), beginning);
  const left = ownFiles(folder).filter((file) => existsSync(file));
  if (left.length === 0) return undefined;
  const aside = mkdtempSync(join(folder, 'cut-off-'));
  for (const file of left) renameSync(file, join(aside, basename(file)));
  return aside;
}

/** Takes away what a first start has made that failed just now; what was cut off before it stays aside. */
export function clearFolder(folder: string): void {
  for (const file of ownFiles(folder)) rmSync(file, { force: true });
}

/** What a demo makes in its folder, besides its memory. */
function ownFiles(folder: string): string[] {
  const databases = Object.values(demoFiles(folder));
  return [
    ...databases.flatMap((file) => ['', '-wal', '-shm', '.key'].map((suffix) => file + suffix)),
    zoneFileOf(folder),
  ];
}
