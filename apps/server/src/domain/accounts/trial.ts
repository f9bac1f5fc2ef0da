import type { Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { instantOf } from '../../instant.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { serveWaiting } from '../licenses/index.ts';
import { Refusal } from '../refusal.ts';
import { lockAccount } from './account.ts';
import { trialAvailable } from './plan.ts';
import { setSeatQuantity } from './seat-quantity.ts';

const TRIAL_DAYS = 14;
const TRIAL_SEATS = 50;

export interface TrialStart {
  readonly accountId: string;
  readonly actor: Actor;
  readonly requestId?: string;
  readonly at: number;
}

/** Starts the account's one trial of the Enterprise plan: 14 days, 50 seats. Throws `trial_used`. */
export async function startTrial(tx: Transaction, start: TrialStart): Promise<void> {
  const { accountId, actor, requestId, at } = start;
  const account = await lockAccount(tx, accountId);
  if (!trialAvailable(account)) {
    throw new Refusal('trial_used', 'An account has one trial, before its first activation code.');
  }
  const until = at + TRIAL_DAYS * day;
  await setSeatQuantity(tx, accountId, TRIAL_SEATS);
  await tx.query
    .updateTable('accounts')
    .set({ plan: 'enterprise', plan_source: 'trial', plan_until: until, trial_started_at: at })
    .where('id', '=', accountId)
    .execute();
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'account.trial_started',
    subject: { kind: 'account', id: accountId, name: account.name },
    before: { plan: account.plan },
    after: { plan: 'enterprise', until: instantOf(until), seats: TRIAL_SEATS },
    requestId,
    at,
  });
  await serveWaiting(tx, accountId, at);
}
