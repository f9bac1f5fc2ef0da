import type { Expression, RawBuilder, SelectQueryBuilder, SqlBool } from 'kysely';
import type { Engine } from './column-types.ts';

/** What the values of a bound list are. */
type ListType = 'text' | 'integer';

/** How a column of `Dialect.rows` is read from JSON; with a question mark it may be null. */
export type RowColumnType = ListType | `${ListType}?`;

/** The few things that the two engines say differently. Pure: they build SQL and run nothing. */
export interface Dialect {
  readonly engine: Engine;

  /** True where `column` is one of a bound list. Integers need `type`. One statement for any number of values. */
  inList(
    column: string | Expression<unknown>,
    list: Expression<readonly unknown[]>,
    type?: ListType,
  ): RawBuilder<SqlBool>;

  /** A bound list as a table of `value` and `position` (from 0): `db.selectFrom(dialect.unnest(p.ids).as('ids'))`. */
  unnest(list: Expression<readonly string[]>): RawBuilder<{ value: string; position: number }>;

  /**
   * A bound list of objects as a table, plus `position` (from 0). Names and types of the columns must be constants of
   * the program. A key that an object lacks is null.
   */
  rows<R extends Record<string, RowColumnType>>(
    list: Expression<readonly object[]>,
    columns: R,
  ): RawBuilder<UnnestedRow<R>>;

  /** True where a text column contains a bound text; every text contains the empty one. */
  contains(column: Expression<unknown>, part: string): RawBuilder<SqlBool>;

  /** What tells the planner how large tables have become; absent on an engine whose plans do not hang on it. */
  readonly statistics?: {
    /** Those of some tables that have doubled since the planner was told of them. */
    outgrown(tables: readonly string[]): RawBuilder<{ table: string }>;
    analyze(table: string): RawBuilder<unknown>;
  };

  /**
   * Locks the selected rows against writers until COMMIT. It leaves room for rows elsewhere that point to them by a
   * foreign key (`for no key update`). Nothing on SQLite, where units run one after the other.
   */
  forUpdate<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>;

  /** Locks the selected rows against changes until COMMIT; other units may hold them so at the same time. */
  forShare<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>;

  /** As `forUpdate`, passing over rows that another unit holds: how a seat or a job is claimed. */
  skipLocked<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>;

  /**
   * The next `ordinal` of a directory in `table`, as an expression to insert: growing, with gaps. Where one statement
   * inserts several rows, each needs its own `position` (from 0).
   */
  nextOrdinal(
    table: 'directory_users' | 'directory_groups',
    directoryId: Expression<string>,
    position?: Expression<number>,
  ): RawBuilder<number>;
}

/** A row of `Dialect.rows`. */
export type UnnestedRow<R extends Record<string, RowColumnType>> = {
  [K in keyof R]: RowValue<R[K]>;
} & { position: number };

type RowValue<T extends RowColumnType> = T extends `${infer U}?`
  ? RowValue<Extract<U, ListType>> | null
  : T extends 'integer'
    ? number
    : string;

/** The dialect inside a unit. */
export interface TransactionDialect extends Dialect {
  /**
   * Number of this unit's lane among the concurrent units of this process: 0 on SQLite, 0 to 63 on PostgreSQL. A counter
   * with one row a lane is never waited for by another unit of the same process.
   */
  readonly lane: number;
}
