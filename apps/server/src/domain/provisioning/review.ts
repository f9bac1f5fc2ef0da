import type { ReviewItem } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';
import { instantOf } from '../../instant.ts';
import { tellEffect } from './words.ts';

/** What of a directory waits, the oldest first. */
export async function listReview(
  reader: Reader,
  query: {
    readonly accountId: string;
    readonly directoryId: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<{ items: ReviewItem[]; nextCursor: string | null }> {
  const rows = await reader.query
    .selectFrom('effects as e')
    .innerJoin('directories as d', 'd.id', 'e.directory_id')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .selectAll('e')
    .select(['d.name as directory_name', 'u.name as user_name'])
    .where('e.account_id', '=', query.accountId)
    .where('e.directory_id', '=', query.directoryId)
    .where('e.settled_at', 'is', null)
    .where('e.id', '>', query.cursor ?? '')
    .orderBy('e.id')
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit);
  const items = page.map((row): ReviewItem => {
    const { sentence, detail } = tellEffect(row, row.directory_name);
    const person =
      row.user_id === null
        ? null
        : { id: row.user_id, name: row.user_name ?? row.subject_name ?? '' };
    return {
      effectId: row.id,
      at: instantOf(row.created_at),
      kind: kindOf(row.kind, row.reason),
      sentence,
      detail: detail ?? '',
      person,
      requestId: row.request_id,
    };
  });
  const last = page.at(-1);
  return { items, nextCursor: rows.length > page.length && last !== undefined ? last.id : null };
}

function kindOf(kind: string, reason: string | null): ReviewItem['kind'] {
  if (reason === 'no_seat') return 'waiting_for_seat';
  if (reason === 'acceptance') return 'invitation';
  if (reason === 'daily_limit') return 'invitation_limit';
  if (reason === 'owner') return 'owner_conflict';
  if (reason === 'other_sources') return 'access_kept';
  return kind === 'team_conflict' ? 'team_conflict' : 'user_conflict';
}
