import type { ComparisonOperator } from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Dialect } from '../../database/index.ts';

/** A condition in SQL, never null. */
export type Condition = RawBuilder<SqlBool>;

export const always: Condition = sql<SqlBool>`1 = 1`;
export const never: Condition = sql<SqlBool>`1 = 0`;

/**
 * Whether a query finds a row for the resource. Not `exists`: each engine may turn that into a join that begins with the other
 * table and reads it as a whole.
 */
export function someRow(query: RawBuilder<unknown>): Condition {
  return sql<SqlBool>`(${query} limit 1) is not null`;
}

/** Compares a text column that is not null with a bound value; the column and the value are folded alike. */
export function textCondition(
  column: RawBuilder<unknown>,
  operator: ComparisonOperator,
  value: string,
  dialect: Dialect,
): Condition {
  // Lengths are counted by code point, as both engines count.
  const length = [...value].length;
  switch (operator) {
    case 'co':
      return dialect.contains(column, value);
    case 'sw':
      return sql<SqlBool>`(${column} >= ${value} and substr(${column}, 1, ${sql.lit(length)}) = ${value})`;
    case 'ew':
      // A place before the first character is read in a way of its own by each engine.
      return sql<SqlBool>`(length(${column}) >= ${sql.lit(length)} and substr(${column}, length(${column}) - ${sql.lit(length - 1)}) = ${value})`;
    default:
      return sql<SqlBool>`${column} ${symbol(operator)} ${value}`;
  }
}

/** A comparison operator that both engines know. */
export function symbol(operator: ComparisonOperator): RawBuilder<unknown> {
  return symbols[operator] ?? sql`=`;
}

const symbols: Readonly<Partial<Record<ComparisonOperator, RawBuilder<unknown>>>> = {
  eq: sql`=`,
  ne: sql`<>`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
};
