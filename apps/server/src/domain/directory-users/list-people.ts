import type { DirectoryPerson } from '@rollcall/api';
import { fold } from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader, Schema } from '../../database/index.ts';

type Row = Schema['directory_users'];

/** A record for the console: also of those who are gone for SCIM. */
export type PersonRecord = Pick<
  Row,
  | 'id'
  | 'ordinal'
  | 'label'
  | 'user_name_folded'
  | 'external_id'
  | 'document'
  | 'active'
  | 'link'
  | 'user_id'
  | 'version'
  | 'created_at'
  | 'last_modified_at'
  | 'deleted_at'
> & {
  /** The name of the person here. */
  readonly person_name: string | null;
  /** 1 where the person, or their invitation, waits for a seat. */
  readonly waits: number;
};

export type PersonState = DirectoryPerson['state'];

/** Which records of a directory are wanted. */
export interface PeopleFilter {
  readonly accountId: string;
  readonly directoryId: string;
  /** Part of a name, userName or externalId, or a whole address; without regard to case. */
  readonly search?: string | undefined;
  readonly state?: PersonState | undefined;
}

export interface PeoplePage {
  readonly people: readonly PersonRecord[];
  readonly nextCursor: string | null;
}

/** Rows that are read at once, and how many such windows one page may cost. */
const WINDOW = 500;
const WINDOWS = 20;

/**
 * A page of the records, newest first. Where few match, a page ends early with a cursor to go on.
 *
 * @param page.cursor ordinal of the last record of the page before
 */
export async function listPeople(
  read: Reader,
  filter: PeopleFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<PeoplePage> {
  const needle = filter.search === undefined ? '' : fold(filter.search.trim());
  const people: PersonRecord[] = [];
  let before = ordinalOf(page.cursor);
  if (needle !== '' && before === undefined) people.push(...(await lookUp(read, filter, needle)));
  const known = new Set(people.map(({ id }) => id));
  for (let window = 0; window < WINDOWS; window += 1) {
    const size = needle === '' ? page.limit + 1 : WINDOW;
    const rows = await readWindow(read, filter, windowCondition(before), size);
    for (const row of rows) {
      if (people.length >= page.limit) return { people, nextCursor: cursorOf(before) };
      before = row.ordinal;
      if (!known.has(row.id) && speaksOf(row, needle)) people.push(row);
    }
    if (rows.length < size) return { people, nextCursor: null };
  }
  return { people, nextCursor: cursorOf(before) };
}

/** One record; undefined where the directory never had it, or it was purged. */
export async function readPersonRecord(
  read: Reader,
  { accountId, directoryId }: Pick<PeopleFilter, 'accountId' | 'directoryId'>,
  id: string,
): Promise<PersonRecord | undefined> {
  const rows = await readWindow(read, { accountId, directoryId }, sql<SqlBool>`d.id = ${id}`, 1);
  return rows[0];
}

/** What a record is called in the console. */
export function personState(record: PersonRecord): PersonState {
  if (record.deleted_at !== null) return 'deleted';
  if (record.link === 'removed') return 'removed_by_owner';
  if (record.active === 0) return 'inactive';
  if (record.link === 'conflict') return 'conflict';
  if (record.waits === 1) return 'waiting_for_seat';
  return record.link === 'invited' ? 'invited' : 'active';
}

const live = sql<SqlBool>`d.deleted_at is null and d.link <> 'removed'`;
const present = sql<SqlBool>`${live} and d.active = 1`;
const waits = sql<SqlBool>`d.id in (select id from waiting)`;

const conditions: Readonly<Record<PersonState, RawBuilder<SqlBool>>> = {
  deleted: sql`d.deleted_at is not null`,
  removed_by_owner: sql`d.deleted_at is null and d.link = 'removed'`,
  inactive: sql`${live} and d.active = 0`,
  conflict: sql`${present} and d.link = 'conflict'`,
  invited: sql`${present} and d.link = 'invited' and not ${waits}`,
  waiting_for_seat: sql`${present} and d.link <> 'conflict' and ${waits}`,
  active: sql`${present} and d.link in ('none', 'linked') and not ${waits}`,
};

async function readWindow(
  read: Reader,
  { accountId, directoryId, state }: PeopleFilter,
  condition: RawBuilder<SqlBool>,
  limit: number,
): Promise<PersonRecord[]> {
  const wanted = state === undefined ? sql<SqlBool>`1 = 1` : conditions[state];
  // Who waits is read once, by what the seats of an account count as waiting and the review tells.
  const { rows } = await sql<PersonRecord>`
    with waiting as (select e.directory_user_id as id from effects as e
      where e.account_id = ${accountId} and e.settled_at is null and e.state = 'waiting'
        and e.reason = 'no_seat' and e.directory_user_id is not null)
    select d.id, d.ordinal, d.label, d.user_name_folded, d.external_id, d.document, d.active, d.link,
      d.user_id, d.version, d.created_at, d.last_modified_at, d.deleted_at,
      u.name as person_name, case when ${waits} then 1 else 0 end as waits
    from directory_users as d
    left join users as u on u.id = d.user_id
    where d.directory_id = ${directoryId} and d.account_id = ${accountId} and ${wanted} and ${condition}
    order by d.ordinal desc limit ${sql.lit(limit)}`.execute(read.query);
  return rows;
}

/** Those whom an index finds at once, however large the directory is. */
function lookUp(read: Reader, filter: PeopleFilter, needle: string): Promise<PersonRecord[]> {
  const { directoryId, search = '' } = filter;
  const condition = sql<SqlBool>`d.id in (
    select id from directory_users where directory_id = ${directoryId} and user_name_folded = ${needle}
    union select id from directory_users where directory_id = ${directoryId} and display_name_folded = ${needle}
    union select id from directory_users where directory_id = ${directoryId} and external_id = ${search.trim()}
    union select directory_user_id from directory_user_emails where directory_id = ${directoryId} and value_folded = ${needle})`;
  return readWindow(read, filter, condition, 50);
}

function speaksOf(row: PersonRecord, needle: string): boolean {
  if (needle === '') return true;
  const said = `${fold(row.label)}\n${row.user_name_folded}\n${fold(row.external_id ?? '')}`;
  return said.includes(needle) || row.id === needle;
}

function windowCondition(before: number | undefined): RawBuilder<SqlBool> {
  return before === undefined ? sql`1 = 1` : sql`d.ordinal < ${before}`;
}

function ordinalOf(cursor: string | undefined): number | undefined {
  const ordinal = Number(cursor);
  return cursor !== undefined && Number.isSafeInteger(ordinal) ? ordinal : undefined;
}

function cursorOf(ordinal: number | undefined): string | null {
  return ordinal === undefined ? null : String(ordinal);
}
