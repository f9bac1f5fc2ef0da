import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { Refusal } from '../refusal.ts';
import { refusesLocalFactors } from './accepted.ts';

/** Throws `sso_required` for a person whom no account of theirs would let in by a local factor: each enforces SSO for them. */
export async function requireLocalFactors(
  reader: Reader,
  userId: string,
  at: number,
): Promise<void> {
  const memberships = await reader.query
    .selectFrom('memberships as m')
    .select(
      sql<
        0 | 1
      >`case when ${refusesLocalFactors(sql.ref('m.account_id'), sql.ref('m.user_id'), at)} then 1 else 0 end`.as(
        'refused',
      ),
    )
    .where('m.user_id', '=', userId)
    .where('m.state', '=', 'active')
    .execute();
  if (memberships.length === 0 || memberships.some(({ refused }) => refused === 0)) return;
  throw new Refusal(
    'sso_required',
    "Your company's people sign in through its identity provider. Go back, enter your address, and you are sent there.",
  );
}

/** Throws `sso_required` for an invited person whom the inviting account would not let in by a local factor. */
export async function requireLocalFactorsToJoin(
  reader: Reader,
  { accountId, userId }: { readonly accountId: string; readonly userId: string },
  at: number,
): Promise<void> {
  const refused = await reader.query
    .selectFrom('users as u')
    .select('u.id')
    .where('u.id', '=', userId)
    .where(refusesLocalFactors(sql`${accountId}`, sql.ref('u.id'), at))
    .executeTakeFirst();
  if (refused === undefined) return;
  throw new Refusal(
    'sso_required',
    "Your company's people sign in through its identity provider. Open the link of the invitation again and use your company's sign-in: it accepts the invitation, and no passphrase is needed.",
  );
}
