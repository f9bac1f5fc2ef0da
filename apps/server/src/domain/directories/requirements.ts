import type { Requirement, Role } from '@rollcall/api';
import { type Placeholders, type Reader, statement } from '../../database/index.ts';
import { may, type PlanFacts, planState, roleInWords } from '../accounts/index.ts';
import { dateInWords } from '../date-in-words.ts';
import { Refusal } from '../refusal.ts';

/** What SCIM needs of an account, as it is now. */
export interface RequirementFacts extends PlanFacts {
  /** A verified domain's name; null while there is none. */
  readonly domain: string | null;
  readonly domains: number;
  /** The name of a connection that passed its test; null while there is none. */
  readonly connection: string | null;
}

const readFacts = statement<{ accountId: string }, RequirementFacts>(
  'requirements.facts',
  (db, p: Placeholders<{ accountId: string }>) =>
    db
      .selectFrom('accounts')
      .select(['plan', 'plan_source', 'plan_until'])
      .select((eb) => [
        eb
          .selectFrom('domains')
          .select((d) => d.fn.min('domains.name').as('name'))
          .whereRef('domains.account_id', '=', 'accounts.id')
          .where('domains.state', 'in', ['verified', 'lapsing'])
          .as('domain'),
        eb
          .selectFrom('domains')
          .select((d) => d.fn.countAll<number>().as('count'))
          .whereRef('domains.account_id', '=', 'accounts.id')
          .where('domains.state', 'in', ['verified', 'lapsing'])
          .$asScalar()
          .as('domains'),
        eb
          .selectFrom('sso_connections')
          .select((c) => c.fn.min('sso_connections.name').as('name'))
          .whereRef('sso_connections.account_id', '=', 'accounts.id')
          .where('sso_connections.state', 'in', ['tested', 'enforced'])
          .as('connection'),
      ])
      .where('accounts.id', '=', p.accountId),
);

/**
 * The four things that SCIM needs: role, plan, verified domain, tested SSO connection; in that order. `role` is that of
 * the person who asks. One prepared statement.
 */
export async function readRequirements(
  reader: Reader,
  { accountId, role, at }: { accountId: string; role: Role; at: number },
): Promise<Requirement[]> {
  const facts = await reader.first(readFacts, { accountId });
  return facts === undefined ? [] : requirements(facts, role, at);
}

/** Throws `requirements_unmet`, with the names of what is unmet, unless all four are met. */
export async function requireAll(
  reader: Reader,
  who: { accountId: string; role: Role; at: number },
): Promise<void> {
  const unmet = (await readRequirements(reader, who)).filter(({ met }) => !met);
  if (unmet.length === 0) return;
  const words = new Intl.ListFormat('en').format(unmet.map(({ name }) => need[name]));
  throw new Refusal('requirements_unmet', `SCIM needs ${words} first.`, {
    unmet: unmet.map(({ name }) => name),
  });
}

const need: Record<Requirement['name'], string> = {
  role: 'an owner or co-owner',
  plan: 'the Enterprise plan',
  domain: 'a verified domain',
  sso: 'an SSO connection that passed its test',
};

function requirements(facts: RequirementFacts, role: Role, at: number): Requirement[] {
  const { enterprise } = planState(facts, at);
  const { domain, domains, connection } = facts;
  const others = domains > 1 ? ` and ${domains - 1} more` : '';
  return [
    { name: 'role', met: may(role, 'manage_scim'), state: capitalized(roleInWords(role)) },
    { name: 'plan', met: enterprise, state: planInWords(facts, at) },
    { name: 'domain', met: domain !== null, state: domain === null ? 'None yet' : domain + others },
    { name: 'sso', met: connection !== null, state: connection ?? 'None yet' },
  ];
}

function planInWords(facts: PlanFacts, at: number): string {
  const { plan, source, until, lapsed } = planState(facts, at);
  const name = source === 'trial' ? 'Trial' : capitalized(plan);
  if (until === null) return name;
  return `${name} ${lapsed ? 'ended on' : 'until'} ${dateInWords(until)}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
