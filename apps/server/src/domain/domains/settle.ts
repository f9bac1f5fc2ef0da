import type { Transaction } from '../../database/index.ts';
import { day, hour, minute } from '../../duration.ts';
import { newId } from '../../uuid-v7.ts';
import type { DomainCheck } from './check.ts';
import { auditDomain, type DomainChange, type DomainRow, lockDomain } from './domain.ts';
import { becomeVerified } from './verify.ts';

/** For so long a verified domain may be without its record before it lapses. */
export const domainGrace = 30 * day;

/** A record that is gone for less than this is somebody at work on the zone: nobody is told. */
const TOLERANCE = 3 * day;

/** Before the end the owners are told again. */
const reminders = [domainGrace - 7 * day, domainGrace - day];

/** What a check came to. `reminded`: nothing changed, but the owners are to hear of it again. */
export type Outcome = 'verified' | 'failing' | 'reminded' | 'lapsed' | 'taken' | 'unchanged';

export interface Settled {
  readonly outcome: Outcome;
  readonly domain: DomainRow;
  /** When it lapses unless the record comes back; null while it is there, or was never. */
  readonly lapsesAt: number | null;
}

/**
 * Draws the consequences of a check, in one unit. A domain that shows its record is verified, unless another account has
 * it; one that lacks it fails, and lapses after the grace. A check that got no answer changes nothing.
 */
export async function settleCheck(
  tx: Transaction,
  change: DomainChange & { readonly domainId: string; readonly check: DomainCheck },
): Promise<Settled> {
  const { accountId, domainId, check, at } = change;
  const domain = await lockDomain(tx, accountId, domainId);
  await remember(tx, change);
  const outcome = await outcomeOf(tx, change, domain);
  await tx.query
    .updateTable('domains')
    .set({ checked_at: at, check_at: at + pause(domain, outcome, at) })
    .where('account_id', '=', accountId)
    .where('id', '=', domainId)
    .execute();
  return { outcome, domain, lapsesAt: lapseOf(domain, check.verdict, at) };
}

async function outcomeOf(
  tx: Transaction,
  change: DomainChange & { readonly check: DomainCheck },
  domain: DomainRow,
): Promise<Outcome> {
  if (change.check.verdict === 'unknown') return 'unchanged';
  const holds = domain.state === 'verified' || domain.state === 'lapsing';
  if (change.check.verdict === 'missing') return holds ? fail(tx, change, domain) : 'unchanged';
  if (!(await becomeVerified(tx, change, domain))) return 'taken';
  return holds ? 'unchanged' : 'verified';
}

async function fail(tx: Transaction, change: DomainChange, domain: DomainRow): Promise<Outcome> {
  const { at } = change;
  const since = domain.failing_since ?? at;
  const lasted = at - since;
  const state = lasted >= domainGrace ? 'lapsed' : lasted >= TOLERANCE ? 'lapsing' : domain.state;
  await tx.query
    .updateTable('domains')
    .set({ state, failing_since: state === 'lapsed' ? null : since })
    .where('account_id', '=', domain.account_id)
    .where((eb) => eb.or([eb('id', '=', domain.id), eb('parent_id', '=', domain.id)]))
    .where('state', 'in', ['verified', 'lapsing'])
    .execute();
  if (state === 'lapsed') {
    await auditDomain(tx, change, 'domain.lapsed', domain);
    return 'lapsed';
  }
  if (state !== domain.state) {
    await auditDomain(tx, change, 'domain.failing', domain);
    return 'failing';
  }
  const before = (domain.checked_at ?? since) - since;
  return reminders.some((due) => before < due && due <= lasted) ? 'reminded' : 'unchanged';
}

function lapseOf(
  { state, failing_since }: DomainRow,
  verdict: DomainCheck['verdict'],
  at: number,
): number | null {
  if (verdict !== 'missing' || (state !== 'verified' && state !== 'lapsing')) return null;
  return (failing_since ?? at) + domainGrace;
}

/** Until the next check: a record that was just added shows within minutes, at most two days. */
function pause(domain: DomainRow, outcome: Outcome, at: number): number {
  if (domain.state !== 'pending' || outcome === 'verified') return day;
  const age = at - domain.created_at;
  if (age < hour) return minute;
  return age < 2 * day ? 10 * minute : day;
}

/** How many checks of a domain are kept. */
const KEPT = 50;

async function remember(
  tx: Transaction,
  { accountId, domainId, check, at }: DomainChange & { domainId: string; check: DomainCheck },
): Promise<void> {
  const { verdict, answers } = check;
  await tx.query
    .insertInto('domain_checks')
    .values({
      account_id: accountId,
      domain_id: domainId,
      id: newId(at),
      at,
      verdict,
      answers: JSON.stringify(answers),
    })
    .execute();
  const ofDomain = tx.query
    .selectFrom('domain_checks')
    .select('id')
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .orderBy('id', 'desc');
  const oldest = await ofDomain.offset(KEPT).limit(1).executeTakeFirst();
  if (oldest === undefined) return;
  await tx.query
    .deleteFrom('domain_checks')
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .where('id', '<=', oldest.id)
    .execute();
}
