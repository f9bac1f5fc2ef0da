import { setImmediate as nextTurn } from 'node:timers/promises';
import { isObject, type JsonObject, matches, type ResolvedFilter, scimError } from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { type PageStart, pageStart, type ResourceKind, windowsOf } from './counts.ts';
import { type AttributeIndex, filterToSql, type SqlFilter } from './filter-to-sql.ts';

/** Resources that an index may find at once; a wider filter is counted window by window. */
const SELECTIVE_LIMIT = 5_000;
/** Resources of one window: counted in about 3 ms, and read and compared in about 10. */
const COUNT_WINDOW = 20_480;
const SCAN_WINDOW = 1_024;
/** Resources that a filter without index may read. */
const SCAN_BUDGET = 50_000;

/** What a kind of resource gives to be listed. */
export interface ListSource<Row> {
  readonly resourceType: ResourceKind;
  readonly table: 'directory_users' | 'directory_groups';
  readonly index: AttributeIndex;
  /** The rows of a page from an ordinal on, in order. */
  page(read: Reader, directoryId: string, start: PageStart, count: number): Promise<Row[]>;
  /** The rows with these ids, in the order of their ordinals; ids that are gone are left out. */
  byIds(read: Reader, directoryId: string, ids: readonly string[]): Promise<Row[]>;
  /** The complete resources as text, for the comparison of what has no index. */
  complete(
    read: Reader,
    directoryId: string,
    rows: readonly Row[],
    filter: ResolvedFilter,
    baseUrl: string,
  ): Promise<string[]>;
}

export interface ListRequest {
  readonly directoryId: string;
  /** Connector URL of the directory, without a slash at its end. */
  readonly baseUrl: string;
  readonly filter: ResolvedFilter | undefined;
  /** From 1. */
  readonly startIndex: number;
  readonly count: number;
}

export interface ListResult<Row> {
  /** All that match, on all pages. */
  readonly total: number;
  readonly rows: readonly Row[];
}

/**
 * One page of the live resources of a directory, in the order of their creation, and how many match in all.
 *
 * @throws ScimError 400 tooMany where a filter without index would read more than the budget.
 */
export async function listResources<Row extends { readonly id: string }>(
  read: Reader,
  source: ListSource<Row>,
  request: ListRequest,
): Promise<ListResult<Row>> {
  const { filter, directoryId, startIndex, count } = request;
  if (filter === undefined) {
    const start = await pageStart(read, directoryId, source.resourceType, startIndex);
    if (count === 0 || startIndex > start.total) return { total: start.total, rows: [] };
    return { total: start.total, rows: await source.page(read, directoryId, start, count) };
  }
  const found = await new Search(read, source, request, filter).run();
  return { total: found.total, rows: await source.byIds(read, directoryId, found.ids) };
}

interface Found {
  readonly total: number;
  /** Of the page alone. */
  readonly ids: readonly string[];
}

class Search<Row extends { readonly id: string }> {
  readonly #read: Reader;
  readonly #source: ListSource<Row>;
  readonly #request: ListRequest;
  readonly #filter: ResolvedFilter;
  readonly #said: SqlFilter | undefined;
  #total = 0;
  #compared = 0;
  readonly #ids: string[] = [];

