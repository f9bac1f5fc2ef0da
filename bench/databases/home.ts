import type { EngineName } from '../options.ts';
import type { Seed } from '../seed/seed.ts';

/** A database that a measurement may spoil. */
export interface Copy {
  readonly url: string;
  remove(): Promise<void>;
}

/** Where the databases of one engine live: prepared ones, kept from run to run, and copies of them. */
export interface Home {
  readonly engine: EngineName;
  /** Version and settings, for the report. */
  readonly facts: string;
  /** What the prepared database of a size holds; fills it where it is not kept from an earlier run. */
  prepare(size: number): Promise<Seed>;
  /** A fresh copy of a prepared database. */
  copy(size: number): Promise<Copy>;
  /** An empty database. */
  scratch(): Promise<Copy>;
  close(): Promise<void>;
}
