import { type RawBuilder, sql } from 'kysely';
import type { Reader, Transaction } from '../../database/index.ts';
import { shown } from './name.ts';

/**
 * A person's own address (`own`) in a locked domain (`locking`), whose account neither has them in it nor has invited
 * them. `waiting` are in: they were let in, and lack a license.
 */
function uninvited(at: unknown): RawBuilder<boolean> {
  return sql<boolean>`own.own_domain = locking.name and own.proved_at is not null and own.ended_at is null
    and locking.state in ('verified', 'lapsing')
    and not exists (
      select 1 from memberships inside
      where inside.account_id = locking.account_id and inside.user_id = own.user_id
        and inside.state in ('active', 'waiting'))
    and not exists (
      select 1 from invitations invited
      where invited.account_id = locking.account_id and invited.address_folded = own.address_folded
        and invited.state in ('waiting', 'pending') and invited.expires_at > ${at})`;
}

/** An account of the person's own, without a plan: what a sign-up makes, and all that a lock closes. */
function ownAccount(user: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`owning.user_id = ${user} and owning.role = 'owner' and alone.plan = 'essentials'`;
}

/** Whether a domain lock keeps a person out of an account: out of their own, where their domain's account has not let them in. */
export function isKeptOut(
  account: RawBuilder<unknown>,
  user: RawBuilder<unknown>,
  at: unknown,
): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select 1 from memberships owning
    join accounts alone on alone.id = owning.account_id
    where owning.account_id = ${account} and ${ownAccount(user)}
      and exists (
        select 1 from user_emails own
        join domains locking on locking.name = own.own_domain and locking.lock = 1
        where own.user_id = owning.user_id and ${uninvited(at)}))`;
}

/** Beyond this nobody counts. */
const MOST = 1000;

/** How many people a domain's lock keeps out, or would if it were on; not counted any further than `value` where there is more. */
export async function countKeptOut(
  reader: Reader | Transaction,
  { accountId, domainId, at }: { accountId: string; domainId: string; at: number },
): Promise<{ value: number; more: boolean }> {
  const rows = await reader.query
    .selectFrom('domains as locking')
    .innerJoin('user_emails as own', 'own.own_domain', 'locking.name')
    .select('own.user_id')
    .distinct()
    .where('locking.account_id', '=', accountId)
    .where('locking.id', '=', domainId)
    .where(uninvited(at))
    .where(
      sql<boolean>`exists (
        select 1 from memberships owning
        join accounts alone on alone.id = owning.account_id
        where ${ownAccount(sql.ref('own.user_id'))})`,
    )
    .limit(MOST + 1)
    .execute();
  return { value: Math.min(rows.length, MOST), more: rows.length > MOST };
}

/** The locked domains, as people read them, that keep a person out of accounts of their own. */
export async function listLocksOn(reader: Reader, userId: string, at: number): Promise<string[]> {
  const rows = await reader.query
    .selectFrom('user_emails as own')
    .innerJoin('domains as locking', 'locking.name', 'own.own_domain')
    .select('locking.name')
    .distinct()
    .where('own.user_id', '=', userId)
    .where('locking.lock', '=', 1)
    .where(uninvited(at))
    .orderBy('locking.name')
    .execute();
  return rows.map(({ name }) => shown(name));
}
