import type { MigrationDialect } from '../migration.ts';

/** A unit on SQLite holds the write lock already. */
export const sqliteMigration: MigrationDialect = { before: [], objects: [] };
