import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';

/** Somebody with an own sign-in and an address in a domain of the account, of which they are no member. */
export interface UnclaimedPerson {
  readonly userId: string;
  readonly address: string;
  readonly since: number;
  /** Whether they are in another account than one of their own, without a plan. */
  readonly elsewhere: boolean;
}

interface Query {
  readonly accountId: string;
  readonly name: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of them, by who came first. The domain must be verified in the account: ask `isVerified`. */
export async function listUnclaimed(
  reader: Reader,
  query: Query,
): Promise<{ people: UnclaimedPerson[]; nextCursor: string | null }> {
  const rows = await unclaimed(reader, query)
    .select(['e.user_id', 'e.address', 'e.created_at'])
    .select(
      sql<number>`case when exists (select 1 from memberships x
        join accounts a on a.id = x.account_id
        where x.user_id = e.user_id and x.state <> 'removed'
          and not (x.role = 'owner' and a.plan = 'essentials')) then 1 else 0 end`.as('elsewhere'),
    )
    .where('e.user_id', '>', query.cursor ?? '')
    .orderBy('e.user_id')
    .limit(query.limit + 1)
    .execute();
  const people = rows.slice(0, query.limit).map((row) => ({
    userId: row.user_id,
    address: row.address,
    since: row.created_at,
    elsewhere: row.elsewhere === 1,
  }));
  const nextCursor = rows.length > query.limit ? (people.at(-1)?.userId ?? null) : null;
  return { people, nextCursor };
}

/** Beyond this nobody counts. */
const MOST = 1000;

export interface UnclaimedCount {
  readonly all: number;
  /** Those who are alone: in no account, or in one of their own without a plan. */
  readonly alone: number;
  /** There are more. */
  readonly more: boolean;
}

export async function countUnclaimed(
  reader: Reader,
  domain: Pick<Query, 'accountId' | 'name'>,
): Promise<UnclaimedCount> {
  const { people, nextCursor } = await listUnclaimed(reader, { ...domain, limit: MOST });
  const alone = people.filter(({ elsewhere }) => !elsewhere).length;
  return { all: people.length, alone, more: nextCursor !== null };
}

function unclaimed({ query }: Reader, { accountId, name }: Pick<Query, 'accountId' | 'name'>) {
  return query
    .selectFrom('user_emails as e')
    .where('e.own_domain', '=', name)
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('memberships as m')
            .select('m.user_id')
            .where('m.account_id', '=', accountId)
            .whereRef('m.user_id', '=', 'e.user_id')
            .where('m.state', '<>', 'removed'),
        ),
      ),
    );
}
