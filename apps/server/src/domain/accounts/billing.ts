import type { Billing } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';
import { instantOf } from '../../instant.ts';
import { numberInWords } from '../number-in-words.ts';
import { notFound } from '../refusal.ts';
import { planState, trialAvailable } from './plan.ts';
import { readSeats } from './seat-summary.ts';

/** What each entry of the history is called. */
const whats = {
  'account.created': 'Account created',
  'account.trial_started': 'Trial started',
  'account.code_activated': 'Activation code entered',
} as const;

/** Plan, seats, dates and history of an account. */
export async function readBilling(reader: Reader, accountId: string, at: number): Promise<Billing> {
  const account = await reader.query
    .selectFrom('accounts')
    .selectAll()
    .where('id', '=', accountId)
    .executeTakeFirst();
  if (account === undefined) throw notFound('account');
  const { plan, source, until, lapsed } = planState(account, at);
  return {
    plan,
    source,
    until: instantOf(until),
    lapsed,
    trialAvailable: trialAvailable(account),
    seats: await readSeats(reader, accountId),
    history: await readHistory(reader, accountId),
  };
}

async function readHistory(reader: Reader, accountId: string): Promise<Billing['history']> {
  const events = await reader.query
    .selectFrom('audit_events')
    .select(['at', 'action', 'actor_name', 'after'])
    .where('account_id', '=', accountId)
    .where('subject_id', '=', accountId)
    .where('action', 'in', Object.keys(whats))
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
  return events.map((event) => ({
    at: instantOf(event.at),
    what: inWords(event.action, event.after),
    by: event.actor_name,
  }));
}

function inWords(action: string, after: string | null): string {
  const what = Object.entries(whats).find(([known]) => known === action)?.[1] ?? action;
  const { seats } = Object(JSON.parse(after ?? 'null'));
  return typeof seats === 'number' ? `${what}: ${numberInWords(seats)} seats` : what;
}
