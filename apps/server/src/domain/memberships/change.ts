import type { Role } from '@rollcall/api';
import { type SqlBool, sql } from 'kysely';
import type { Transaction } from '../../database/index.ts';
import { lockAccount, requirePermission, roleInWords } from '../accounts/index.ts';
import { type Actor, type AuditAction, recordAudit } from '../audit/index.ts';
import { releaseSeats, serveWaiting } from '../licenses/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { lockPerson } from './grants.ts';
import { leaveSessions } from './leave.ts';

/** A change of one person's place in an account, by an owner or co-owner. */
export interface MembershipChange {
  readonly accountId: string;
  readonly userId: string;
  readonly actor: Actor;
  /** The role of who asks. */
  readonly actorRole: Role;
  readonly requestId?: string | undefined;
  readonly at: number;
}

/**
 * Removes a person from an account: every reason for access, seat, teams and sessions go; the person stays. An IdP brings
 * them back only by saying `active` anew. Throws `not_found`, `forbidden` for a role that only owners give and take, and
 * `last_owner`.
 */
export async function removeMember(tx: Transaction, change: MembershipChange): Promise<void> {
  const { accountId, userId, at } = change;
  const member = await lockMember(tx, change);
  if (member.role !== 'member') requirePermission(change.actorRole, 'manage_roles');
  if (member.role === 'owner') await requireAnotherOwner(tx, accountId);
  await deleteGrants(tx, accountId, userId);
  await tx.query
    .updateTable('memberships')
    .set({ state: 'removed', role: 'member', changed_at: at })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();
  await settleWaiting(tx, accountId, userId, at);
  await releaseSeats(tx, accountId, 'user', [userId]);
  const sessionsEnded = await leaveSessions(tx, { accountId, userIds: [userId], at });
  await audit(tx, change, 'user.removed', member, { sessionsEnded });
  await serveWaiting(tx, accountId, at);
}

/** Sets the role of a person. Throws `not_found`, `forbidden`, `last_owner`, and `conflict` for somebody without access. */
export async function setRole(
  tx: Transaction,
  { role, ...change }: MembershipChange & { readonly role: Role },
): Promise<void> {
  requirePermission(change.actorRole, 'manage_roles');
  const { accountId, userId, at } = change;
  const member = await lockMember(tx, change);
  if (member.role === role) return;
  if (member.state !== 'active') {
    throw new Refusal('conflict', `${member.name} has no access to this account now.`);
  }
  if (member.role === 'owner') await requireAnotherOwner(tx, accountId);
  await tx.query
    .updateTable('memberships')
    .set({ role, changed_at: at })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();
  if (!isOwner(role)) await settleOwnerQuestions(tx, accountId, userId, at);
  await audit(tx, change, 'user.role_changed', member, { role });
}

function isOwner(role: Role): boolean {
  return role === 'owner' || role === 'co_owner';
}

interface Member {
  readonly name: string;
  readonly role: Role;
  readonly state: string;
}

/**
 * Locks in the one order that all units keep: account, directory records, person. The account's lock makes changes of
 * owners wait for each other, so that two who remove each other do not both succeed.
 */
async function lockMember(
  tx: Transaction,
  { accountId, userId }: MembershipChange,
): Promise<Member> {
  await lockAccount(tx, accountId);
  const records = tx.query
    .selectFrom('directory_users')
    .select('id')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .orderBy('id');
  await tx.dialect.forUpdate(records).execute();
  const name = await lockPerson(tx, userId);
  const membership = await tx.query
    .selectFrom('memberships')
    .select(['role', 'state'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('state', '<>', 'removed')
    .executeTakeFirst();
  if (name === undefined || membership === undefined) throw notFound('person in this account');
  return { name, ...membership };
}

async function requireAnotherOwner(tx: Transaction, accountId: string): Promise<void> {
  const owners = await tx.query
    .selectFrom('memberships')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('role', '=', 'owner')
    // The condition of the index, word for word, or SQLite would not use it.
    .where(sql<SqlBool>`role <> 'member'`)
    .limit(2)
    .execute();
  if (owners.length > 1) return;
  throw new Refusal(
    'last_owner',
    'This person is the only owner. Make someone else an owner first.',
  );
}

async function deleteGrants(tx: Transaction, accountId: string, userId: string): Promise<void> {
  for (const table of ['membership_sources', 'team_members', 'organization_members'] as const) {
    await tx.query
      .deleteFrom(table)
      .where('account_id', '=', accountId)
      .where('user_id', '=', userId)
      .execute();
  }
  await tx.query
    .updateTable('directory_users')
    .set({ link: 'removed' })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('link', '=', 'linked')
    .where('deleted_at', 'is', null)
    .execute();
}

/** What waited for the person, such as a seat, is not to happen any more. */
async function settleWaiting(tx: Transaction, accountId: string, userId: string, at: number) {
  await tx.query
    .updateTable('effects')
    .set({ state: 'undone', settled_at: at })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('settled_at', 'is', null)
    .execute();
}

/** What was asked because the person was an owner or co-owner, and is theirs no longer to decide. */
async function settleOwnerQuestions(
  tx: Transaction,
  accountId: string,
  userId: string,
  at: number,
): Promise<void> {
  await tx.query
    .updateTable('effects')
    .set({ state: 'undone', settled_at: at })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('settled_at', 'is', null)
    .where('kind', 'in', ['access_kept', 'profile_kept'])
    .where('reason', '=', 'owner')
    .execute();
}

async function audit(
  tx: Transaction,
  { accountId, userId, actor, requestId, at }: MembershipChange,
  action: AuditAction,
  { name, role, state }: Member,
  after: object,
): Promise<void> {
  await recordAudit(tx, {
    accountId,
    actor,
    action,
    subject: { kind: 'user', id: userId, name },
    before: { role: roleInWords(role), state },
    after,
    requestId,
    at,
  });
}
