import type { Reader, Transaction } from '../../database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';

export interface BreakGlass {
  readonly accountId: string;
  readonly userId: string;
  readonly reason: string;
  readonly until: number;
  readonly at: number;
}

/** Lets an owner or co-owner in by a local factor until then, though SSO is enforced. Throws `not_found`, and `forbidden` for others. */
export async function openBreakGlass(tx: Transaction, glass: BreakGlass): Promise<void> {
  const { accountId, userId, reason, until, at } = glass;
  const { name } = await requireOwner(tx, accountId, userId);
  await tx.query
    .insertInto('break_glass')
    .values({ account_id: accountId, user_id: userId, until, reason, created_at: at })
    .onConflict((oc) =>
      oc.columns(['account_id', 'user_id']).doUpdateSet({ until, reason, created_at: at }),
    )
    .execute();
  await recordAudit(tx, {
    accountId,
    actor: { kind: 'operator' },
    action: 'break_glass.opened',
    subject: { kind: 'user', id: userId, name },
    after: { until: new Date(until).toISOString(), reason },
    at,
  });
}

/** Ends it before its time. Throws `not_found`. */
export async function closeBreakGlass(
  tx: Transaction,
  { accountId, userId, at }: Pick<BreakGlass, 'accountId' | 'userId' | 'at'>,
): Promise<void> {
  const { name } = await requireOwner(tx, accountId, userId);
  await tx.query
    .deleteFrom('break_glass')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();
  const subject = { kind: 'user', id: userId, name };
  await recordAudit(tx, {
    accountId,
    actor: { kind: 'operator' },
    action: 'break_glass.closed',
    subject,
    at,
  });
}

async function requireOwner(tx: Transaction, accountId: string, userId: string) {
  const person = await tx.query
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.name', 'm.role'])
    .where('m.account_id', '=', accountId)
    .where('m.user_id', '=', userId)
    .where('m.state', '=', 'active')
    .executeTakeFirst();
  if (person === undefined) throw notFound('person in this account');
  if (person.role === 'owner' || person.role === 'co_owner') return person;
  throw new Refusal('forbidden', 'Only an owner or co-owner can be let in without SSO.', {
    neededRoles: ['owner', 'co_owner'],
  });
}

/** Who may pass SSO now. */
export function listBreakGlass(reader: Reader, accountId: string, at: number) {
  return reader.query
    .selectFrom('break_glass as g')
    .innerJoin('users as u', 'u.id', 'g.user_id')
    .select(['u.name', 'g.until'])
    .where('g.account_id', '=', accountId)
    .where('g.until', '>', at)
    .orderBy('u.name')
    .execute();
}
