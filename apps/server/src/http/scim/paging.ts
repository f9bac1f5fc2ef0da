import { type ListQuery, type RootQuery, scimError } from '@rollcall/scim';
import type { Reader } from '../../database/index.ts';
import { readCursorKey } from '../../domain/directories/index.ts';
import {
  type ListRequest,
  type ListResult,
  type Place,
  placeOfResource,
  type Range,
} from '../../domain/directory-resources/index.ts';
import { type Cursor, openCursor, sealCursor } from './cursor.ts';
import type { Exchange } from './exchange.ts';
import type { PageEnd } from './walks.ts';

/** How long a cursor can be followed, in seconds; published as `pagination.cursorTimeout`. */
export const cursorTimeout = 3_600;

/** A page of a list, with what its answer says of it. */
export interface Page<Row> {
  readonly total: number;
  readonly rows: readonly Row[];
  /** Absent where the list is paged by cursor. */
  readonly startIndex?: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
}

/** What is listed: users, groups, or both. */
type ListName = 'users' | 'groups' | 'all';

type ReadList<Row> = (request: ListRequest) => Promise<ListResult<Row>>;

/**
 * Reads the page that a query asks for, by index or by cursor (RFC 7644 §3.4.2.4, RFC 9865).
 *
 * @param list what is listed, in a word; a cursor of one list is none of another
 * @throws ScimError 400: invalidCursor, expiredCursor, invalidCount, or what `read` throws
 */
export async function readPage<Row extends { readonly id: string }>(
  exchange: Exchange,
  list: ListName,
  query: ListQuery | RootQuery,
  read: ReadList<Row>,
): Promise<Page<Row>> {
  const directory = { directoryId: exchange.address.directoryId, baseUrl: exchange.baseUrl };
  const order = isSorted(query) ? query.sortOrder : undefined;
  const { cursor: text, count } = query;
  if (text === undefined) {
    return indexPage(exchange, list, query, (range) =>
      read({ ...directory, order, range, count, withPlaces: false }),
    );
  }
  const key = await readCursorKey(exchange.context.database.read, directory.directoryId);
  const question = `${list} ${query.question}`;
  const cursor =
    text === '' ? undefined : followed(openCursor(key, question, text), exchange.at, count);
  const seal = (kind: Cursor['kind'], place: Place) =>
    sealCursor(key, question, { kind, place, count, at: exchange.at });
  return cursorPage(
    (range, size) => read({ ...directory, order, range, count: size, withPlaces: true }),
    cursor,
    count,
    seal,
  );
}

/** A walk in the order of creation goes on where its last page ended, whoever was deleted since (L-11). */
async function indexPage<Row extends { readonly id: string }>(
  exchange: Exchange,
  list: ListName,
  query: ListQuery | RootQuery,
  read: (range: Range) => Promise<ListResult<Row>>,
): Promise<Page<Row>> {
  const { at, walks, context } = exchange;
  const { directory, tokenId } = exchange.requireCaller();
  const { startIndex, count } = query;
  const walk = `${directory.id} ${tokenId} ${list} ${query.question}`;
  const end = isSorted(query) ? undefined : walks.endBefore(walk, startIndex, at);
  const place = end && (await placeOfEnd(context.database.read, directory.id, list, end));
  const range: Range =
    place === undefined ? { kind: 'index', skip: startIndex - 1 } : { kind: 'after', place };
  const { total: all, rows, places, rest } = await read(range);
  const total = place === undefined || rest === undefined ? all : startIndex - 1 + rest;
  const next = startIndex + rows.length;
  const last = rows.at(-1);
  if (last !== undefined && rows.length === count && next <= total && !isSorted(query)) {
    walks.note(walk, next, places.at(-1) ?? { id: last.id }, at);
  }
  return { total, rows, startIndex };
}

/** Who was last on a page of users or of groups is looked up; a page of both knows its places. */
async function placeOfEnd(
  read: Reader,
  directoryId: string,
  list: ListName,
  end: PageEnd,
): Promise<Place | undefined> {
  if ('ordinal' in end) return end;
  const table = list === 'groups' ? 'directory_groups' : 'directory_users';
  return placeOfResource(read, directoryId, table, end.id);
}

function isSorted(query: ListQuery | RootQuery): boolean {
  return 'parts' in query ? query.sorted : query.sortBy !== undefined;
}

/** The cursor, where it can be followed with these parameters. */
function followed(cursor: Cursor | undefined, now: number, count: number): Cursor {
  if (cursor === undefined) {
    throw scimError(
      'invalidCursor',
      'The cursor is none of this list. Begin again with an empty cursor, and send the same parameters with each page.',
    );
  }
  if (now - cursor.at > cursorTimeout * 1000) {
    throw scimError(
      'expiredCursor',
      `The cursor is older than ${cursorTimeout / 60} minutes. Begin again with an empty cursor.`,
    );
  }
  if (cursor.count === count) return cursor;
  throw scimError(
    'invalidCount',
    `count is ${count}, but the list was begun with ${cursor.count}. Send the same count with each page.`,
  );
}

async function cursorPage<Row extends { readonly id: string }>(
  read: (range: Range, count: number) => Promise<ListResult<Row>>,
  cursor: Cursor | undefined,
  count: number,
  seal: (kind: Cursor['kind'], place: Place) => string,
): Promise<Page<Row>> {
  if (count === 0) return { total: (await read(firstPage, 0)).total, rows: [] };
  const range = cursor === undefined ? firstPage : cursor;
  // One more than the page holds tells whether there is another.
  const { total, rows, places } = await read(range, count + 1);
  const isBefore = range.kind === 'before';
  // Whoever goes back to where nobody is any more begins again.
  if (isBefore && places.length === 0) return cursorPage(read, undefined, count, seal);
  const hasMore = places.length > count;
  const kept = isBefore ? places.slice(-count) : places.slice(0, count);
  const ids = new Set(kept.map(({ id }) => id));
  const [first] = kept;
  const last = kept.at(-1);
  const hasNext = isBefore || hasMore;
  const hasPrevious = isBefore ? hasMore : cursor !== undefined;
  return {
    total,
    rows: rows.filter(({ id }) => ids.has(id)),
    ...(hasNext && last !== undefined ? { nextCursor: seal('after', last) } : {}),
    ...(hasPrevious && first !== undefined ? { previousCursor: seal('before', first) } : {}),
  };
}

const firstPage: Range = { kind: 'index', skip: 0 };
