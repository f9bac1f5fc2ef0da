import type { Reader } from '../../src/database/index.ts';

/** The rows that say what a person is granted, for assertions. */
export async function grantsOf(reader: Reader, accountId: string, userId: string) {
  const membership = await reader.query
    .selectFrom('memberships')
    .select(['role', 'state'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  const sources = await reader.query
    .selectFrom('membership_sources')
    .select(['kind', 'source_id'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .orderBy('kind')
    .execute();
  const seats = await reader.query
    .selectFrom('seats')
    .select('number')
    .where('account_id', '=', accountId)
    .where('holder_kind', '=', 'user')
    .where('holder_id', '=', userId)
    .execute();
  const sessions = await reader.query
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute();
  return {
    role: membership?.role,
    state: membership?.state,
    sources: sources.map(({ kind }) => kind),
    seats: seats.length,
    sessions: sessions.length,
  };
}

/** How a directory user is tied to a person. */
export async function linkOf(reader: Reader, directoryId: string, id: string) {
  const row = await reader.query
    .selectFrom('directory_users')
    .select(['user_id', 'link'])
    .where('directory_id', '=', directoryId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { userId: row.user_id, link: row.link };
}

/** Seats that are held, of all rows and of all that were bought. */
export async function seatsOf(reader: Reader, accountId: string) {
  const held = await reader.query
    .selectFrom('seats')
    .select(['holder_kind', 'holder_id'])
    .where('account_id', '=', accountId)
    .where('holder_id', 'is not', null)
    .execute();
  return held.length;
}

/** Kinds, states and reasons of what followed. */
export function inShort(
  effects: readonly {
    readonly kind: string;
    readonly state: string;
    readonly reason: string | null;
  }[],
): string[] {
  return effects.map(({ kind, state, reason }) =>
    state === 'applied' ? kind : `${kind} ${state}: ${reason}`,
  );
}
