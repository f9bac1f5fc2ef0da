import type { Role } from '@rollcall/api';
import type { ExpressionBuilder } from 'kysely';
import { type Placeholders, type Reader, type Schema, statement } from '../../database/index.ts';
import { minute } from '../../duration.ts';
import { notFound } from '../refusal.ts';
import { isAccepted } from './accepted.ts';

/** For how long a proved local factor lets its session do sensitive things. */
const FRESH = 10 * minute;

/** What an account is to a session that may enter it. */
export interface Entry {
  readonly accountId: string;
  readonly accountName: string;
  readonly role: Role;
  /** When the person was last seen in the account; null where never. */
  readonly lastActiveAt: number | null;
}

/** Local factors may be asked anew for sensitive acts; an IdP's word does not count there. */
const localMethods = ['passphrase', 'passkey', 'totp'] as const;

type Who = { accountId: string; sessionId: string; at: number };

const entry = statement<Who, Entry>('session.enter_account', (db, p: Placeholders<Who>) =>
  db
    .selectFrom('sessions')
    .innerJoin('memberships', 'memberships.user_id', 'sessions.user_id')
    .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .select([
      'accounts.id as accountId',
      'accounts.name as accountName',
      'memberships.role',
      'memberships.last_active_at as lastActiveAt',
    ])
    .where('sessions.id', '=', p.sessionId)
    .where('memberships.account_id', '=', p.accountId)
    .where('memberships.state', '=', 'active')
    .where(
      isAccepted(
        { session: 'sessions.id', account: 'accounts.id', user: 'sessions.user_id' },
        p.at,
      ),
    ),
);

/** Enters an account with a session. Throws `not_found` unless its person is an active member whom the account accepts. */
export async function enterAccount(reader: Reader, who: Who): Promise<Entry> {
  const found = await reader.first(entry, who);
  if (found === undefined) throw notFound('account');
  return found;
}

/** Name of the owner who has been in the account the longest. */
function firstOwner(eb: ExpressionBuilder<Schema, 'accounts'>) {
  return eb
    .selectFrom('memberships as owning')
    .innerJoin('users as owner', 'owner.id', 'owning.user_id')
    .select('owner.name')
    .whereRef('owning.account_id', '=', 'accounts.id')
    .where('owning.role', '=', 'owner')
    .orderBy('owning.created_at')
    .orderBy('owner.id')
    .limit(1);
}

/** The accounts that a session may enter, by name, each with its owner who has been there the longest. */
export async function listEntries(
  reader: Reader,
  { userId, sessionId, at }: { userId: string; sessionId: string; at: number },
) {
  return reader.query
    .selectFrom('memberships')
    .innerJoin('accounts', 'accounts.id', 'memberships.account_id')
    .select(['accounts.id', 'accounts.name', 'memberships.role'])
    .select((eb) => eb.fn.coalesce(firstOwner(eb), eb.val('')).as('ownerName'))
    .where('memberships.user_id', '=', userId)
    .where('memberships.state', '=', 'active')
    .innerJoin('sessions', (join) => join.on('sessions.id', '=', sessionId))
    .where(
      isAccepted({ session: 'sessions.id', account: 'accounts.id', user: 'sessions.user_id' }, at),
    )
    .orderBy('accounts.name')
    .orderBy('accounts.id')
    .execute();
}

/** Until when the session may do sensitive things without a further proof; null where it may not. */
export async function readFreshUntil(
  reader: Reader,
  sessionId: string,
  at: number,
): Promise<number | null> {
  const row = await reader.query
    .selectFrom('session_authentications')
    .select((eb) => eb.fn.max('at').as('at'))
    .where('session_id', '=', sessionId)
    .where('method', 'in', localMethods)
    .executeTakeFirst();
  const until = (row?.at ?? Number.NEGATIVE_INFINITY) + FRESH;
  return until > at ? until : null;
}
