import type { NoAccessCode } from '@rollcall/api';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { planState } from '../accounts/index.ts';
import { isKeptOut, listLocksOn } from '../domains/index.ts';
import { isOpenInvitation } from '../licenses/index.ts';
import { isAccepted } from './accepted.ts';

/** Why a person enters no account, or not this one. They hear of accounts that they are or were in, and of no other. */
export interface NoAccess {
  readonly reason: NoAccessCode;
  /** The account that the reason is about; null where it is about none. */
  readonly account: { readonly id: string; readonly name: string } | null;
  /** The locked domain, with `domain_locked`. */
  readonly domain: string | null;
}

/** Nobody reads more reasons than these. */
const MOST = 20;

interface Who {
  readonly userId: string;
  readonly sessionId: string;
  readonly at: number;
}

/**
 * Why a signed-in person does not enter the accounts that they do not enter. What an IdP said of them tells it nothing about
 * other accounts than its own: a hostile one could ask for whom it likes. So all of it is for who proved a local factor.
 */
export async function explainNoAccess(reader: Reader, who: Who): Promise<NoAccess[]> {
  const local = await hasLocalProof(reader, who.sessionId);
  const closed = await readClosed(reader, who, local);
  const reasons: NoAccess[] = closed.map((row) => ({
    reason: reasonOf(row, who.at),
    account: { id: row.account_id, name: row.name },
    domain: null,
  }));
  if (local) reasons.push(...(await readLocks(reader, who)));
  if (local) reasons.push(...(await readInvitations(reader, who)));
  if (reasons.length > 0) return reasons;
  return [{ reason: local ? 'not_a_member' : 'other_sign_in', account: null, domain: null }];
}

type Closed = Awaited<ReturnType<typeof readClosed>>[number];

function reasonOf(row: Closed, at: number): NoAccessCode {
  if (row.state === 'deactivated' || row.state === 'removed') return row.state;
  if (row.state === 'waiting') return planState(row, at).enterprise ? 'waiting' : 'plan_lapsed';
  return 'sso_required';
}

/** Whether a session holds a proof of a local factor, which is no account's alone. */
async function hasLocalProof(reader: Reader, sessionId: string): Promise<boolean> {
  const proof = await reader.query
    .selectFrom('session_authentications')
    .select('session_id')
    .where('session_id', '=', sessionId)
    .where('account_id', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return proof !== undefined;
}

async function readLocks(reader: Reader, who: Who): Promise<NoAccess[]> {
  const locked = await closedBy(reader, who)
    .select('m.account_id')
    .where(keptOut(who.at))
    .limit(1)
    .executeTakeFirst();
  if (locked === undefined) return [];
  const domains = await listLocksOn(reader, who.userId, who.at);
  return domains.map((domain) => ({ reason: 'domain_locked', account: null, domain }));
}

/** The memberships that this session does not open and no lock closes; those of the session's own accounts unless `all`. */
function readClosed(reader: Reader, who: Who, all: boolean) {
  return closedBy(reader, who)
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .select(['m.account_id', 'm.state', 'a.name', 'a.plan', 'a.plan_source', 'a.plan_until'])
    .where(({ not }) => not(keptOut(who.at)))
    .$if(!all, (query) => query.where(isProved))
    .orderBy('m.changed_at', 'desc')
    .limit(MOST)
    .execute();
}

function closedBy({ query }: Reader, { userId, sessionId, at }: Who) {
  return query
    .selectFrom('memberships as m')
    .innerJoin('sessions as s', (join) => join.on('s.id', '=', sessionId))
    .where('m.user_id', '=', userId)
    .where((eb) =>
      eb.or([
        eb('m.state', '<>', 'active'),
        eb.not(isAccepted({ session: 's.id', account: 'm.account_id', user: 'm.user_id' }, at)),
      ]),
    );
}

/** Of `closedBy`: whether a domain lock closes it. */
function keptOut(at: number): RawBuilder<boolean> {
  return isKeptOut(sql.ref('m.account_id'), sql.ref('m.user_id'), at);
}

/** Of `closedBy`: whether the session holds a proof that is the account's own. */
const isProved = sql<boolean>`exists (
  select 1 from session_authentications proof
  where proof.session_id = s.id and proof.account_id = m.account_id)`;

/** The accounts whose mailed link waits to be opened by somebody who proved its address. */
async function readInvitations(reader: Reader, { userId, at }: Who): Promise<NoAccess[]> {
  const accounts = await reader.query
    .selectFrom('user_emails as own')
    .innerJoin('invitations as i', 'i.address_folded', 'own.address_folded')
    .innerJoin('accounts as a', 'a.id', 'i.account_id')
    .select(['a.id', 'a.name'])
    .distinct()
    .where('own.user_id', '=', userId)
    .where('own.proved_at', 'is not', null)
    .where('own.ended_at', 'is', null)
    .where(isOpenInvitation('i'))
    .where('i.state', '=', 'pending')
    .where('i.expires_at', '>', at)
    .orderBy('a.name')
    .limit(MOST)
    .execute();
  return accounts.map((account) => ({ reason: 'invited', account, domain: null }));
}
