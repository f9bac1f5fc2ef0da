import type { TransferCondition } from '@rollcall/api';
import { fold } from '@rollcall/scim';
import type { Reader } from '../../database/index.ts';
import { planState, readSeats } from '../accounts/index.ts';
import { numberInWords } from '../number-in-words.ts';
import { listCompanions, takesSeat } from './companions.ts';
import type { OrganizationOf } from './organization.ts';

/** Whom an organization can go to: a collaborator who owns another account. */
export interface NewOwner {
  readonly userId: string;
  readonly name: string;
  readonly accountId: string;
  readonly accountName: string;
}

/** Whether an organization can go to the person with an address, and why not. */
export interface TransferCheck {
  readonly conditions: readonly TransferCondition[];
  readonly to: NewOwner | null;
}

/** Who is to have an organization. */
export interface Recipient {
  readonly email: string;
  /** The account of theirs that takes it; undefined for whichever fits. */
  readonly accountId?: string | undefined;
}

interface Person {
  readonly id: string;
  readonly name: string;
}

/**
 * Checks Insomnia's four conditions: the new owner is a collaborator already; an account that they own has the same plan
 * and seats for everybody who would come along; nobody's invitation is open; SSO is not enforced meanwhile.
 */
export async function checkTransfer(
  reader: Reader,
  of: OrganizationOf,
  { email, accountId }: Recipient,
  at: number,
): Promise<TransferCheck> {
  const person = await findCollaborator(reader, of, email);
  const target = person && (await findTarget(reader, of, person, { accountId, at }));
  const conditions = [
    condition('member', person !== undefined, person?.name ?? 'No collaborator has that address'),
    planCondition(target),
    await invitationsCondition(reader, of),
    await ssoCondition(reader, of.accountId),
  ];
  return { conditions, to: target?.to ?? null };
}

function condition(
  name: TransferCondition['name'],
  met: boolean,
  state: string,
): TransferCondition {
  return { name, met, state };
}

async function findCollaborator(
  { query }: Reader,
  { accountId, organizationId }: OrganizationOf,
  email: string,
) {
  return query
    .selectFrom('organization_members as o')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 'o.account_id').onRef('m.user_id', '=', 'o.user_id'),
    )
    .innerJoin('user_emails as e', 'e.user_id', 'o.user_id')
    .innerJoin('users as u', 'u.id', 'o.user_id')
    .select(['u.id', 'u.name'])
    .where('o.account_id', '=', accountId)
    .where('o.organization_id', '=', organizationId)
    .where('m.state', '=', 'active')
    .where('e.address_folded', '=', fold(email.trim()))
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .executeTakeFirst();
}

interface Target {
  readonly to: NewOwner;
  readonly left: number;
  readonly needed: number;
}

/** Of their other Enterprise accounts the oldest that has seats for everybody, else the one that lacks the fewest. */
async function findTarget(
  reader: Reader,
  of: OrganizationOf,
  person: Person,
  { accountId, at }: { readonly accountId: string | undefined; readonly at: number },
): Promise<Target | undefined> {
  let best: Target | undefined;
  for (const account of await listOwned(reader, of, person.id)) {
    if (accountId !== undefined && account.id !== accountId) continue;
    if (!planState(account, at).enterprise) continue;
    const target = await measureTarget(reader, of, person, account);
    if (target.left >= target.needed) return target;
    if (best === undefined || lacking(target) < lacking(best)) best = target;
  }
  return best;
}

function lacking({ left, needed }: Target): number {
  return needed - left;
}

function listOwned({ query }: Reader, of: OrganizationOf, userId: string) {
  return query
    .selectFrom('memberships as m')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .select(['a.id', 'a.name', 'a.plan', 'a.plan_source', 'a.plan_until'])
    .where('m.user_id', '=', userId)
    .where('m.role', '=', 'owner')
    .where('m.state', '=', 'active')
    .where('a.id', '<>', of.accountId)
    .orderBy('a.created_at')
    .orderBy('a.id')
    .execute();
}

async function measureTarget(
  reader: Reader,
  of: OrganizationOf,
  { id: userId, name }: Person,
  account: { readonly id: string; readonly name: string },
): Promise<Target> {
  const companions = await listCompanions(reader, of, account.id);
  const { left } = await readSeats(reader, account.id);
  return {
    to: { userId, name, accountId: account.id, accountName: account.name },
    left,
    needed: companions.filter(takesSeat).length,
  };
}

function planCondition(target: Target | undefined): TransferCondition {
  if (target === undefined) {
    return condition('plan', false, 'They own no other account on the Enterprise plan');
  }
  const { to, left, needed } = target;
  const seats = `${numberInWords(left)} seats left, ${numberInWords(needed)} needed`;
  return condition('plan', left >= needed, `${to.accountName}: ${seats}`);
}

async function invitationsCondition(
  { query }: Reader,
  { accountId, organizationId }: OrganizationOf,
): Promise<TransferCondition> {
  const { open } = await query
    .selectFrom('invitations')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('account_id', '=', accountId)
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow();
  const count = Number(open);
  const state = count === 0 ? 'None is open' : `${numberInWords(count)} open`;
  return condition('invitations', count === 0, state);
}

async function ssoCondition({ query }: Reader, accountId: string): Promise<TransferCondition> {
  const enforced = await query
    .selectFrom('sso_connections')
    .select('name')
    .where('account_id', '=', accountId)
    .where('state', '=', 'enforced')
    .executeTakeFirst();
  const state = enforced === undefined ? 'Not enforced' : `${enforced.name} is enforced`;
  return condition('sso', enforced === undefined, state);
}
