import type { RowColumnType } from './dialect/dialect.ts';
import type { Schema } from './schema.ts';
import { type Placeholders, type Statement, statement } from './statement.ts';

/** Rows of a table that are inserted many at once: see `Database.append`. */
export interface InsertRows<R> {
  readonly table: keyof Schema;
  readonly columns: readonly (keyof R & string)[];
  /** All of them in one statement, for an engine that is asked over a network. */
  readonly together: Statement<{ rows: readonly R[] }, unknown>;
}

/**
 * Declares an insert of many rows, at module level. `name` is unique in the program, as that of a statement; a question mark
 * after the type of a column lets it be null.
 */
export function insertRows<R extends object>(
  name: string,
  table: keyof Schema,
  types: { readonly [K in keyof R & string]: RowColumnType },
): InsertRows<R> {
  // The keys of an object are those of its type.
  const columns = Object.keys(types) as (keyof R & string)[];
  const together = statement(name, (db, p: Placeholders<{ rows: readonly R[] }>, dialect) =>
    db
      .insertInto(table)
      // Tables differ in their columns; these are constants of the program.
      .columns(columns as never[])
      .expression(db.selectFrom(dialect.rows(p.rows, types).as('rows')).select(columns as never[])),
  );
  return { table, columns, together };
}
