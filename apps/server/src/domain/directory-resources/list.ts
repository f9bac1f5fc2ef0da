import { pathName } from '@rollcall/scim';
import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import type { SortColumn } from './attribute-index.ts';
import { countBeyond, countResources, pageStart } from './counts.ts';
import { FirstPlaces } from './first-places.ts';
import type { ListedDirectory, ListedRow, ListPart, ListSource } from './list-source.ts';
import { ascending, byCreation, descending, type Place, type Range } from './place.ts';
import { CompareBudget, Search } from './search.ts';
import { walkIndex } from './walk.ts';

/** What a list asks for, besides what it asks of each kind of resource. */
export interface ListRequest extends ListedDirectory {
  /** Undefined for the order of creation. */
  readonly order: 'ascending' | 'descending' | undefined;
  readonly range: Range;
  readonly count: number;
  /** Whether the places of the page are wanted, which cost a look more where the list is read as it was created. */
  readonly withPlaces: boolean;
}

export interface ListResult<Row> {
  /** All that match, on all pages. */
  readonly total: number;
  readonly rows: readonly Row[];
  /** Where the rows stand, and those that went meanwhile; empty where nobody asked. */
  readonly places: readonly Place[];
  /** How many match after the place that a list goes on from, those of the page with them. */
  readonly rest?: number;
}

/**
 * One page of the live resources of a directory, and how many match in all. Without an order they come as they were created,
 * one kind after the other.
 *
 * @throws ScimError 400 tooMany where a filter or an order without index would read more than the budget
 */
export async function listResources<Row extends ListedRow>(
  read: Reader,
  parts: readonly ListPart<Row>[],
  request: ListRequest,
): Promise<ListResult<Row>> {
  const [only] = parts;
  if (only !== undefined && parts.length === 1 && only.filter === undefined) {
    const whole = await wholeDirectory(read, only, request);
    if (whole !== undefined) return whole;
  }
  return search(read, parts, request);
}

/** A page of all resources of a kind, in an order that an index has; undefined for another. */
async function wholeDirectory<Row extends ListedRow>(
  read: Reader,
  { source, sortBy }: ListPart<Row>,
  request: ListRequest,
): Promise<ListResult<Row> | undefined> {
  if (request.order === undefined) return inOrderOfCreation(read, source, request);
  const column = sortBy && source.sortColumns.get(pathName(sortBy));
  if (!column?.indexed) return undefined;
  return inOrderOf(read, source, column, request);
}

async function inOrderOf<Row extends ListedRow>(
  read: Reader,
  source: ListSource<Row>,
  column: SortColumn,
  request: ListRequest,
): Promise<ListResult<Row>> {
  const { directoryId, range, count } = request;
  const order = { column, descending: request.order === 'descending' };
  const total = await countResources(read, directoryId, source.resourceType);
  const places = count === 0 ? [] : await walkIndex(read, directoryId, source, order, range, count);
  return { total, ...(await rowsAt(read, directoryId, [source], places)) };
}

async function inOrderOfCreation<Row extends ListedRow>(
  read: Reader,
  source: ListSource<Row>,
  { directoryId, range, count, withPlaces }: ListRequest,
): Promise<ListResult<Row> | undefined> {
  if (range.kind === 'index') {
    if (withPlaces && range.skip > 0) return undefined;
    if (!withPlaces) return atIndex(read, directoryId, source, range.skip, count);
  }
  if (range.kind === 'after' && !withPlaces) {
    const { ordinal } = range.place;
    const { total, rest } = await countBeyond(read, directoryId, source.resourceType, ordinal);
    const start = { total, ordinal: ordinal + 1, skip: 0 };
    const rows = count === 0 ? [] : await source.page(read, directoryId, start, count);
    return { total, rest, rows, places: [] };
  }
  const total = await countResources(read, directoryId, source.resourceType);
  const places = count === 0 ? [] : await placesIn(read, directoryId, source, range, count);
  return { total, ...(await rowsAt(read, directoryId, [source], places)) };
}

async function atIndex<Row extends ListedRow>(
  read: Reader,
  directoryId: string,
  source: ListSource<Row>,
  skip: number,
  count: number,
): Promise<ListResult<Row>> {
  const start = await pageStart(read, directoryId, source.resourceType, skip + 1);
  const isEmpty = count === 0 || skip >= start.total;
  const rows = isEmpty ? [] : await source.page(read, directoryId, start, count);
  return { total: start.total, rows, places: [] };
}

async function placesIn<Row extends ListedRow>(
  read: Reader,
  directoryId: string,
  { table }: ListSource<Row>,
  range: Range,
  count: number,
): Promise<Place[]> {
  const ordinal = range.kind === 'index' ? -1 : range.place.ordinal;
  const isBefore = range.kind === 'before';
  const beyond = isBefore ? sql`<` : sql`>`;
  const direction = isBefore ? sql`desc` : sql`asc`;
  const { rows } = await sql<{ id: string; ordinal: number }>`
    select r.id, r.ordinal from ${sql.table(table)} as r
    where r.directory_id = ${directoryId} and r.deleted_at is null and r.ordinal ${beyond} ${ordinal}
    order by r.ordinal ${direction} limit ${sql.lit(count)}`.execute(read.query);
  const places = rows.map((row) => ({ ...row, kind: 0, key: null }));
  return isBefore ? places.toReversed() : places;
}

async function search<Row extends ListedRow>(
  read: Reader,
  parts: readonly ListPart<Row>[],
  request: ListRequest,
): Promise<ListResult<Row>> {
  const { directoryId, order, range, count } = request;
  const places = new FirstPlaces(orderOf(order), range, count);
  const budget = new CompareBudget();
  const isSorted = order !== undefined;
  let total = 0;
  for (const [kind, part] of parts.entries()) {
    total += await new Search(read, request, part, { kind, places, budget, isSorted }).run();
  }
  const sources = parts.map(({ source }) => source);
  const page = await rowsAt(read, directoryId, sources, places.page());
  return { total, rest: places.inRange, ...page };
}

function orderOf(order: ListRequest['order']) {
  if (order === undefined) return byCreation;
  return order === 'ascending' ? ascending : descending;
}

/** Reads the resources at some places; those that have gone since are left out. */
async function rowsAt<Row extends ListedRow>(
  read: Reader,
  directoryId: string,
  sources: readonly ListSource<Row>[],
  places: readonly Place[],
): Promise<Pick<ListResult<Row>, 'rows' | 'places'>> {
  const found = new Map<string, Row>();
  for (const [kind, source] of sources.entries()) {
    const ids = places.filter((place) => place.kind === kind).map(({ id }) => id);
    for (const row of await source.byIds(read, directoryId, ids)) found.set(row.id, row);
  }
  return { rows: places.flatMap(({ id }) => found.get(id) ?? []), places };
}

/**
 * Where a resource stands in the order of creation, also once it is deleted; undefined where the directory never had it.
 */
export async function placeOfResource(
  read: Reader,
  directoryId: string,
  table: ListSource<ListedRow>['table'],
  id: string,
): Promise<Place | undefined> {
  const { rows } = await sql<{ ordinal: number }>`
    select r.ordinal from ${sql.table(table)} as r
    where r.directory_id = ${directoryId} and r.id = ${id}`.execute(read.query);
  const [row] = rows;
  return row && { kind: 0, id, ordinal: row.ordinal, key: null };
}
