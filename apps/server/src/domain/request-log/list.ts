import { fold } from '@rollcall/scim';
import { type SqlBool, sql } from 'kysely';
import type { Reader, Schema } from '../../database/index.ts';
import { idFrom } from '../id-bounds.ts';

type Row = Schema['request_log'];

/** A line of the log, without headers and bodies. */
export type RequestLine = Pick<
  Row,
  | 'id'
  | 'at'
  | 'method'
  | 'path'
  | 'operation'
  | 'outcome'
  | 'status'
  | 'duration_us'
  | 'token_id'
  | 'subject_id'
  | 'subject_name'
  | 'explanation'
  | 'detail'
>;

const line = [
  'id',
  'at',
  'method',
  'path',
  'operation',
  'outcome',
  'status',
  'duration_us',
  'token_id',
  'subject_id',
  'subject_name',
  'explanation',
  'detail',
] as const;

/** Which requests of a directory are wanted. */
export interface RequestFilter {
  readonly directoryId: string;
  readonly outcome?: Row['outcome'] | undefined;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  /** What was asked of this person or group. */
  readonly subjectId?: string | undefined;
  /** A name, a userName or externalId, or the id of a request, person or group; without regard to case. */
  readonly search?: string | undefined;
  /** UTC milliseconds, inclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export interface RequestPage {
  readonly requests: readonly RequestLine[];
  readonly nextCursor: string | null;
}

/** Rows that are read at once, and how many such windows one page may cost. */
const WINDOW = 500;
const WINDOWS = 20;

/**
 * A page of the log, newest first. Where few requests match, a page ends early with a cursor to go on, so that no page reads
 * for long.
 */
export async function listRequests(
  read: Reader,
  filter: RequestFilter,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<RequestPage> {
  const wanted = await matcherOf(read, filter);
  const found: RequestLine[] = [];
  let before = cursor;
  for (let window = 0; window < WINDOWS; window += 1) {
    const rows = await readWindow(read, filter, before);
    for (const row of rows) {
      if (found.length === limit) return { requests: found, nextCursor: before ?? null };
      before = row.id;
      if (wanted(row)) found.push(row);
    }
    if (rows.length < WINDOW) return { requests: found, nextCursor: null };
  }
  return { requests: found, nextCursor: before ?? null };
}

/** All requests that are wanted, newest first, in finished statements: nothing stays open while a slow client reads. */
export async function* eachRequest(
  read: Reader,
  filter: RequestFilter,
): AsyncGenerator<readonly RequestLine[], void, undefined> {
  const wanted = await matcherOf(read, filter);
  let before: string | undefined;
  for (;;) {
    const rows = await readWindow(read, filter, before);
    yield rows.filter(wanted);
    before = rows.at(-1)?.id;
    if (rows.length < WINDOW) return;
  }
}

/** One request with everything that is kept of it. */
export function readRequest(
  read: Reader,
  directoryId: string,
  id: string,
): Promise<Row | undefined> {
  return read.query
    .selectFrom('request_log')
    .selectAll()
    .where('directory_id', '=', directoryId)
    .where('id', '=', id)
    .executeTakeFirst();
}

function readWindow(
  read: Reader,
  { directoryId, outcome, subjectId, from, to }: RequestFilter,
  before: string | undefined,
): Promise<RequestLine[]> {
  let rows = read.query
    .selectFrom('request_log')
    .select(line)
    .where('directory_id', '=', directoryId)
    .orderBy('id', 'desc')
    .limit(WINDOW);
  if (before !== undefined) rows = rows.where('id', '<', before);
  if (outcome !== undefined) rows = rows.where('outcome', '=', outcome);
  // The condition of an index, word for word, or SQLite would not use it.
  if (outcome !== undefined && outcome !== 'unchanged') {
    rows = rows.where(sql<SqlBool>`outcome <> 'unchanged'`);
  }
  // What changed somebody has an index, in its own words; reads have none, and are found by looking at each line.
  if (subjectId !== undefined && outcome === 'changed') {
    rows = rows.where('subject_id', '=', subjectId).where(sql<SqlBool>`method <> 'GET'`);
  }
  if (from !== undefined) rows = rows.where('id', '>=', idFrom(from));
  if (to !== undefined) rows = rows.where('id', '<', idFrom(to + 1));
  return rows.execute();
}

async function matcherOf(
  read: Reader,
  { directoryId, operation, status, subjectId, search }: RequestFilter,
): Promise<(row: RequestLine) => boolean> {
  const needle = search === undefined ? undefined : fold(search.trim());
  const subjects = needle === undefined ? undefined : await subjectsOf(read, directoryId, needle);
  return (row) =>
    (status === undefined || row.status === status) &&
    (subjectId === undefined || row.subject_id === subjectId) &&
    (operation === undefined || isOperation(row.operation, operation)) &&
    (needle === undefined || subjects === undefined || speaksOf(row, needle, subjects));
}

/** Changes of a group's members carry their number; they are updates of the group too. */
function isOperation(actual: string, wanted: string): boolean {
  if (actual === wanted) return true;
  return wanted === 'Update group' && /^(?:Add|Remove) \d|^Rename group$/.test(actual);
}

function speaksOf(row: RequestLine, needle: string, subjects: ReadonlySet<string>): boolean {
  if (row.id === needle || row.subject_id === needle) return true;
  if (row.subject_id !== null && subjects.has(row.subject_id)) return true;
  return fold(`${row.subject_name ?? ''}\n${readable(row.path)}`).includes(needle);
}

/** A path holds what was asked for percent-encoded. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    return path;
  }
}

/** The people who have this userName, externalId or address, and the groups of this name, live or not. */
async function subjectsOf(
  read: Reader,
  directoryId: string,
  needle: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from directory_users where directory_id = ${directoryId} and user_name_folded = ${needle}
    union select id from directory_users where directory_id = ${directoryId} and display_name_folded = ${needle}
    union select directory_user_id from directory_user_emails where directory_id = ${directoryId} and value_folded = ${needle}
    union select id from directory_groups where directory_id = ${directoryId} and display_name_folded = ${needle}
    limit 100`.execute(read.query);
  return new Set(rows.map(({ id }) => id));
}
