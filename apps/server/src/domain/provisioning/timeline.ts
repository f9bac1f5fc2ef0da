import type { TimelineEntry } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';
import { instantOf } from '../../instant.ts';
import { auditSentence } from '../audit/index.ts';
import { tellEffect } from './words.ts';

/** Entries of a person's timeline. */
const ENTRIES = 100;

/** What happened to a person in an account, newest first: what IdPs said, and what owners did. */
export async function readTimeline(
  reader: Reader,
  { accountId, userId }: { accountId: string; userId: string },
): Promise<TimelineEntry[]> {
  const effects = await readEffects(reader, accountId, userId);
  const events = await readEvents(reader, accountId, userId);
  return [...effects, ...events].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, ENTRIES);
}

async function readEffects(
  reader: Reader,
  accountId: string,
  userId: string,
): Promise<TimelineEntry[]> {
  const rows = await reader.query
    .selectFrom('effects as e')
    .innerJoin('directories as d', 'd.id', 'e.directory_id')
    .selectAll('e')
    .select('d.name as directory_name')
    .where('e.account_id', '=', accountId)
    .where('e.user_id', '=', userId)
    .orderBy('e.id', 'desc')
    .limit(ENTRIES)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: instantOf(row.created_at),
    ...tellEffect(row, row.directory_name),
    kind: 'effect',
    state: row.state,
    request: { directoryId: row.directory_id, id: row.request_id },
  }));
}

async function readEvents(
  reader: Reader,
  accountId: string,
  userId: string,
): Promise<TimelineEntry[]> {
  const rows = await reader.query
    .selectFrom('audit_events')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('subject_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(ENTRIES)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: instantOf(row.at),
    sentence: auditSentence(row),
    detail: null,
    kind: 'audit',
    state: null,
    request: null,
  }));
}
