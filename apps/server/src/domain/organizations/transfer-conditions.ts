import type { TransferCondition } from '@rollcall/api';
import { fold } from '@rollcall/scim';
import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { planState, readSeats } from '../accounts/index.ts';
import { numberInWords } from '../number-in-words.ts';
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

/**
 * Checks Insomnia's four conditions: the new owner is a collaborator already; an account that they own has the same plan
 * and seats for everybody who would come along; nobody's invitation is open; SSO is not enforced meanwhile.
 */
export async function checkTransfer(
  reader: Reader,
  of: OrganizationOf,
  email: string,
  at: number,
): Promise<TransferCheck> {
  const person = await findCollaborator(reader, of, email);
  const target = person && (await findTarget(reader, of, person, at));
  const conditions = [
    condition('member', person !== undefined, person?.name ?? 'No collaborator has that address'),
    target?.condition ??
      condition('plan', false, 'They own no other account on the Enterprise plan'),
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

async function findTarget(
  reader: Reader,
  of: OrganizationOf,
  person: { readonly id: string; readonly name: string },
  at: number,
): Promise<{ to: NewOwner; condition: TransferCondition } | undefined> {
  const owned = await reader.query
    .selectFrom('memberships as m')
    .innerJoin('accounts as a', 'a.id', 'm.account_id')
    .select(['a.id', 'a.name', 'a.plan', 'a.plan_source', 'a.plan_until'])
    .where('m.user_id', '=', person.id)
    .where('m.role', '=', 'owner')
    .where('m.state', '=', 'active')
    .where('a.id', '<>', of.accountId)
    .orderBy('a.created_at')
    .execute();
  const account = owned.find((one) => planState(one, at).enterprise);
  if (account === undefined) return undefined;
  const needed = await countNewcomers(reader, of, account.id);
  const { left } = await readSeats(reader, account.id);
  const seats = `${numberInWords(left)} seats left, ${numberInWords(needed)} needed`;
  return {
    to: {
      userId: person.id,
      name: person.name,
      accountId: account.id,
      accountName: account.name,
    },
    condition: condition('plan', left >= needed, `${account.name}: ${seats}`),
  };
}

/** Direct collaborators who would need a seat in the other account. */
export async function listNewcomers(
  { query }: Reader,
  { accountId, organizationId }: OrganizationOf,
  toAccountId: string,
): Promise<string[]> {
  const rows = await query
    .selectFrom('organization_members as o')
    .select('o.user_id')
    .distinct()
    .where('o.account_id', '=', accountId)
    .where('o.organization_id', '=', organizationId)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('memberships as there')
            .select(sql.lit(1).as('one'))
            .where('there.account_id', '=', toAccountId)
            .whereRef('there.user_id', '=', 'o.user_id')
            .where('there.state', '=', 'active'),
        ),
      ),
    )
    .orderBy('o.user_id')
    .execute();
  return rows.map((row) => row.user_id);
}

async function countNewcomers(reader: Reader, of: OrganizationOf, toAccountId: string) {
  return (await listNewcomers(reader, of, toAccountId)).length;
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
