import { type Expression, sql } from 'kysely';
import type { Dialect, RowColumnType, UnnestedRow } from '../dialect.ts';

/**
 * PostgreSQL's words for the shared schema. Lists arrive as JSON text. The planner takes an array for 10 rows and the elements
 * of a JSON text for 100, which would be enough to read a whole table instead of looking a few rows up.
 */
export const postgresDialect: Dialect = {
  engine: 'postgres',

  inList: (column, list, type = 'text') =>
    sql`${reference(column)} = any(array(select value${cast(type)} from json_array_elements_text(${list}::json) as list(value)))`,

  unnest: (list) =>
    sql`(select value, position - 1 as position from unnest(array(select json_array_elements_text(${list}::json))) with ordinality as list(value, position))`,

  rows<R extends Record<string, RowColumnType>>(list: Expression<readonly object[]>, columns: R) {
    const fields = Object.entries(columns).map(
      ([name, type]) => sql`(row ->> ${sql.lit(name)})${cast(type)} as ${sql.id(name)}`,
    );
    return sql<
      UnnestedRow<R>
    >`(select ${sql.join(fields)}, position - 1 as position from unnest(array(select json_array_elements(${list}::json))) with ordinality as list(row, position))`;
  },

  contains: (column, part) => sql`strpos(${column}, ${part}) > 0`,

  statistics: {
    outgrown: (tables) => sql`
      select relname as "table" from pg_class
      where relname in (${sql.join(tables)}) and relkind = 'r' and pg_table_is_visible(oid)
        and pg_relation_size(oid) > 2 * relpages::bigint * current_setting('block_size')::bigint`,
    analyze: (table) => sql`analyze ${sql.table(table)}`,
  },

  forUpdate: (query) => query.forNoKeyUpdate(),

  forShare: (query) => query.forShare(),

  skipLocked: (query) => query.forNoKeyUpdate().skipLocked(),

  nextOrdinal: () => sql`nextval('ordinals')`,
};

function cast(type: RowColumnType): Expression<unknown> {
  return type.startsWith('integer') ? sql`::bigint` : sql`::text`;
}

function reference(column: string | Expression<unknown>): Expression<unknown> {
  return typeof column === 'string' ? sql.ref(column) : column;
}
