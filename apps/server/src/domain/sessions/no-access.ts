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
  const proofs = await readProofs(reader, who.sessionId);
  const local = proofs.includes(null);
  const closed = await readClosed(reader, who);
  const reasons: NoAccess[] = closed
    .filter(({ account_id, keptOut }) => keptOut === 0 && (local || proofs.includes(account_id)))
    .map((row) => ({
      reason: reasonOf(row, who.at),
      account: { id: row.account_id, name: row.name },
      domain: null,
    }));
  if (local) reasons.push(...(await readLocks(reader, who, closed)));
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

/** The accounts whose proof a session holds; null stands for a local factor. */
async function readProofs(reader: Reader, sessionId: string): Promise<(string | null)[]> {
  const rows = await reader.query
    .selectFrom('session_authentications')
    .select('account_id')
    .where('session_id', '=', sessionId)
    .execute();
  return rows.map((row) => row.account_id);
}

async function readLocks(
  reader: Reader,
  { userId, at }: Who,
  closed: readonly Closed[],
): Promise<NoAccess[]> {
  if (closed.every(({ keptOut }) => keptOut === 0)) return [];
  const domains = await listLocksOn(reader, userId, at);
  return domains.map((domain) => ({ reason: 'domain_locked', account: null, domain }));
}

/** The memberships that this session does not open. */
async function readClosed(reader: Reader, { userId, sessionId, at }: Who) {
  const [account, user] = [sql.ref('m.account_id'), sql.ref('m.user_id')];
  return reader.query
    .selectFrom('memberships as m')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .innerJoin('sessions as s', (join) => join.on('s.id', '=', sessionId))
    .select(['m.account_id', 'm.state', 'a.name', 'a.plan', 'a.plan_source', 'a.plan_until'])
    .select(flag(isKeptOut(account, user, at)).as('keptOut'))
    .where('m.user_id', '=', userId)
    .where((eb) =>
      eb.or([
        eb('m.state', '<>', 'active'),
        eb.not(isAccepted({ session: 's.id', account: 'm.account_id', user: 'm.user_id' }, at)),
      ]),
    )
    .orderBy('m.changed_at', 'desc')
    .limit(MOST)
    .execute();
}

function flag(condition: RawBuilder<boolean>): RawBuilder<0 | 1> {
  return sql<0 | 1>`case when ${condition} then 1 else 0 end`;
}

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
