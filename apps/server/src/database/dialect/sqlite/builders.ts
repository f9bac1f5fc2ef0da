import { type Expression, sql } from 'kysely';
import type { Dialect, RowColumnType, UnnestedRow } from '../dialect.ts';

/** SQLite's words for the shared schema. Lists arrive as JSON text. */
export const sqliteDialect: Dialect = {
  engine: 'sqlite',

  inList: (column, list) => sql`${reference(column)} in (select value from json_each(${list}))`,

  unnest: (list) => sql`(select value, key as position from json_each(${list}))`,

  rows<R extends Record<string, RowColumnType>>(list: Expression<readonly object[]>, columns: R) {
    const fields = Object.keys(columns).map(
      (name) => sql`json_extract(value, ${sql.lit(`$."${name}"`)}) as ${sql.id(name)}`,
    );
    return sql<
      UnnestedRow<R>
    >`(select ${sql.join(fields)}, key as position from json_each(${list}))`;
  },

  contains: (column, part) => sql`instr(${column}, ${part}) > 0`,

  forUpdate: (query) => query,

  forShare: (query) => query,

  skipLocked: (query) => query,

  nextOrdinal: (table, directoryId, position = sql<number>`0`) =>
    sql`(select coalesce(max(ordinal), 0) + 1 from ${sql.table(table)} where directory_id = ${directoryId}) + ${position}`,
};

function reference(column: string | Expression<unknown>): Expression<unknown> {
  return typeof column === 'string' ? sql.ref(column) : column;
}
