import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DnsZone, type TxtRecord } from './dns-zone.ts';
import type { DemoPorts } from './ports.ts';

/**
 * What a demo remembers in its own folder, so that a second start continues: where it listens, the owner's sign-in, and
 * the connector token, which the server itself keeps only as a digest.
 */
export interface DemoMemory {
  readonly ports: DemoPorts;
  /** Undefined where the owner is made through the set-up link. */
  readonly owner?: DemoOwner;
  readonly connector?: DemoConnector;
}

export interface DemoOwner {
  readonly email: string;
  readonly passphrase: string;
}

export interface DemoConnector {
  readonly directoryId: string;
  readonly token: string;
}

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

/** What an earlier start left; undefined for a new folder. */
export function recall(folder: string): DemoMemory | undefined {
  const file = fileOf(folder);
  if (!existsSync(file)) return undefined;
  // Nobody but `remember` writes this file.
  return JSON.parse(readFileSync(file, 'utf8')) as DemoMemory;
}

/** Keeps `memory`, whole or not at all. */
export function remember(folder: string, memory: DemoMemory): void {
  writeWhole(fileOf(folder), memory);
}

function writeWhole(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Makes the folder, empty of a first start that was cut off before it was remembered. */
export function beginFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const file of [...Object.values(demoFiles(folder)), zoneFileOf(folder)]) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
}
