import type { ReviewItem } from '@rollcall/api';
import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { instantOf } from '../../instant.ts';
import { tellEffect } from '../provisioning/index.ts';
import { decisionsFor, needsDecision } from './options.ts';
import { readSides, type Sides } from './sides.ts';

export interface ReviewQuery {
  readonly accountId: string;
  readonly directoryId: string;
  /** What waits for an owner, or for a seat or an answer; both where it is undefined. */
  readonly waits?: 'decision' | 'other' | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const forDecision = sql<boolean>`coalesce(e.reason, '') not in ('no_seat', 'acceptance')`;
const forOther = sql<boolean>`e.reason in ('no_seat', 'acceptance')`;

const nobody: Sides = { said: null, here: [] };

/** What of a directory waits, the oldest first, with both sides of what is to be decided. */
export async function listReview(
  reader: Reader,
  query: ReviewQuery,
): Promise<{ items: ReviewItem[]; nextCursor: string | null }> {
  let open = openEffects(reader, query)
    .innerJoin('directories as d', 'd.id', 'e.directory_id')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .selectAll('e')
    .select(['d.name as directory_name', 'u.name as user_name'])
    .where('e.id', '>', query.cursor ?? '')
    .orderBy('e.id')
    .limit(query.limit + 1);
  if (query.waits !== undefined) {
    open = open.where(query.waits === 'decision' ? forDecision : forOther);
  }
  const rows = await open.execute();
  const page = rows.slice(0, query.limit);
  const items: ReviewItem[] = [];
  for (const row of page) {
    const { sentence, detail } = tellEffect(row, row.directory_name);
    const { said, here, filled } = needsDecision(row.reason)
      ? await readSides(reader, query.accountId, row)
      : nobody;
    const decisions = decisionsFor(row.kind, row.reason);
    items.push({
      effectId: row.id,
      at: instantOf(row.created_at),
      kind: kindOf(row.kind, row.reason),
      sentence,
      detail: detail ?? '',
      said,
      here,
      decisions: decisions.filter((decision) => decision !== 'link' || !filled),
      person:
        row.user_id === null
          ? null
          : { id: row.user_id, name: row.user_name ?? row.subject_name ?? '' },
      requestId: row.request_id,
    });
  }
  const last = page.at(-1);
  return { items, nextCursor: rows.length > page.length && last !== undefined ? last.id : null };
}

/** How much of a directory waits for an owner, and how much for a seat or an answer. */
export async function countReview(
  reader: Reader,
  key: { readonly accountId: string; readonly directoryId: string },
): Promise<{ decision: number; other: number }> {
  const row = await openEffects(reader, key)
    .select((eb) => [
      eb.fn.countAll<number>().as('all'),
      sql<number>`coalesce(sum(case when ${forOther} then 1 else 0 end), 0)`.as('other'),
    ])
    .executeTakeFirstOrThrow();
  const other = Number(row.other);
  return { decision: Number(row.all) - other, other };
}

function openEffects(
  reader: Reader,
  { accountId, directoryId }: { readonly accountId: string; readonly directoryId: string },
) {
  return reader.query
    .selectFrom('effects as e')
    .where('e.account_id', '=', accountId)
    .where('e.directory_id', '=', directoryId)
    .where('e.settled_at', 'is', null);
}

function kindOf(kind: string, reason: string | null): ReviewItem['kind'] {
  if (reason === 'no_seat') return 'waiting_for_seat';
  if (reason === 'acceptance') return 'invitation';
  if (reason === 'daily_limit') return 'invitation_limit';
  switch (kind) {
    case 'owner_conflict':
    case 'access_kept':
    case 'profile_kept':
    case 'team_conflict':
    case 'user_name_conflict':
      return kind;
    default:
      return 'user_conflict';
  }
}
