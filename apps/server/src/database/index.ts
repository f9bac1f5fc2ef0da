export type {
  Database,
  Durability,
  Faults,
  Reader,
  ReadSide,
  Transaction,
} from './database.ts';
export type { Engine } from './dialect/column-types.ts';
export type { Dialect, TransactionDialect } from './dialect/dialect.ts';
export {
  DatabaseError,
  type DatabaseErrorCode,
  DatabaseUnavailable,
  OutcomeUnknown,
  UniqueViolation,
} from './errors.ts';
export type { DatabaseEvent, DatabaseObserver } from './events.ts';
export { type InsertRows, insertRows } from './insert-rows.ts';
export { type MigrationReport, migrate } from './migrate.ts';
export { type OpenOptions, openDatabase } from './open.ts';
export type { Flag, Schema } from './schema.ts';
export { checkSchemaVersion } from './schema-version.ts';
export { after, type Soon } from './soon.ts';
export { type Placeholders, type Statement, statement } from './statement.ts';
