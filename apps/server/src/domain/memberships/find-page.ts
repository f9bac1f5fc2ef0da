/** Rows that are looked at in one statement, and statements of one page: a search that finds little ends early. */
const WINDOW = 500;
const WINDOWS = 20;

/** A page of people's rows in the order of their ids, with a cursor to go on. */
export interface FoundPage<Row> {
  readonly rows: Row[];
  readonly nextCursor: string | null;
}

/**
 * Reads windows of people until a page is full, there are no more, or enough were looked at; then the cursor goes on.
 *
 * @param readWindow the `size` people whose ids come after `after`
 * @param suits whether a person is wanted; left out where everybody is
 */
export async function findPage<Row extends { readonly user_id: string }>(
  { cursor = '', limit }: { readonly cursor?: string | undefined; readonly limit: number },
  readWindow: (after: string, size: number) => Promise<readonly Row[]>,
  suits?: (row: Row) => boolean,
): Promise<FoundPage<Row>> {
  const size = suits === undefined ? limit + 1 : WINDOW;
  const rows: Row[] = [];
  let last = cursor;
  for (let window = 0; window < WINDOWS; window += 1) {
    const seen = await readWindow(last, size);
    for (const row of seen) {
      if (rows.length === limit) return { rows, nextCursor: last };
      last = row.user_id;
      if (suits === undefined || suits(row)) rows.push(row);
    }
    if (seen.length < size) return { rows, nextCursor: null };
  }
  return { rows, nextCursor: last };
}
