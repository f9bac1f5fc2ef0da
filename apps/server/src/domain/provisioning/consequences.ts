import type { Reader } from '../../database/index.ts';
import { numberInWords } from '../number-in-words.ts';
import type { EffectKind, EffectReason } from './effect.ts';
import { type Facts, factsOf, textOf } from './facts.ts';
import type { ToldEffect } from './words.ts';

/** What followed of one kind of effect, as the part of a line: "freed a seat". */
const followed: Partial<Record<EffectKind, (before: Facts, after: Facts) => readonly string[]>> = {
  access_granted: () => ['took a seat'],
  access_ended: (before, after) => [
    ...(before.state === 'active' ? ['freed a seat'] : []),
    ...sessions(after.sessionsEnded),
  ],
  source_ended: () => ['access stays: there is another reason for it'],
  access_kept: () => ['access stays, by hand'],
  user_linked: () => ['linked to a person who was here'],
  credentials_reset: () => ['the former sign-in was removed'],
  invitation_revoked: () => ['the invitation ended'],
  team_created: (_, after) => [`made the team ${textOf(after.name)}`],
  team_linked: () => ['fills a team that was here'],
  team_deleted: () => ['the team went with it'],
  team_released: () => ['the team stays, by hand'],
};

/** What waits, whatever it is. */
const waits: Partial<Record<EffectReason, string>> = {
  no_seat: 'waits for a seat',
  acceptance: 'invited, and has not accepted yet',
  daily_limit: 'waits for an invitation',
  owner: 'waits for your decision',
  other_sources: 'access stays, by hand; you can decide otherwise',
  two_people: 'waits for your decision',
  two_records: 'waits for your decision',
  no_address: 'grants nothing: there is no usable address',
  name_taken: 'another team has the name: waits for your decision',
};

/** What followed from one request, each thing once: "freed a seat", "3 sessions ended". */
export function consequencesOf(effects: readonly ToldEffect[]): string[] {
  return [...new Set(effects.flatMap(partsOf))];
}

function partsOf({ kind, state, reason, before, after }: ToldEffect): readonly string[] {
  if (state === 'refused') return [];
  if (state === 'applied') {
    // The column holds kinds of the union; another program's kind has no words here.
    return followed[kind as EffectKind]?.(factsOf(before), factsOf(after)) ?? [];
  }
  if (kind === 'access_kept') return ['access stays, by hand'];
  // As above, of reasons.
  const waiting = state === 'waiting' && reason !== null && waits[reason as EffectReason];
  return waiting ? [waiting] : [];
}

function sessions(value: unknown): readonly string[] {
  if (typeof value !== 'number' || value === 0) return [];
  return [value === 1 ? '1 session ended' : `${numberInWords(value)} sessions ended`];
}

/** Effects of one request that are read to tell what followed: a big group has thousands, of one kind. */
const READ = 50;

/** What followed from each of some requests of an account. */
export async function readConsequences(
  reader: Reader,
  accountId: string,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = await Promise.all(
    requestIds.map((requestId) =>
      reader.query
        .selectFrom('effects')
        .select(['kind', 'state', 'reason', 'subject_name', 'before', 'after'])
        .where('account_id', '=', accountId)
        .where('request_id', '=', requestId)
        .where('kind', 'not in', ['member_added', 'member_removed'])
        .orderBy('id')
        .limit(READ)
        .execute(),
    ),
  );
  return new Map(requestIds.map((id, index) => [id, consequencesOf(all[index] ?? [])]));
}
