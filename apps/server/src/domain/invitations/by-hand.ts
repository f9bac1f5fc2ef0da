import type { Transaction } from '../../database/index.ts';
import { day, minute } from '../../duration.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { claimSeats, releaseSeats, serveWaiting } from '../licenses/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { decidedByIdp, takesMembersByHand } from '../teams/index.ts';
import { foldAddress, requireEmailAddress } from '../users/index.ts';
import { requireInvitable } from './rules.ts';

/** How long somebody has to accept; then the seat is free again. */
const LIFE = 30 * day;

/** The same person is not mailed again before. */
const RESEND_PAUSE = 5 * minute;

export interface InvitationChange {
  readonly accountId: string;
  readonly actor: Actor;
  readonly requestId?: string | undefined;
  readonly at: number;
}

/** An invitation, and what it opens besides the account. */
export interface NewInvitationByHand extends InvitationChange {
  readonly address: string;
  readonly organization: { readonly id: string; readonly role: 'admin' | 'member' } | null;
  readonly teamId: string | null;
}

/**
 * Invites somebody and reserves a seat; a job makes the code and mails it. Returns the id. Throws `email_invalid`,
 * `not_found` for the organization or team, `invite_not_allowed`, `conflict` for a member or an address that is invited
 * already, or where the IdP decides alone who is in the team, and `seats_exhausted`.
 */
export async function inviteByHand(tx: Transaction, invite: NewInvitationByHand): Promise<string> {
  const { accountId, organization, at } = invite;
  const address = invite.address.trim();
  requireEmailAddress(address);
  await requirePlace(tx, invite);
  await requireInvitable(tx, { accountId, organizationId: organization?.id ?? null, address });
  await requireStranger(tx, accountId, address);
  const id = await insert(tx, { ...invite, address });
  const seated = await claimSeats(tx, accountId, [{ kind: 'invitation', id }], at);
  if (seated.size === 0) {
    const text = 'No license is free for another person. Free one under Licenses, or add seats.';
    throw new Refusal('seats_exhausted', text);
  }
  await audit(tx, invite, 'invitation.created', { id, address });
  return id;
}

async function requirePlace(
  tx: Transaction,
  { accountId, organization, teamId }: NewInvitationByHand,
): Promise<void> {
  for (const [table, id, what] of [
    ['organizations', organization?.id, 'organization'],
    ['teams', teamId, 'team'],
  ] as const) {
    if (!id) continue;
    const found = await tx.query
      .selectFrom(table)
      .select('id')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (found === undefined) throw notFound(what);
  }
  if (teamId !== null && !(await takesMembersByHand(tx, { accountId, teamId }))) {
    throw decidedByIdp();
  }
}

/** Who is in the account is added to organizations and teams there, at once and without a mail. */
async function requireStranger(tx: Transaction, accountId: string, address: string): Promise<void> {
  const member = await tx.query
    .selectFrom('user_emails as e')
    .innerJoin('memberships as m', 'm.user_id', 'e.user_id')
    .select('m.state')
    .where('e.address_folded', '=', foldAddress(address))
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .where('m.account_id', '=', accountId)
    .where('m.state', '<>', 'removed')
    .executeTakeFirst();
  if (member === undefined) return;
  const text =
    member.state === 'active'
      ? `${address} is in this account already, and can be added without an invitation.`
      : `${address} is in this account and has no access now: see Licenses for the reason.`;
  throw new Refusal('conflict', text);
}

async function insert(tx: Transaction, invite: NewInvitationByHand): Promise<string> {
  const { accountId, address, organization, teamId, actor, at } = invite;
  const id = newId(at);
  const inserted = await tx.query
    .insertInto('invitations')
    .values({
      account_id: accountId,
      id,
      digest: null,
      address,
      address_folded: foldAddress(address),
      role: 'member',
      state: 'pending',
      directory_id: null,
      directory_user_id: null,
      invited_by: actor.kind === 'user' ? actor.id : null,
      created_at: at,
      sent_at: at,
      expires_at: at + LIFE,
      accepted_at: null,
      accepted_by: null,
      organization_id: organization?.id ?? null,
      organization_role: organization?.role ?? null,
      team_id: teamId,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted !== undefined) return id;
  throw new Refusal('conflict', `${address} is invited already. Resend that invitation instead.`);
}

/** Which invitation; `organizationId` keeps whoever manages one organization to its own. */
export interface InvitationOf extends InvitationChange {
  readonly invitationId: string;
  readonly organizationId?: string | undefined;
}

/** Ends the link of an open invitation; a job makes another and mails it. Throws `not_found`, and `too_many_requests` too soon. */
export async function resendInvitation(tx: Transaction, which: InvitationOf): Promise<void> {
  const { accountId, invitationId, at } = which;
  const { address, sent_at } = await lockByHand(tx, which);
  const wait = (sent_at ?? 0) + RESEND_PAUSE - at;
  if (wait > 0) {
    const text = `${address} was mailed a moment ago. Wait five minutes before you send it again.`;
    throw new Refusal('too_many_requests', text, { retryAfter: Math.ceil(wait / 1000) });
  }
  await tx.query
    .updateTable('invitations')
    .set({ digest: null, sent_at: at, expires_at: at + LIFE })
    .where('account_id', '=', accountId)
    .where('id', '=', invitationId)
    .execute();
  await audit(tx, which, 'invitation.resent', { id: invitationId, address });
}

/** Takes an open invitation back, and its seat. Throws `not_found`. */
export async function withdrawInvitation(tx: Transaction, which: InvitationOf): Promise<void> {
  const { accountId, invitationId, at } = which;
  const { address } = await lockByHand(tx, which);
  await endByHand(tx, { accountId, id: invitationId, state: 'revoked', at });
  await audit(tx, which, 'invitation.revoked', { id: invitationId, address });
}

async function lockByHand(
  tx: Transaction,
  { accountId, invitationId, organizationId }: InvitationOf,
) {
  let query = tx.query
    .selectFrom('invitations')
    .select(['address', 'sent_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', invitationId)
    .where('state', '=', 'pending')
    .where('directory_user_id', 'is', null);
  if (organizationId !== undefined) query = query.where('organization_id', '=', organizationId);
  const invitation = await tx.dialect.forUpdate(query).executeTakeFirst();
  if (invitation === undefined) throw notFound('open invitation');
  return invitation;
}

/** Ends an invitation that nobody accepted; its seat goes to who waits. */
export async function endByHand(
  tx: Transaction,
  end: { accountId: string; id: string; state: 'revoked' | 'expired'; at: number },
): Promise<void> {
  const { accountId, id, state, at } = end;
  await tx.query
    .updateTable('invitations')
    .set({ state, digest: null })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute();
  await releaseSeats(tx, accountId, 'invitation', [id]);
  await serveWaiting(tx, accountId, at);
}

/** Records what happened to an invitation. */
export async function audit(
  tx: Transaction,
  { accountId, actor, requestId, at }: InvitationChange,
  action: `invitation.${'created' | 'resent' | 'revoked' | 'expired'}`,
  { id, address }: { readonly id: string; readonly address: string },
): Promise<void> {
  const subject = { kind: 'invitation', id, name: address };
  await recordAudit(tx, { accountId, actor, action, subject, requestId, at });
}
