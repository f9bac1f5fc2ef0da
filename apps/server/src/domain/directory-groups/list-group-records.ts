import { fold } from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader, Schema } from '../../database/index.ts';

type Row = Schema['directory_groups'];

/** A group for the console: also of those that are gone for SCIM. */
export type GroupRecord = Pick<
  Row,
  | 'id'
  | 'ordinal'
  | 'label'
  | 'display_name_folded'
  | 'external_id'
  | 'document'
  | 'version'
  | 'created_at'
  | 'last_modified_at'
  | 'deleted_at'
  | 'team_id'
> & {
  /** The team that follows the group now; one that it left, such as by turning SCIM off, is not told. */
  readonly team_name: string | null;
  readonly members: number;
  /** 1 where a decision about its team is open. */
  readonly conflict: number;
};

export interface GroupsFilter {
  readonly accountId: string;
  readonly directoryId: string;
  /** Part of a name, or an externalId; without regard to case. */
  readonly search?: string | undefined;
}

export interface GroupsPage {
  readonly groups: readonly GroupRecord[];
  readonly nextCursor: string | null;
}

/** Rows that are read at once, and how many such windows one page may cost. */
const WINDOW = 200;
const WINDOWS = 20;

/** A page of the groups, newest first. Where few match, a page ends early with a cursor to go on. */
export async function listGroupRecords(
  read: Reader,
  filter: GroupsFilter,
  page: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<GroupsPage> {
  const needle = filter.search === undefined ? '' : fold(filter.search.trim());
  const groups: GroupRecord[] = [];
  let before = ordinalOf(page.cursor);
  for (let window = 0; window < WINDOWS; window += 1) {
    const size = needle === '' ? page.limit + 1 : WINDOW;
    const rows = await readWindow(read, filter, windowCondition(before), size);
    for (const row of rows) {
      if (groups.length === page.limit) return { groups, nextCursor: cursorOf(before) };
      before = row.ordinal;
      if (speaksOf(row, needle)) groups.push(row);
    }
    if (rows.length < size) return { groups, nextCursor: null };
  }
  return { groups, nextCursor: cursorOf(before) };
}

/** One group; undefined where the directory never had it, or it was purged. */
export async function readGroupRecord(
  read: Reader,
  filter: Pick<GroupsFilter, 'accountId' | 'directoryId'>,
  id: string,
): Promise<GroupRecord | undefined> {
  const rows = await readWindow(read, filter, sql<SqlBool>`g.id = ${id}`, 1);
  return rows[0];
}

async function readWindow(
  read: Reader,
  { accountId, directoryId }: GroupsFilter,
  condition: RawBuilder<SqlBool>,
  limit: number,
): Promise<GroupRecord[]> {
  const { rows } = await sql<GroupRecord>`
    select g.id, g.ordinal, g.label, g.display_name_folded, g.external_id, g.document, g.version,
      g.created_at, g.last_modified_at, g.deleted_at, t.id as team_id, t.name as team_name,
      (select count(*) from directory_group_members as m
        where m.directory_id = g.directory_id and m.group_id = g.id) as members,
      case when exists (select 1 from effects as e where e.account_id = ${accountId}
        and e.state = 'waiting' and e.kind = 'team_conflict' and e.directory_group_id = g.id)
      then 1 else 0 end as conflict
    from directory_groups as g
    left join teams as t on t.account_id = ${accountId}
      and t.directory_id = g.directory_id and t.directory_group_id = g.id
    where g.directory_id = ${directoryId} and g.account_id = ${accountId}
      and g.team_choice <> 'offered' and ${condition}
    order by g.ordinal desc limit ${sql.lit(limit)}`.execute(read.query);
  return rows;
}

function speaksOf(row: GroupRecord, needle: string): boolean {
  if (needle === '') return true;
  if (row.id === needle || row.display_name_folded.includes(needle)) return true;
  return fold(row.external_id ?? '').includes(needle);
}

function windowCondition(before: number | undefined): RawBuilder<SqlBool> {
  return before === undefined ? sql`1 = 1` : sql`g.ordinal < ${before}`;
}

function ordinalOf(cursor: string | undefined): number | undefined {
  const ordinal = Number(cursor);
  return cursor !== undefined && Number.isSafeInteger(ordinal) ? ordinal : undefined;
}

function cursorOf(ordinal: number | undefined): string | null {
  return ordinal === undefined ? null : String(ordinal);
}
