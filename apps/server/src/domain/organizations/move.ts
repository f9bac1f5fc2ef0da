import { sql } from 'kysely';
import type { Transaction } from '../../database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { claimSeats, settleSeatWaits } from '../licenses/index.ts';
import { addSource, setMembershipState } from '../memberships/index.ts';
import { Refusal } from '../refusal.ts';
import { type Companion, listCompanions, takesSeat } from './companions.ts';
import type { OrganizationChange, OrganizationOf } from './organization.ts';

/** Where an organization goes, by whom, and how it is called. */
export type Move = Omit<OrganizationChange, 'organizationId'> & { readonly name: string };

/**
 * Moves an organization whose collaborators are locked, with those who have access, into another account; answers how
 * many came along. Links to teams end. Throws `transfer_conditions_unmet` where seats are missing.
 */
export async function moveOrganization(
  tx: Transaction,
  of: OrganizationOf,
  move: Move,
): Promise<number> {
  const companions = await listCompanions(tx, of, move.accountId);
  await letIn(tx, companions.filter(takesSeat), move);
  await copyOrganization(tx, of, move.accountId);
  await copyCollaborators(tx, of, move.accountId);
  await tx.query
    .deleteFrom('organizations')
    .where('account_id', '=', of.accountId)
    .where('id', '=', of.organizationId)
    .execute();
  return companions.length;
}

/** Nobody gets in without a seat. */
async function letIn(
  tx: Transaction,
  newcomers: readonly Companion[],
  { accountId, actor, requestId, at, name: organization }: Move,
): Promise<void> {
  const holders = newcomers.map(({ id }) => ({ kind: 'user' as const, id }));
  const served = await claimSeats(tx, accountId, holders, at);
  if (served.size < holders.length) {
    throw new Refusal('transfer_conditions_unmet', 'There are not seats for everybody any more.', {
      unmet: ['plan'],
    });
  }
  const waited = newcomers.filter(({ there }) => there === 'waiting');
  await settleSeatWaits(tx, { accountId, userIds: waited.map(({ id }) => id), at });
  for (const { id: userId, name, there } of newcomers) {
    await setMembershipState(tx, { accountId, userId, state: 'active', at });
    await addSource(tx, { accountId, userId, kind: 'manual', sourceId: '', at });
    await recordAudit(tx, {
      accountId,
      actor,
      requestId,
      at,
      action: 'user.came_along',
      subject: { kind: 'user', id: userId, name },
      before: there === null ? undefined : { state: there },
      after: { state: 'active', organization },
    });
  }
}

async function copyOrganization(
  { query }: Transaction,
  { accountId, organizationId }: OrganizationOf,
  toAccountId: string,
): Promise<void> {
  const organization = await query
    .selectFrom('organizations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow();
  await query
    .insertInto('organizations')
    .values({ ...organization, account_id: toAccountId })
    .execute();
}

async function copyCollaborators(
  { query }: Transaction,
  { accountId, organizationId }: OrganizationOf,
  toAccountId: string,
): Promise<void> {
  await query
    .insertInto('organization_members')
    .columns([
      'account_id',
      'organization_id',
      'user_id',
      'source_kind',
      'source_id',
      'role',
      'created_at',
    ])
    .expression((eb) =>
      eb
        .selectFrom('organization_members as o')
        .innerJoin('memberships as here', (join) =>
          join
            .onRef('here.account_id', '=', 'o.account_id')
            .onRef('here.user_id', '=', 'o.user_id'),
        )
        .select(sql<string>`cast(${toAccountId} as text)`.as('account_id'))
        .select([
          'o.organization_id',
          'o.user_id',
          'o.source_kind',
          'o.source_id',
          'o.role',
          'o.created_at',
        ])
        .where('o.account_id', '=', accountId)
        .where('o.organization_id', '=', organizationId)
        .where('here.state', '=', 'active'),
    )
    .execute();
}
