import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';

type Account = { accountId: string; at: number };

const fit = statement('seats.may_grow', (db, p: Placeholders<Account>) =>
  db
    .selectFrom('accounts as a')
    .select('a.id')
    .where('a.id', '=', p.accountId)
    .where('a.plan', '=', 'enterprise')
    .where((eb) => eb.or([eb('a.plan_until', 'is', null), eb('a.plan_until', '>', p.at)]))
    .where(
      sql<boolean>`exists (select 1 from domains o where o.account_id = a.id and o.state in ('verified', 'lapsing'))`,
    )
    .where(
      sql<boolean>`exists (select 1 from sso_connections c where c.account_id = a.id and c.state in ('tested', 'enforced'))`,
    ),
);

/** Whether people whom directories brought may be given seats now: plan, verified domain and tested SSO are there. */
export async function mayGrow(tx: Transaction, accountId: string, at: number): Promise<boolean> {
  return (await tx.first(fit, { accountId, at })) !== undefined;
}
