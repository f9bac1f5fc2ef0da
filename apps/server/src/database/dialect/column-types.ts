import { type ColumnDataType, type RawBuilder, sql } from 'kysely';

/** The databases that Rollcall runs on. */
export type Engine = 'sqlite' | 'postgres';

/** A data type as Kysely's `addColumn` takes it. */
export type ColumnType = ColumnDataType | RawBuilder<unknown>;

/** The column types of the schema, by what a column is for. */
export interface ColumnTypes {
  /** Ids, folded strings, codes: compared and ordered by their bytes on both engines. */
  readonly key: ColumnType;
  /** Text that is shown, never compared or ordered. */
  readonly text: ColumnType;
  /** A JSON document, stored and read as text, never parsed by the database on a hot path. */
  readonly document: ColumnType;
  /** A 64-bit integer: counts, ordinals, UTC milliseconds. Read as a JavaScript number. */
  readonly integer: ColumnType;
  /** 0 or 1. */
  readonly flag: ColumnType;
  /** Digests and cipher texts: binds and reads as `Uint8Array`. */
  readonly bytes: ColumnType;
}

const sqlite: ColumnTypes = {
  key: 'text',
  text: 'text',
  document: 'text',
  integer: 'integer',
  flag: 'integer',
  bytes: 'blob',
};

const postgres: ColumnTypes = {
  key: sql`text collate "C"`,
  text: 'text',
  document: 'text',
  integer: 'int8',
  flag: 'integer',
  bytes: 'bytea',
};

/** The column types of one engine, for migrations. */
export function columnTypes(engine: Engine): ColumnTypes {
  return engine === 'sqlite' ? sqlite : postgres;
}
