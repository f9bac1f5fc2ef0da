import { type SqlBool, sql } from 'kysely';
import { type Placeholders, type Reader, statement } from '../../database/index.ts';

type Account = { accountId: string };

const overview = statement('account.overview', (db, p: Placeholders<Account>) =>
  db
    .selectFrom('accounts')
    .select(['plan', 'plan_source', 'plan_until'])
    .select((eb) => [
      eb
        .selectFrom('memberships')
        .select((row) => row.fn.countAll<number>().as('count'))
        .whereRef('memberships.account_id', '=', 'accounts.id')
        .where('memberships.role', 'in', ['owner', 'co_owner'])
        .where(sql<SqlBool>`memberships.role <> 'member'`)
        .where('memberships.state', '=', 'active')
        .$asScalar()
        .$notNull()
        .as('owners'),
    ])
    .where('accounts.id', '=', p.accountId),
);

/** An account's plan, and how many owners and co-owners it has. */
export function readAccountOverview(reader: Reader, accountId: string) {
  return reader.first(overview, { accountId });
}

/** Owners that are named to somebody who has to ask one. */
const NAMED = 3;

/** Names of the account's owners, the first ones. */
export async function readOwnerNames(reader: Reader, accountId: string): Promise<string[]> {
  const owners = await reader.query
    .selectFrom('memberships')
    .innerJoin('users', 'users.id', 'memberships.user_id')
    .select('users.name')
    .where('memberships.account_id', '=', accountId)
    .where('memberships.role', '=', 'owner')
    // The condition of the index, word for word, or SQLite would not use it.
    .where(sql<SqlBool>`memberships.role <> 'member'`)
    .where('memberships.state', '=', 'active')
    .orderBy('memberships.created_at')
    .limit(NAMED)
    .execute();
  return owners.map(({ name }) => name);
}
