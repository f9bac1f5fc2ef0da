import type { Engine } from './column-types.ts';
import { postgresMigration } from './postgres/migration.ts';
import { sqliteMigration } from './sqlite/migration.ts';

/** What an engine adds to the migrations. */
export interface MigrationDialect {
  /** Statements that keep other processes out until the COMMIT of the migration. */
  readonly before: readonly string[];
  /** Statements that make what the dialect's expressions use, run before the first tables. */
  readonly objects: readonly string[];
}

/** The migration dialect of one engine. */
export function migrationDialect(engine: Engine): MigrationDialect {
  return engine === 'sqlite' ? sqliteMigration : postgresMigration;
}
