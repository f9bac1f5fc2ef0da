/** The databases that Rollcall runs on. */
export type Engine = 'sqlite' | 'postgres';

/** The column types of the schema as SQL text, by what a column is for. */
export interface ColumnTypes {
  /** Ids, folded strings, codes: compared and ordered by their bytes on both engines. */
  readonly key: string;
  /** Text that is shown, never compared or ordered. */
  readonly text: string;
  /** A JSON document, stored and read as text, never parsed by the database on a hot path. */
  readonly document: string;
  /** A 64-bit integer: counts, ordinals, UTC milliseconds. Read as a JavaScript number. */
  readonly integer: string;
  /** 0 or 1. */
  readonly flag: string;
  /** Digests and cipher texts: binds and reads as `Uint8Array`. */
  readonly bytes: string;
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
  key: 'text collate "C"',
  text: 'text',
  document: 'text',
  integer: 'bigint',
  flag: 'integer',
  bytes: 'bytea',
};

/** The column types of one engine, for migrations. */
export function columnTypes(engine: Engine): ColumnTypes {
  return engine === 'sqlite' ? sqlite : postgres;
}