  constructor(read: Reader, source: ListSource<Row>, request: ListRequest, filter: ResolvedFilter) {
    this.#read = read;
    this.#source = source;
    this.#request = request;
    this.#filter = filter;
    const { index } = source;
    this.#said = filterToSql(filter, {
      index,
      dialect: read.dialect,
      directoryId: request.directoryId,
    });
  }

  async run(): Promise<Found> {
    if (this.#said?.selective) {
      const candidates = await this.#candidates();
      if (candidates !== undefined) return this.#taken(await this.#matching(candidates));
    }
    if (this.#said?.exact) await this.#countWindows(this.#said);
    else await this.#scanWindows();
    return { total: this.#total, ids: this.#ids };
  }

  /** The ids that the index finds; undefined where they are too many. */
  async #candidates(): Promise<string[] | undefined> {
    const rows = await this.#select(sql`order by r.ordinal limit ${sql.lit(SELECTIVE_LIMIT + 1)}`);
    return rows.length > SELECTIVE_LIMIT ? undefined : rows;
  }

  async #matching(candidates: readonly string[]): Promise<readonly string[]> {
    if (this.#said?.exact) return candidates;
    const kept: string[] = [];
    for (let at = 0; at < candidates.length; at += SCAN_WINDOW) {
      kept.push(...(await this.#compare(candidates.slice(at, at + SCAN_WINDOW))));
    }
    return kept;
  }

  #taken(ids: readonly string[]): Found {
    const { startIndex, count } = this.#request;
    return { total: ids.length, ids: ids.slice(startIndex - 1, startIndex - 1 + count) };
  }

  /** What the database decides alone: counted in windows, and read where the page lies. */
  async #countWindows(said: SqlFilter): Promise<void> {
    const { directoryId, startIndex, count } = this.#request;
    for (const window of await this.#windows(COUNT_WINDOW)) {
      const { rows } = await sql<{ matching: number }>`
        select count(*) as matching from ${sql.table(this.#source.table)} as r
        where r.directory_id = ${directoryId} and r.deleted_at is null
          and r.ordinal between ${window.first} and ${window.last} and ${said.condition}`.execute(
        this.#read.query,
      );
      const here = Number(rows[0]?.matching ?? 0);
      const skip = Math.max(0, startIndex - 1 - this.#total);
      const missing = count - this.#ids.length;
      if (here > skip && missing > 0) {
        const page = sql`and r.ordinal between ${window.first} and ${window.last}
          order by r.ordinal limit ${sql.lit(missing)} offset ${sql.lit(skip)}`;
        this.#ids.push(...(await this.#select(page)));
      }
      this.#total += here;
      await nextTurn();
    }
  }

  async #scanWindows(): Promise<void> {
    const { startIndex, count } = this.#request;
    for (const window of await this.#windows(SCAN_WINDOW)) {
      const tail = sql`and r.ordinal between ${window.first} and ${window.last} order by r.ordinal`;
      for (const id of await this.#compare(await this.#select(tail))) {
        this.#total += 1;
        if (this.#total >= startIndex && this.#ids.length < count) this.#ids.push(id);
      }
      await nextTurn();
    }
  }

  /** Those of the resources that satisfy the filter exactly. */
  async #compare(ids: readonly string[]): Promise<string[]> {
    this.#compared += ids.length;
    if (this.#compared > SCAN_BUDGET) throw tooMany();
    const { directoryId, baseUrl } = this.#request;
    const rows = await this.#source.byIds(this.#read, directoryId, ids);
    const texts = await this.#source.complete(this.#read, directoryId, rows, this.#filter, baseUrl);
    return rows.filter((_, at) => matches(this.#filter, parsed(texts[at]))).map(({ id }) => id);
  }

  async #select(tail: RawBuilder<unknown>): Promise<string[]> {
    const condition = this.#said?.condition ?? sql<SqlBool>`1 = 1`;
    const { rows } = await sql<{ id: string }>`
      select r.id from ${sql.table(this.#source.table)} as r
      where r.directory_id = ${this.#request.directoryId} and r.deleted_at is null
        and ${condition} ${tail}`.execute(this.#read.query);
    return rows.map(({ id }) => id);
  }

  #windows(size: number) {
    return windowsOf(this.#read, this.#request.directoryId, this.#source.resourceType, size);
  }
}

function parsed(text: string | undefined): JsonObject {
  const value: unknown = JSON.parse(text ?? '{}');
  // What we spliced is an object.
  return isObject(value as JsonObject) ? (value as JsonObject) : {};
}

function tooMany() {
  return scimError(
    'tooMany',
    `The filter would compare more than ${SCAN_BUDGET} resources one by one. Narrow it with userName, externalId, emails.value, displayName, active, id, meta.created, meta.lastModified, manager or members, which have indexes.`,
  );
}
