import type { Reader, Schema, Transaction } from '../../database/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { readDomainName, shown } from '../domains/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { domainOf } from '../users/index.ts';

/** Whom an account, or one of its organizations, may invite. `domains` counts with `custom`. */
export interface InviteRule {
  readonly rule: Schema['invite_rules']['rule'];
  readonly domains: readonly string[];
}

const everybody: InviteRule = { rule: 'all', domains: [] };

/** The row that holds for every organization without one of its own. */
const DEFAULT = '';

/** The rules of an account, by organization; the default under the empty id. */
export async function readInviteRules(
  reader: Reader,
  accountId: string,
): Promise<{ standard: InviteRule; own: ReadonlyMap<string, InviteRule> }> {
  const rows = await reader.query
    .selectFrom('invite_rules')
    .selectAll()
    .where('account_id', '=', accountId)
    .execute();
  const rules = new Map(rows.map((row) => [row.organization_id, ruleOf(row)]));
  const standard = rules.get(DEFAULT) ?? everybody;
  rules.delete(DEFAULT);
  return { standard, own: rules };
}

function ruleOf({ rule, domains }: Schema['invite_rules']): InviteRule {
  // Only `setInviteRule` writes it.
  return { rule, domains: JSON.parse(domains) as string[] };
}

/** An address that is to be invited, to an organization or to the account alone. */
export interface Invitee {
  readonly accountId: string;
  readonly organizationId: string | null;
  readonly address: string;
}

/**
 * Throws `invite_not_allowed` where invite control keeps an address out: that of the organization, else the account's.
 * A custom list is of exact domains.
 */
export async function requireInvitable(reader: Reader, invitee: Invitee): Promise<void> {
  const objection = await inviteObjection(reader, invitee);
  if (objection !== null) throw new Refusal('invite_not_allowed', objection);
}

/** Why invite control keeps an address out, as a sentence; null where it does not. */
export async function inviteObjection(
  reader: Reader,
  { accountId, organizationId, address }: Invitee,
): Promise<string | null> {
  const { standard, own } = await readInviteRules(reader, accountId);
  const rule = own.get(organizationId ?? DEFAULT) ?? standard;
  const domain = domainOf(address);
  if (await allows(reader, accountId, rule, domain)) return null;
  const only =
    rule.rule === 'verified'
      ? 'only people in verified domains of the account can be invited'
      : `only people at ${anyOf.format(rule.domains.map(shown))} can be invited`;
  return `Invite control keeps ${shown(domain)} out: ${only}. An owner can change that under Invites.`;
}

const anyOf = new Intl.ListFormat('en', { type: 'disjunction' });

async function allows(
  reader: Reader,
  accountId: string,
  { rule, domains }: InviteRule,
  domain: string,
): Promise<boolean> {
  if (rule === 'all') return true;
  if (rule === 'custom') return domains.includes(domain);
  const verified = await reader.query
    .selectFrom('domains')
    .select('id')
    .where('account_id', '=', accountId)
    .where('name', '=', domain)
    .where('state', 'in', ['verified', 'lapsing'])
    .executeTakeFirst();
  return verified !== undefined;
}

export interface InviteRuleChange {
  readonly accountId: string;
  readonly actor: Actor;
  readonly requestId?: string | undefined;
  readonly at: number;
  /** Null for the account's own rule. */
  readonly organizationId: string | null;
  /** Null, for an organization, to follow the account's. */
  readonly rule: InviteRule | null;
}

/**
 * Sets whom an account or an organization may invite. Invitations that are out stay. Throws `not_found`,
 * `domain_invalid`, and `invalid_request` for a custom list without a domain.
 */
export async function setInviteRule(tx: Transaction, change: InviteRuleChange): Promise<void> {
  const { accountId, organizationId, rule } = change;
  const name = await nameOf(tx, accountId, organizationId);
  const { standard, own } = await readInviteRules(tx, accountId);
  const before = organizationId === null ? standard : (own.get(organizationId) ?? null);
  const after = rule === null ? null : checked(rule);
  await tx.query
    .deleteFrom('invite_rules')
    .where('account_id', '=', accountId)
    .where('organization_id', '=', organizationId ?? DEFAULT)
    .execute();
  if (after !== null) {
    await tx.query
      .insertInto('invite_rules')
      .values({
        account_id: accountId,
        organization_id: organizationId ?? DEFAULT,
        rule: after.rule,
        domains: JSON.stringify(after.domains),
      })
      .execute();
  }
  const { actor, requestId, at } = change;
  const subject = { kind: 'invite_rule', id: organizationId ?? accountId, name };
  const action = 'invite_control.changed';
  await recordAudit(tx, { accountId, actor, action, subject, before, after, requestId, at });
}

/** Names the organization, or the account, and locks its row: rules are changed one after another. */
async function nameOf(tx: Transaction, accountId: string, organizationId: string | null) {
  const query =
    organizationId === null
      ? tx.query.selectFrom('accounts').select('name').where('id', '=', accountId)
      : tx.query
          .selectFrom('organizations')
          .select('name')
          .where('account_id', '=', accountId)
          .where('id', '=', organizationId);
  const row = await tx.dialect.forUpdate(query).executeTakeFirst();
  if (row === undefined) throw notFound('organization');
  return row.name;
}

function checked({ rule, domains }: InviteRule): InviteRule {
  if (rule !== 'custom') return { rule, domains: [] };
  if (domains.length === 0) {
    const message = 'Name at least one domain, or choose another rule.';
    throw new Refusal('invalid_request', message, { fields: [{ path: ['domains'], message }] });
  }
  return { rule, domains: [...new Set(domains.map(readAllowedName))].sort() };
}

/** A shared mail domain is nobody's own, but people in it can be invited. */
function readAllowedName(text: string): string {
  return readDomainName(text, { shared: true });
}
