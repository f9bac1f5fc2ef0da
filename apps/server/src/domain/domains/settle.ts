import type { Transaction } from '../../database/index.ts';
import { day, hour, minute } from '../../duration.ts';
import { newId } from '../../uuid-v7.ts';
import type { DomainCheck } from './check.ts';
import { auditDomain, type DomainChange, type DomainRow, lockDomain } from './domain.ts';
import { becomeVerified } from './verify.ts';

/** For so long at least a verified domain may be without its record before it lapses; longer where a warning was late. */
export const domainGrace = 30 * day;

/** A record that is gone for less than this is somebody at work on the zone: nobody is told. */
const TOLERANCE = 3 * day;

/** When the owners are told, and told again; the last step is the end. */
const steps = [TOLERANCE, domainGrace - 7 * day, domainGrace - day, domainGrace] as const;

/** What a check came to. `reminded`: it goes on failing, and the owners are to hear of it again. */
export type Outcome = 'verified' | 'failing' | 'reminded' | 'lapsed' | 'taken' | 'unchanged';

export interface Settled {
  readonly outcome: Outcome;
  readonly domain: DomainRow;
  /** When it lapses unless the record comes back; null while it is there, or was never. */
  readonly lapsesAt: number | null;
}

/**
 * Draws the consequences of a check, in one unit. A domain that shows its record is verified, unless another account has
 * it; one that lacks it fails, and lapses after the grace, in which time stops until each warning was given. A check that got no answer changes nothing.
 */
export async function settleCheck(
  tx: Transaction,
  change: DomainChange & { readonly domainId: string; readonly check: DomainCheck },
): Promise<Settled> {
  const { accountId, domainId, at } = change;
  const domain = await lockDomain(tx, accountId, domainId);
  const { outcome, failingSince = null } = await outcomeOf(tx, change, domain);
  await remember(tx, change);
  await tx.query
    .updateTable('domains')
    .set({ checked_at: at, check_at: at + pause(domain, outcome, at) })
    .where('account_id', '=', accountId)
    .where('id', '=', domainId)
    .execute();
  return { outcome, domain, lapsesAt: failingSince === null ? null : failingSince + domainGrace };
}

interface Consequence {
  readonly outcome: Outcome;
  /** Null and undefined where it does not fail, or fails no more. */
  readonly failingSince?: number | null;
}

async function outcomeOf(
  tx: Transaction,
  change: DomainChange & { readonly check: DomainCheck },
  domain: DomainRow,
): Promise<Consequence> {
  if (change.check.verdict === 'unknown') return { outcome: 'unchanged' };
  const holds = domain.state === 'verified' || domain.state === 'lapsing';
  if (change.check.verdict === 'missing') {
    return holds ? fail(tx, change, domain) : { outcome: 'unchanged' };
  }
  if (!(await becomeVerified(tx, change, domain))) return { outcome: 'taken' };
  return { outcome: holds ? 'unchanged' : 'verified' };
}

async function fail(
  tx: Transaction,
  change: DomainChange,
  domain: DomainRow,
): Promise<Consequence> {
  const { at } = change;
  const { step, lasted } = await nextStep(tx, domain, at);
  const outcome = step === undefined ? 'unchanged' : outcomeAt(step);
  const state =
    outcome === 'unchanged' ? domain.state : outcome === 'lapsed' ? 'lapsed' : 'lapsing';
  const failingSince = state === 'lapsed' ? null : at - lasted;
  await tx.query
    .updateTable('domains')
    .set({ state, failing_since: failingSince })
    .where('account_id', '=', domain.account_id)
    .where((eb) => eb.or([eb('id', '=', domain.id), eb('parent_id', '=', domain.id)]))
    .where('state', 'in', ['verified', 'lapsing'])
    .execute();
  if (outcome === 'lapsed') await auditDomain(tx, change, 'domain.lapsed', domain);
  if (outcome === 'failing') await auditDomain(tx, change, 'domain.failing', domain);
  return { outcome, failingSince };
}

/**
 * The step that a missing record has come to, if any, and for how long it counts as missing. A step is taken at a time, and
 * time stops at it: while nobody looked, or no resolver answered, no owner was told, so each warning leaves what it says.
 */
async function nextStep(tx: Transaction, domain: DomainRow, at: number) {
  const since = domain.failing_since ?? at;
  const before = domain.state === 'verified' ? 0 : await warnedUpTo(tx, domain, since);
  const step = steps.find((one) => before < one && one <= at - since);
  return { step, lasted: step ?? at - since };
}

function outcomeAt(step: number): 'failing' | 'reminded' | 'lapsed' {
  if (step === TOLERANCE) return 'failing';
  return step === domainGrace ? 'lapsed' : 'reminded';
}

/** How long a record counted as missing when its owners were last due to hear of it. */
async function warnedUpTo(tx: Transaction, domain: DomainRow, since: number): Promise<number> {
  const last = await tx.query
    .selectFrom('domain_checks')
    .select('at')
    .where('account_id', '=', domain.account_id)
    .where('domain_id', '=', domain.id)
    .where('verdict', '=', 'missing')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return Math.max(TOLERANCE, (last?.at ?? since) - since);
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
