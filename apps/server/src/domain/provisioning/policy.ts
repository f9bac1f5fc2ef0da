import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { outsidersPerDayOf } from '../licenses/index.ts';
import type { Policy } from './plan.ts';

/** What the rules of a directory's account are read from. `d` is the directory, `a` its account. */
export interface PolicyRow {
  readonly directory_state: 'on' | 'off';
  readonly policies: string;
  readonly plan: 'essentials' | 'enterprise';
  readonly plan_until: number | null;
  /** 0 or 1. */
  readonly has_domain: number;
  /** 0 or 1. */
  readonly has_sso: number;
}

/** True where `condition` holds, as 0 or 1 on both engines. */
export function flag(condition: RawBuilder<unknown>): RawBuilder<number> {
  return sql<number>`case when ${condition} then 1 else 0 end`;
}

/** The columns of `PolicyRow`, for a statement over `directories as d` and `accounts as a`. */
export function policyColumns() {
  return [
    sql<PolicyRow['directory_state']>`d.state`.as('directory_state'),
    sql<string>`d.policies`.as('policies'),
    sql<PolicyRow['plan']>`a.plan`.as('plan'),
    sql<number | null>`a.plan_until`.as('plan_until'),
    flag(
      sql`exists (select 1 from domains where domains.account_id = d.account_id and domains.state in ('verified', 'lapsing'))`,
    ).as('has_domain'),
    flag(
      sql`exists (select 1 from sso_connections where sso_connections.account_id = d.account_id and sso_connections.state in ('tested', 'enforced'))`,
    ).as('has_sso'),
  ] as const;
}

/** What the rules allow at a moment. */
export function policyOf(row: PolicyRow, at: number): Policy {
  // The document is written by the directories' own settings, in the shape that the management API checks.
  const stored = JSON.parse(row.policies) as Partial<Pick<Policy, 'seats'>>;
  return {
    seats: stored.seats ?? 'wait',
    outsidersPerDay: outsidersPerDayOf(row.policies),
    lapse: lapseOf(row, at),
  };
}

function lapseOf(row: PolicyRow, at: number): Policy['lapse'] {
  if (row.directory_state === 'off') return 'directory_off';
  const ended = row.plan_until !== null && row.plan_until <= at;
  if (row.plan !== 'enterprise' || ended) return 'plan_lapsed';
  if (row.has_domain === 0) return 'domain_lapsed';
  return row.has_sso === 0 ? 'sso_lapsed' : null;
}

/** Reads the rules of a directory's account; for paths that no SCIM request takes. */
export async function readPolicy(reader: Reader, directoryId: string, at: number): Promise<Policy> {
  const row = await reader.query
    .selectFrom('directories as d')
    .innerJoin('accounts as a', 'a.id', 'd.account_id')
    .select(policyColumns())
    .where('d.id', '=', directoryId)
    .executeTakeFirstOrThrow();
  return policyOf(row, at);
}
