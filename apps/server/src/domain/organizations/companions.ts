import type { Reader, Schema, Transaction } from '../../database/index.ts';
import type { OrganizationOf } from './organization.ts';

/** A direct collaborator who comes along when an organization moves to another account. */
export interface Companion {
  readonly id: string;
  readonly name: string;
  /** Their place in the other account; null for none. */
  readonly there: Schema['memberships']['state'] | null;
}

/**
 * The direct collaborators who come along into another account, by their ids: those who have access now. Whoever was
 * turned off or waits for a seat here does not get in there by a transfer.
 */
export async function listCompanions(
  { query }: Reader,
  { accountId, organizationId }: OrganizationOf,
  toAccountId: string,
): Promise<Companion[]> {
  return query
    .selectFrom('organization_members as o')
    .innerJoin('memberships as here', (join) =>
      join.onRef('here.account_id', '=', 'o.account_id').onRef('here.user_id', '=', 'o.user_id'),
    )
    .innerJoin('users as u', 'u.id', 'o.user_id')
    .leftJoin('memberships as there', (join) =>
      join.onRef('there.user_id', '=', 'o.user_id').on('there.account_id', '=', toAccountId),
    )
    .select(['u.id', 'u.name', 'there.state as there'])
    .distinct()
    .where('o.account_id', '=', accountId)
    .where('o.organization_id', '=', organizationId)
    .where('here.state', '=', 'active')
    .orderBy('u.id')
    .execute();
}

/**
 * Whether somebody who comes along takes a seat. Whom the IdP over there has turned off keeps their place in the
 * organization without access, as everybody does whom it turns off.
 */
export function takesSeat({ there }: Companion): boolean {
  return there !== 'active' && there !== 'deactivated';
}

/** Locks all direct collaborators, in the order in which every unit locks people: nobody is turned off meanwhile. */
export async function lockCollaborators(
  tx: Transaction,
  { accountId, organizationId }: OrganizationOf,
): Promise<void> {
  const people = tx.query
    .selectFrom('users')
    .select('id')
    .where('id', 'in', (members) =>
      members
        .selectFrom('organization_members')
        .select('user_id')
        .where('account_id', '=', accountId)
        .where('organization_id', '=', organizationId),
    )
    .orderBy('id');
  await tx.dialect.forUpdate(people).execute();
}
