import { fold } from '@rollcall/scim';
import type { Reader, Schema } from '../../database/index.ts';
import { actorInWords, auditSentence } from './sentence.ts';

export type AuditRow = Schema['audit_events'];

export interface AuditQuery {
  readonly accountId: string;
  readonly action?: string | undefined;
  /** Part of a name, without regard to case, or an id. */
  readonly search?: string | undefined;
  /** Events older than this id. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** Rows that are read at once, and how many such windows one page may cost. */
const WINDOW = 500;
const WINDOWS = 20;

/** A page of an account's changes, newest first. A search that finds little ends its page early, with a cursor to go on. */
export async function listAuditEvents(
  reader: Reader,
  query: AuditQuery,
): Promise<{ events: AuditRow[]; nextCursor: string | null }> {
  const { search, limit } = query;
  const needle = search === undefined ? undefined : fold(search);
  const events: AuditRow[] = [];
  let { cursor } = query;
  for (let window = 0; window < WINDOWS; window += 1) {
    const size = needle === undefined ? limit + 1 - events.length : WINDOW;
    const rows = await readWindow(reader, { ...query, cursor }, size);
    for (const row of rows) {
      if (events.length === limit) return { events, nextCursor: cursor ?? null };
      cursor = row.id;
      if (needle === undefined || speaksOf(row, needle)) events.push(row);
    }
    if (rows.length < size) return { events, nextCursor: null };
  }
  return { events, nextCursor: cursor ?? null };
}

/** One change of an account. */
export function readAuditEvent(
  reader: Reader,
  accountId: string,
  id: string,
): Promise<AuditRow | undefined> {
  return reader.query
    .selectFrom('audit_events')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
}

function readWindow(reader: Reader, query: AuditQuery, size: number): Promise<AuditRow[]> {
  let rows = reader.query
    .selectFrom('audit_events')
    .selectAll()
    .where('account_id', '=', query.accountId)
    .orderBy('id', 'desc')
    .limit(size);
  if (query.cursor !== undefined) rows = rows.where('id', '<', query.cursor);
  if (query.action !== undefined) rows = rows.where('action', '=', query.action);
  return rows.execute();
}

function speaksOf(row: AuditRow, needle: string): boolean {
  if (row.subject_id === needle || row.actor_id === needle || row.request_id === needle)
    return true;
  return fold(`${auditSentence(row)} ${actorInWords(row)}`).includes(needle);
}
