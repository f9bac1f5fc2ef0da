import type BetterSqlite3 from 'better-sqlite3';
import {
  CheckViolation,
  DatabaseError,
  DatabaseUnavailable,
  ForeignKeyViolation,
  UniqueViolation,
} from '../../errors.ts';

/** Codes after which nothing of the whole batch can be trusted to be writable. */
const STORAGE = /^SQLITE_(FULL|IOERR|NOMEM|CORRUPT|NOTADB|READONLY|CANTOPEN|PROTOCOL)/;

/** SQLite's own code of an error, or undefined where the error is not SQLite's. */
export function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && error.code.startsWith('SQLITE_')
    ? error.code
    : undefined;
}

/** True where the disk, not the statement, is at fault. */
export function isStorageFailure(error: unknown): boolean {
  return error instanceof DatabaseUnavailable || STORAGE.test(sqliteCode(error) ?? '');
}

/** The typed error of a statement that failed on `handle`. */
export function sqliteError(error: unknown, handle: BetterSqlite3.Database): unknown {
  const code = sqliteCode(error);
  if (code === undefined || !(error instanceof Error)) return error;
  const detail = error.message.slice(error.message.indexOf(': ') + 2);
  const options = { cause: error };
  switch (code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
    case 'SQLITE_CONSTRAINT_ROWID':
      return new UniqueViolation(uniqueName(detail, handle), options);
    case 'SQLITE_CONSTRAINT_CHECK':
      return new CheckViolation(detail, options);
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
      return new ForeignKeyViolation(options);
  }
  if (code.startsWith('SQLITE_BUSY') || STORAGE.test(code)) {
    return new DatabaseUnavailable(`SQLite: ${error.message}`, options);
  }
  return new DatabaseError('statement_failed', `SQLite: ${error.message}`, options);
}

/** `index 'name'`, or `table.a, table.b`: SQLite names the columns, we name the index as PostgreSQL does. */
function uniqueName(detail: string, handle: BetterSqlite3.Database): string {
  const index = /^index '(.*)'$/.exec(detail)?.[1];
  if (index !== undefined) return index;
  const columns = detail.split(', ').map((column) => column.slice(column.indexOf('.') + 1));
  const table = detail.slice(0, detail.indexOf('.'));
  return indexOver(table, columns, handle) ?? `${table}_${columns.join('_')}_key`;
}

function indexOver(
  table: string,
  columns: readonly string[],
  handle: BetterSqlite3.Database,
): string | undefined {
  const indexes = handle
    .prepare<[string], { name: string; origin: string; columns: string }>(
      `select list.name, list.origin,
        (select group_concat(name, ',') from (select name from pragma_index_info(list.name) order by seqno)) as columns
      from pragma_index_list(?) as list where list."unique" = 1`,
    )
    .all(table);
  const found = indexes.find((index) => index.columns === columns.join(','));
  if (found?.origin === 'c') return found.name;
  return found?.origin === 'u' ? undefined : `${table}_pkey`;
}
