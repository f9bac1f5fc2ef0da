import type { Transaction } from '../../database/index.ts';
import { recordAudit } from '../audit/index.ts';
import {
  invitationInvalid,
  joinByHand,
  type LockedInvitation,
  lockInvitation,
  lockInvitationsOf,
  markAccepted,
} from '../invitations/index.ts';
import { claimSeats, releaseSeats, transferSeat } from '../licenses/index.ts';
import { addSource, lockPerson, setMembershipState } from '../memberships/index.ts';
import { Refusal } from '../refusal.ts';
import { joinTeamsOfGroups } from '../teams/index.ts';
import { readPolicy } from './policy.ts';

/** Somebody who has shown that the invited address is theirs, and who they are. */
interface Accepting {
  readonly userId: string;
  readonly requestId?: string | undefined;
  readonly at: number;
}

export interface Acceptance extends Accepting {
  readonly code: string;
}

/**
 * Makes an invited person a member: the reserved seat becomes theirs. Where a directory invited, it is the reason, and
 * its groups count from now on; an owner or co-owner stays as they are, and the record waits for a decision. Throws
 * `invitation_invalid`, and `requirements_unmet` while the account can add nobody; the invitation is spent once.
 */
export async function acceptInvitation(tx: Transaction, acceptance: Acceptance): Promise<void> {
  const invitation = await lockInvitation(tx, acceptance.code, acceptance.at);
  if (invitation === undefined) throw invitationInvalid();
  await accept(tx, invitation, acceptance);
}

/**
 * The same for somebody who came through the account's IdP, without the link: by each invitation that waits at an address
 * that they proved. Answers whether there was one. Throws as `acceptInvitation`.
 */
export async function acceptInvitationsOf(
  tx: Transaction,
  { accountId, ...accepting }: Accepting & { readonly accountId: string },
): Promise<boolean> {
  const { userId, at } = accepting;
  const waiting = await lockInvitationsOf(tx, { accountId, userId, at });
  for (const invitation of waiting) await accept(tx, invitation, accepting);
  return waiting.length > 0;
}

async function accept(
  tx: Transaction,
  invitation: LockedInvitation,
  { userId, requestId, at }: Accepting,
): Promise<void> {
  const { account_id: accountId, id } = invitation;
  const { directory_id: directoryId, directory_user_id: recordId } = invitation;
  if (directoryId !== null) await requireNoLapse(tx, directoryId, at);
  const name = (await lockPerson(tx, userId)) ?? '';
  await markAccepted(tx, { accountId, id, userId, at });
  if (directoryId === null || recordId === null)
    await joinByHand(tx, placesOf(invitation, userId, at));
  else await joinByDirectory(tx, { accountId, directoryId, recordId, userId, at }, id);
  await recordAudit(tx, {
    accountId,
    actor: { kind: 'user', id: userId, name },
    action: 'invitation.accepted',
    subject: { kind: 'user', id: userId, name },
    requestId,
    at,
  });
}

function placesOf(
  { account_id: accountId, id: invitationId, ...of }: LockedInvitation,
  userId: string,
  at: number,
) {
  const { organization_id: organizationId, organization_role: role, team_id: teamId } = of;
  const organization =
    organizationId === null || role === null ? null : { id: organizationId, role };
  return { accountId, invitationId, userId, organization, teamId, at };
}

async function joinByDirectory(tx: Transaction, joined: Joined, invitationId: string) {
  const membership = await readMembership(tx, joined);
  const owner = membership?.role === 'owner' || membership?.role === 'co_owner';
  if (owner) await leaveToOwners(tx, joined, invitationId);
  else await join(tx, joined, { invitationId, seated: membership?.seated === 1 });
}

/** While something that SCIM needs has lapsed nobody is added; the invitation stays good for later. */
async function requireNoLapse(tx: Transaction, directoryId: string, at: number): Promise<void> {
  const { lapse } = await readPolicy(tx, directoryId, at);
  if (lapse === null) return;
  throw new Refusal(
    'requirements_unmet',
    'This account can add nobody at the moment. Ask whoever invited you, and open the link again later.',
  );
}

interface Joined {
  readonly accountId: string;
  readonly directoryId: string;
  /** The directory user. */
  readonly recordId: string;
  readonly userId: string;
  readonly at: number;
}

function readMembership(tx: Transaction, { accountId, userId }: Joined) {
  return tx.query
    .selectFrom('memberships as m')
    .leftJoin('seats as s', (on) =>
      on
        .onRef('s.account_id', '=', 'm.account_id')
        .onRef('s.holder_id', '=', 'm.user_id')
        .on('s.holder_kind', '=', 'user'),
    )
    .select(['m.role', 'm.state'])
    .select((eb) => eb.case().when('s.number', 'is', null).then(0).else(1).end().as('seated'))
    .where('m.account_id', '=', accountId)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
}

async function join(
  tx: Transaction,
  joined: Joined,
  { invitationId, seated }: { invitationId: string; seated: boolean },
): Promise<void> {
  const { accountId, directoryId, recordId, userId, at } = joined;
  if (seated) await releaseSeats(tx, accountId, 'invitation', [invitationId]);
  else if (!(await transferSeat(tx, { accountId, invitationId, userId, at }))) {
    const served = await claimSeats(tx, accountId, [{ kind: 'user', id: userId }], at);
    if (served.size === 0) throw invitationInvalid();
  }
  await setMembershipState(tx, { accountId, userId, state: 'active', at });
  await addSource(tx, { accountId, userId, kind: 'directory', sourceId: directoryId, at });
  await tie(tx, joined, { user_id: userId, link: 'linked' });
  await settle(tx, joined, { state: 'applied', user_id: userId, settled_at: at });
  await joinTeamsOfGroups(tx, { accountId, directoryId, directoryUserId: recordId, at });
}

async function leaveToOwners(tx: Transaction, joined: Joined, invitationId: string): Promise<void> {
  await releaseSeats(tx, joined.accountId, 'invitation', [invitationId]);
  await tie(tx, joined, { user_id: null, link: 'conflict' });
  await settle(tx, joined, { kind: 'owner_conflict', reason: 'owner' });
}

async function tie(
  tx: Transaction,
  { directoryId, recordId }: Joined,
  columns: { user_id: string | null; link: 'linked' | 'conflict' },
): Promise<void> {
  await tx.query
    .updateTable('directory_users')
    .set(columns)
    .where('directory_id', '=', directoryId)
    .where('id', '=', recordId)
    .execute();
}

/** The effect that waited for the answer. */
async function settle(
  tx: Transaction,
  { accountId, recordId }: Joined,
  change:
    | { state: 'applied'; user_id: string; settled_at: number }
    | { kind: string; reason: string },
): Promise<void> {
  await tx.query
    .updateTable('effects')
    .set(change)
    .where('account_id', '=', accountId)
    .where('settled_at', 'is', null)
    .where('kind', '=', 'invited')
    .where('directory_user_id', '=', recordId)
    .execute();
}
