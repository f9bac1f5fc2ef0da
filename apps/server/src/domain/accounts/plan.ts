import type { Plan } from '@rollcall/api';
import type { Schema } from '../../database/index.ts';

/** The columns of an account that tell its plan. */
export type PlanFacts = Pick<Schema['accounts'], 'plan' | 'plan_source' | 'plan_until'>;

export interface PlanState {
  readonly plan: Plan;
  readonly source: PlanFacts['plan_source'];
  /** UTC milliseconds; null without an end. */
  readonly until: number | null;
  /** The plan had an end, and it has passed. */
  readonly lapsed: boolean;
  /** Enterprise now: what SCIM, domains and SSO need. */
  readonly enterprise: boolean;
}

/** What an account's plan is at a moment. */
export function planState(facts: PlanFacts, at: number): PlanState {
  const lapsed = facts.plan_until !== null && facts.plan_until <= at;
  return {
    plan: facts.plan,
    source: facts.plan_source,
    until: facts.plan_until,
    lapsed,
    enterprise: facts.plan === 'enterprise' && !lapsed,
  };
}

/** Whether the account may start its one trial: it never had one, nor a plan by activation code. */
export function trialAvailable(
  facts: Pick<Schema['accounts'], 'plan_source' | 'trial_started_at'>,
): boolean {
  return facts.trial_started_at === null && facts.plan_source === 'none';
}
