import type { TimelineEntry } from '@rollcall/api';
import type { Reader, Schema } from '../../database/index.ts';
import { auditSentence } from '../../domain/audit/index.ts';
import { tellEffect } from '../../domain/provisioning/index.ts';
import { instantOf } from '../../instant.ts';

/** Whose effects. */
export type EffectsOf = { readonly accountId: string; readonly directoryId: string } & (
  | { readonly requestId: string }
  /** A directory user or group. */
  | { readonly subjectId: string }
);

/** Entries of one timeline, and requests that it reaches back. */
const ENTRIES = 200;
const REQUESTS = 100;

/** What followed from a request; or from the last requests about a person or group, and what owners decided; newest first. */
export async function readEffectEntries(read: Reader, of: EffectsOf): Promise<TimelineEntry[]> {
  const effects = await readEffects(read, of);
  if ('requestId' in of) return effects;
  const decided = await readDecisions(read, of.accountId, of.subjectId);
  return [...effects, ...decided].sort((one, other) => (one.id < other.id ? 1 : -1));
}

/** What people did to a directory user or group; what the IdP did is told by its effects. */
async function readDecisions(
  read: Reader,
  accountId: string,
  subjectId: string,
): Promise<TimelineEntry[]> {
  const rows = await read.query
    .selectFrom('audit_events')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('subject_id', '=', subjectId)
    .where('actor_kind', '<>', 'directory')
    .orderBy('id', 'desc')
    .limit(ENTRIES)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: instantOf(row.at),
    sentence: `${auditSentence(row)}.`,
    detail: null,
    kind: 'audit',
    state: null,
    request: null,
  }));
}

async function readEffects(read: Reader, of: EffectsOf): Promise<TimelineEntry[]> {
  const requestIds = 'requestId' in of ? [of.requestId] : await requestsAbout(read, of);
  if (requestIds.length === 0) return [];
  const rows = await read.query
    .selectFrom('effects as e')
    .innerJoin('directories as d', 'd.id', 'e.directory_id')
    .selectAll('e')
    .select('d.name as directory_name')
    .where('e.account_id', '=', of.accountId)
    .where('e.request_id', 'in', requestIds)
    .orderBy('e.id', 'desc')
    .limit(ENTRIES)
    .execute();
  return rows.map(entryView);
}

async function requestsAbout(
  read: Reader,
  { directoryId, subjectId }: { directoryId: string; subjectId: string },
): Promise<string[]> {
  const rows = await read.query
    .selectFrom('request_log')
    .select('id')
    .where('directory_id', '=', directoryId)
    .where('subject_id', '=', subjectId)
    .where('outcome', '<>', 'unchanged')
    .orderBy('id', 'desc')
    .limit(REQUESTS)
    .execute();
  return rows.map(({ id }) => id);
}

function entryView(row: Schema['effects'] & { readonly directory_name: string }): TimelineEntry {
  return {
    id: row.id,
    at: instantOf(row.created_at),
    ...tellEffect(row, row.directory_name),
    kind: 'effect',
    state: row.state,
    request: { directoryId: row.directory_id, id: row.request_id },
  };
}
