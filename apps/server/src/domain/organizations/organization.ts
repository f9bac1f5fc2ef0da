import type { OrganizationRole } from '@rollcall/api';
import { sql } from 'kysely';
import type { Reader, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Caller } from './rights.ts';

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  /** Active people with access, directly or through a team. */
  readonly collaborators: number;
  readonly teams: number;
  /** The highest role of one person by all ways; null without any. */
  readonly ownRole: OrganizationRole | null;
}

/** One organization of an account. */
export interface OrganizationOf {
  readonly accountId: string;
  readonly organizationId: string;
}

/**
 * The organizations of an account by name.
 *
 * @param userId whose role is told; null for nobody's
 * @param only one organization, or those in which the person is
 */
export async function listOrganizations(
  { query }: Reader,
  accountId: string,
  userId: string | null,
  only: { readonly id: string } | 'own' | 'all' = 'all',
): Promise<OrganizationRow[]> {
  const { rows } = await sql<OrganizationRow>`
    with access as (
      select organization_id, user_id, role from organization_members where account_id = ${accountId}
      union all
      select l.organization_id, m.user_id, t.role
      from team_organizations l
      join teams t on t.account_id = l.account_id and t.id = l.team_id
      join team_members m on m.account_id = l.account_id and m.team_id = l.team_id
      where l.account_id = ${accountId}
    )
    select o.id, o.name, o.created_at as "createdAt",
      (select count(distinct a.user_id) from access a
        join memberships m on m.account_id = ${accountId} and m.user_id = a.user_id
        where a.organization_id = o.id and m.state = 'active') as collaborators,
      (select count(*) from team_organizations l
        where l.account_id = o.account_id and l.organization_id = o.id) as teams,
      (select min(a.role) from access a
        where a.organization_id = o.id and a.user_id = ${userId}) as "ownRole"
    from organizations o
    where o.account_id = ${accountId} ${typeof only === 'object' ? sql`and o.id = ${only.id}` : sql``}
    order by o.name, o.id`.execute(query);
  const counted = rows.map((row) => ({
    ...row,
    createdAt: Number(row.createdAt),
    collaborators: Number(row.collaborators),
    teams: Number(row.teams),
  }));
  return only === 'own' ? counted.filter(({ ownRole }) => ownRole !== null) : counted;
}

/** The teams that are linked to an organization, by name. */
export async function listLinkedTeams(
  { query }: Reader,
  { accountId, organizationId }: OrganizationOf,
): Promise<{ id: string; name: string; role: OrganizationRole; members: number }[]> {
  const teams = await query
    .selectFrom('team_organizations as l')
    .innerJoin('teams as t', (join) =>
      join.onRef('t.account_id', '=', 'l.account_id').onRef('t.id', '=', 'l.team_id'),
    )
    .select(['t.id', 't.name', 't.role'])
    .select((eb) =>
      eb
        .selectFrom('team_members as m')
        .select((count) => count.fn.count<number>('m.user_id').distinct().as('members'))
        .whereRef('m.account_id', '=', 't.account_id')
        .whereRef('m.team_id', '=', 't.id')
        .$asScalar()
        .$notNull()
        .as('members'),
    )
    .where('l.account_id', '=', accountId)
    .where('l.organization_id', '=', organizationId)
    .orderBy('t.name')
    .execute();
  return teams.map((team) => ({ ...team, members: Number(team.members) }));
}

/** A change of an organization: by whom, through which request, when (UTC milliseconds). */
export type OrganizationChange = OrganizationOf &
  Pick<Caller, 'actor'> & { readonly requestId: string; readonly at: number };

/** Makes an organization; returns its id. */
export async function createOrganization(
  tx: Transaction,
  { accountId, name, ...change }: Omit<OrganizationChange, 'organizationId'> & { name: string },
): Promise<string> {
  const id = newId(change.at);
  await tx.query
    .insertInto('organizations')
    .values({ account_id: accountId, id, name, created_at: change.at })
    .execute();
  const subject = { kind: 'organization', id, name };
  await recordAudit(tx, { accountId, ...change, action: 'organization.created', subject });
  return id;
}

export async function renameOrganization(
  tx: Transaction,
  { name, ...change }: OrganizationChange & { readonly name: string },
): Promise<void> {
  const { accountId, organizationId, actor, requestId, at } = change;
  const before = await lockOrganization(tx, change);
  if (before.name === name) return;
  await tx.query
    .updateTable('organizations')
    .set({ name })
    .where('account_id', '=', accountId)
    .where('id', '=', organizationId)
    .execute();
  await recordAudit(tx, {
    accountId,
    actor,
    requestId,
    at,
    action: 'organization.renamed',
    subject: { kind: 'organization', id: organizationId, name },
    before: { name: before.name },
    after: { name },
  });
}

/**
 * Deletes an organization with its collaborators and links; people and teams stay. Throws `organization_name_mismatch`
 * unless its name was typed.
 */
export async function deleteOrganization(
  tx: Transaction,
  { name, ...change }: OrganizationChange & { readonly name: string },
): Promise<void> {
  const { accountId, organizationId, actor, requestId, at } = change;
  const found = await lockOrganization(tx, change);
  if (found.name !== name.trim()) {
    throw new Refusal('organization_name_mismatch', `That is not the name. It is ${found.name}.`);
  }
  await tx.query
    .deleteFrom('organizations')
    .where('account_id', '=', accountId)
    .where('id', '=', organizationId)
    .execute();
  await recordAudit(tx, {
    accountId,
    actor,
    requestId,
    at,
    action: 'organization.deleted',
    subject: { kind: 'organization', id: organizationId, name: found.name },
  });
}

/** Reads an organization and locks its row. Throws `not_found`. */
export async function lockOrganization(
  tx: Transaction,
  { accountId, organizationId }: OrganizationOf,
): Promise<{ readonly name: string }> {
  const row = await tx.dialect
    .forUpdate(
      tx.query
        .selectFrom('organizations')
        .select('name')
        .where('account_id', '=', accountId)
        .where('id', '=', organizationId),
    )
    .executeTakeFirst();
  if (row === undefined) throw notFound('organization');
  return row;
}
