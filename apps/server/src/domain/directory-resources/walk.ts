import { setImmediate as nextTurn } from 'node:timers/promises';
import { instantMillis, type SortKey } from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import type { SortColumn } from './attribute-index.ts';
import type { ListedRow, ListSource } from './list-source.ts';
import type { Place, Range } from './place.ts';
import { type Found, keyOf } from './search.ts';

/** Entries of an index that one statement passes over: about a millisecond. */
const STRIDE = 4_096;

/** A place in an index: what comes after it is wanted. */
type Mark = Pick<Place, 'key' | 'id'>;

/**
 * Reads a page of the whole directory in the order of an index. What comes before the page is passed over in strides, each a
 * finished statement.
 *
 * @param descending the mirror of the ascending order, in which what has no value comes last
 */
export async function walkIndex<Row extends ListedRow>(
  read: Reader,
  directoryId: string,
  source: ListSource<Row>,
  order: { readonly column: SortColumn; readonly descending: boolean },
  range: Range,
  count: number,
): Promise<Place[]> {
  const backwards = range.kind === 'before';
  const descending = order.descending !== backwards;
  const walk = new Walk(read, directoryId, source.table, order.column, descending);
  const places =
    range.kind === 'index'
      ? await walk.from(undefined, range.skip, count)
      : await walk.from(range.place, 0, count);
  return backwards ? places.toReversed() : places;
}

class Walk {
  readonly #read: Reader;
  readonly #directoryId: string;
  readonly #table: RawBuilder<unknown>;
  readonly #column: SortColumn;
  readonly #descending: boolean;

  constructor(
    read: Reader,
    directoryId: string,
    table: string,
    column: SortColumn,
    descending: boolean,
  ) {
    this.#read = read;
    this.#directoryId = directoryId;
    this.#table = sql.table(table);
    this.#column = column;
    this.#descending = descending;
  }

  async from(mark: Mark | undefined, skip: number, count: number): Promise<Place[]> {
    const places: Place[] = [];
    let rest = skip;
    for (const part of this.#parts(mark)) {
      let from = part.from;
      while (rest > 0) {
        const stride = Math.min(rest, STRIDE);
        const [last] = await this.#entries(part.hasValue, from, 1, stride - 1);
        if (last === undefined) {
          rest -= (await this.#entries(part.hasValue, from, stride, 0)).length;
          break;
        }
        from = last;
        rest -= stride;
        await nextTurn();
      }
      if (rest > 0) continue;
      places.push(...(await this.#entries(part.hasValue, from, count - places.length, 0)));
      if (places.length >= count) break;
    }
    return places;
  }

  /** Those with a value and those without, in their order, from a mark on. */
  #parts(mark: Mark | undefined) {
    const withValue = { hasValue: true, from: mark };
    const without = { hasValue: false, from: mark };
    const both = this.#descending ? [without, withValue] : [withValue, without];
    const parts = this.#column.nullable ? both : [withValue];
    if (mark === undefined) return parts;
    const at = parts.findIndex(({ hasValue }) => hasValue === (mark.key !== null));
    return parts
      .slice(at)
      .map((part, index) => (index === 0 ? part : { ...part, from: undefined }));
  }

  async #entries(
    hasValue: boolean,
    from: Mark | undefined,
    limit: number,
    offset: number,
  ): Promise<Place[]> {
    const { column } = this.#column;
    const direction = this.#descending ? sql`desc` : sql`asc`;
    const order = hasValue
      ? sql`${column} ${direction}, r.id ${direction}`
      : sql`r.id ${direction}`;
    const { rows } = await sql<Found>`
      select r.id, r.ordinal, ${column} as key from ${this.#table} as r
      where r.directory_id = ${this.#directoryId} and r.deleted_at is null
        and ${this.#isIn(hasValue)} and ${this.#isBeyond(hasValue, from)}
      order by ${order} limit ${sql.lit(limit)} offset ${sql.lit(offset)}`.execute(
      this.#read.query,
    );
    return rows.map(({ id, ordinal, key }) => ({
      kind: 0,
      id,
      ordinal,
      key: keyOf(this.#column, key),
    }));
  }

  #isIn(hasValue: boolean): RawBuilder<SqlBool> {
    if (!this.#column.nullable) return sql`1 = 1`;
    return hasValue ? sql`${this.#column.column} is not null` : sql`${this.#column.column} is null`;
  }

  #isBeyond(hasValue: boolean, from: Mark | undefined): RawBuilder<SqlBool> {
    if (from === undefined) return sql`1 = 1`;
    const beyond = this.#descending ? sql`<` : sql`>`;
    if (!hasValue) return sql`r.id ${beyond} ${from.id}`;
    const { column } = this.#column;
    const key = stored(this.#column, from.key);
    // The first comparison bounds the index, the second settles ties.
    return sql`(${column} ${beyond}= ${key} and (${column} ${beyond} ${key} or r.id ${beyond} ${from.id}))`;
  }
}

/** A sort key as its column holds it. */
function stored({ type }: SortColumn, key: SortKey): string | number | null {
  if (type === 'time') return instantMillis(String(key));
  return typeof key === 'boolean' ? Number(key) : key;
}
