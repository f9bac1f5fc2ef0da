import type { OrganizationRole } from '@rollcall/api';
import { fold } from '@rollcall/scim';
import { sql } from 'kysely';
import type { Reader, Transaction } from '../../database/index.ts';
import { type AuditAction, recordAudit } from '../audit/index.ts';
import { findPage, readKnownAddresses } from '../memberships/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { lockOrganization, type OrganizationChange, type OrganizationOf } from './organization.ts';

/** A person with access to an organization, and through what. */
export interface CollaboratorRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly direct: OrganizationRole | null;
  readonly teams: readonly { readonly id: string; readonly name: string }[];
}

export type CollaboratorQuery = OrganizationOf & {
  /** Part of a name or address, without regard to case. */
  readonly search?: string | undefined;
  /** Id of the last person of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
};

/** A page of the active people with access to an organization, in the order in which they came here. */
export async function listCollaborators(
  reader: Reader,
  query: CollaboratorQuery,
): Promise<{ collaborators: CollaboratorRow[]; nextCursor: string | null }> {
  const needle = query.search === undefined ? '' : fold(query.search.trim());
  const { rows, nextCursor } = await findPage(
    query,
    (after, size) => readWindow(reader, query, after, size),
    needle === '' ? undefined : (row) => fold(`${row.name}\n${row.email}`).includes(needle),
  );
  return { collaborators: await complete(reader, query, rows), nextCursor };
}

interface Row {
  readonly user_id: string;
  readonly name: string;
  readonly role: OrganizationRole;
  readonly direct: OrganizationRole | null;
}

async function readWindow(
  reader: Reader,
  { accountId, organizationId }: OrganizationOf,
  after: string,
  size: number,
) {
  const { rows } = await sql<Row>`
    select w.user_id, u.name, min(w.role) as role, min(w.direct) as direct
    from (
      select user_id, role, role as direct from organization_members
      where account_id = ${accountId} and organization_id = ${organizationId} and user_id > ${after}
      union all
      select m.user_id, t.role, null
      from team_organizations l
      join teams t on t.account_id = l.account_id and t.id = l.team_id
      join team_members m on m.account_id = l.account_id and m.team_id = l.team_id
      where l.account_id = ${accountId} and l.organization_id = ${organizationId} and m.user_id > ${after}
    ) w
    join users u on u.id = w.user_id
    join memberships p on p.account_id = ${accountId} and p.user_id = w.user_id and p.state = 'active'
    group by w.user_id, u.name order by w.user_id limit ${size}`.execute(reader.query);
  const known = await readKnownAddresses(
    reader,
    accountId,
    rows.map((row) => row.user_id),
  );
  return rows.map((row) => ({ ...row, email: known.get(row.user_id)?.[0]?.address ?? '' }));
}

async function complete(
  { query }: Reader,
  { accountId, organizationId }: OrganizationOf,
  rows: readonly (Row & { readonly email: string })[],
): Promise<CollaboratorRow[]> {
  if (rows.length === 0) return [];
  const teams = await query
    .selectFrom('team_members as m')
    .innerJoin('team_organizations as l', (join) =>
      join.onRef('l.account_id', '=', 'm.account_id').onRef('l.team_id', '=', 'm.team_id'),
    )
    .innerJoin('teams as t', (join) =>
      join.onRef('t.account_id', '=', 'm.account_id').onRef('t.id', '=', 'm.team_id'),
    )
    .select(['m.user_id', 't.id', 't.name'])
    .distinct()
    .where('l.account_id', '=', accountId)
    .where('l.organization_id', '=', organizationId)
    .where(
      'm.user_id',
      'in',
      rows.map((row) => row.user_id),
    )
    .orderBy('t.name')
    .execute();
  return rows.map(({ user_id: userId, name, email, role, direct }) => ({
    userId,
    name,
    email,
    role,
    direct,
    teams: teams
      .filter((team) => team.user_id === userId)
      .map((team) => ({ id: team.id, name: team.name })),
  }));
}

/**
 * Gives an active person of the account direct access, or sets the role of one who has it. Throws `not_a_member` where
 * nobody active in the account has that address proved or was brought by it.
 */
export async function addCollaborator(
  tx: Transaction,
  change: OrganizationChange & { readonly email: string; readonly role: OrganizationRole },
): Promise<void> {
  const { accountId, email, role } = change;
  const organization = await lockOrganization(tx, change);
  const person = await findActive(tx, accountId, email);
  if (person === undefined) {
    const text = `Nobody in this account has the address ${email.trim()}. Invite them first.`;
    throw new Refusal('not_a_member', text);
  }
  const known = await directRole(tx, change, person.id);
  if (known === role) return;
  await setDirectRole(tx, change, person.id, role);
  const action = known === undefined ? 'collaborator.added' : 'collaborator.role_changed';
  await audit(tx, change, action, organization, person, { role });
}

/** Sets the role of somebody with direct access. Throws `not_found` without such access. */
export async function setCollaboratorRole(
  tx: Transaction,
  change: OrganizationChange & { readonly userId: string; readonly role: OrganizationRole },
): Promise<void> {
  const { userId, role } = change;
  const organization = await lockOrganization(tx, change);
  const person = await requireDirect(tx, change, userId);
  if (person.role === role) return;
  await setDirectRole(tx, change, userId, role);
  await audit(tx, change, 'collaborator.role_changed', organization, person, { role });
}

/** Takes direct access away, whatever it came from. Access through teams stays. Throws `not_found` without such access. */
export async function removeCollaborator(
  tx: Transaction,
  change: OrganizationChange & { readonly userId: string },
): Promise<void> {
  const { userId } = change;
  const organization = await lockOrganization(tx, change);
  const person = await requireDirect(tx, change, userId);
  await deleteDirect(tx, change, userId);
  await audit(tx, change, 'collaborator.removed', organization, person, undefined);
}

async function findActive({ query }: Transaction, accountId: string, email: string) {
  const candidates = await query
    .selectFrom('user_emails as e')
    .innerJoin('memberships as m', 'm.user_id', 'e.user_id')
    .innerJoin('users as u', 'u.id', 'e.user_id')
    .select(['u.id', 'u.name'])
    .distinct()
    .where('m.account_id', '=', accountId)
    .where('m.state', '=', 'active')
    .where('e.address_folded', '=', fold(email.trim()))
    .where('e.ended_at', 'is', null)
    .orderBy('u.id')
    .limit(2)
    .execute();
  // Two people with one unproved address: which of them is meant, nobody can tell.
  return candidates.length === 1 ? candidates[0] : undefined;
}

async function directRole(
  { query }: Transaction,
  { accountId, organizationId }: OrganizationOf,
  userId: string,
): Promise<OrganizationRole | undefined> {
  const row = await query
    .selectFrom('organization_members')
    .select((eb) => eb.fn.min('role').as('role'))
    .where('account_id', '=', accountId)
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row?.role ?? undefined;
}

async function requireDirect(tx: Transaction, of: OrganizationOf, userId: string) {
  const role = await directRole(tx, of, userId);
  const person = await tx.query
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', '=', userId)
    .executeTakeFirst();
  if (role === undefined || person === undefined) throw notFound('collaborator');
  return { ...person, role };
}

/** Whatever gave access before, it is given by hand now. */
async function setDirectRole(
  tx: Transaction,
  change: OrganizationChange,
  userId: string,
  role: OrganizationRole,
): Promise<void> {
  await deleteDirect(tx, change, userId);
  await tx.query
    .insertInto('organization_members')
    .values({
      account_id: change.accountId,
      organization_id: change.organizationId,
      user_id: userId,
      source_kind: 'manual',
      source_id: '',
      role,
      created_at: change.at,
    })
    .execute();
}

async function deleteDirect(tx: Transaction, of: OrganizationOf, userId: string): Promise<void> {
  await tx.query
    .deleteFrom('organization_members')
    .where('account_id', '=', of.accountId)
    .where('organization_id', '=', of.organizationId)
    .where('user_id', '=', userId)
    .execute();
}

function audit(
  tx: Transaction,
  { accountId, organizationId, actor, requestId, at }: OrganizationChange,
  action: AuditAction,
  { name: organization }: { readonly name: string },
  person: { readonly id: string; readonly name: string },
  after: { readonly role: OrganizationRole } | undefined,
): Promise<void> {
  const of = { organizationId, organization };
  const subject = { kind: 'user', id: person.id, name: `${person.name} of ${organization}` };
  const told = after === undefined ? { before: of } : { after: { ...of, ...after } };
  return recordAudit(tx, { accountId, actor, requestId, at, action, subject, ...told });
}
