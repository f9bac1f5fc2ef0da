import type { Database } from '../database/index.ts';
import type { Settings } from '../settings.ts';

/** What a job is given. */
export interface JobContext {
  readonly database: Database;
  readonly settings: Pick<
    Settings,
    'publicUrl' | 'productName' | 'dnsServers' | 'smtp' | 'privateHosts'
  >;
  /** UTC milliseconds. */
  now(): number;
}

/** Something that is done again and again, by one process at a time. It may be cut off anywhere and run again. */
export interface Job {
  /** Unique; names the lease. */
  readonly name: string;
  /** From the end of a run to the next, in milliseconds. */
  readonly every: number;
  run(context: JobContext): Promise<void>;
}
