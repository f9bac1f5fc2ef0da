import type { InsertRows } from '../../insert-rows.ts';

/** What the thread is told, as texts: handing objects over would cost more than inserting them. */
export interface AppendOrder {
  readonly sql: string;
  /** JSON: the values that all rows have in common. */
  readonly common: string;
  /** JSON: the other values, a list a row. */
  readonly rows: string;
}

/** What it answers. */
export interface Appended {
  /** Why nothing was written, if so. */
  readonly failure: string | undefined;
}

/**
 * Puts an order together. Rows of one batch are mostly of one client, so that half of their columns are the same in all: those
 * are handed over once.
 */
export function orderOf<R extends object>(
  { table, columns }: InsertRows<R>,
  rows: readonly R[],
): AppendOrder {
  const [first] = rows;
  const isCommon = (column: keyof R) => rows.every((row) => row[column] === first?.[column]);
  const common = columns.filter(isCommon);
  const own = columns.filter((column) => !common.includes(column));
  const names = [...common, ...own];
  const marks = names.map(() => '?').join(', ');
  return {
    sql: `insert into ${table} (${names.join(', ')}) values (${marks})`,
    common: JSON.stringify(common.map((column) => first?.[column])),
    rows: JSON.stringify(rows.map((row) => own.map((column) => row[column]))),
  };
}
