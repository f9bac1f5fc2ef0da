import type { FastifyBaseLogger } from 'fastify';
import type { Database } from './database/index.ts';
import type { SecretBox } from './secret-box.ts';
import type { Settings } from './settings.ts';

/** What every surface (HTTP, jobs) is given. Domain functions take a transaction or reader and plain arguments instead. */
export interface Context {
  readonly database: Database;
  readonly settings: Settings;
  readonly secrets: SecretBox;
  readonly log: FastifyBaseLogger;
  /** UTC milliseconds. */
  now(): number;
}
