import type { Transaction } from '../../database/index.ts';
import { claimSeats, releaseSeats, transferSeat } from '../licenses/index.ts';
import { addSource, setMembershipState } from '../memberships/index.ts';
import { Refusal } from '../refusal.ts';
import { takesMembersByHand } from '../teams/index.ts';
import { invitationInvalid } from './lookup.ts';

/** An invitation by hand that is locked and being accepted. */
export interface AcceptedByHand {
  readonly accountId: string;
  readonly invitationId: string;
  readonly userId: string;
  readonly organization: { readonly id: string; readonly role: 'admin' | 'member' } | null;
  readonly teamId: string | null;
  readonly at: number;
}

/**
 * Makes whoever accepted a member, with the reserved seat, and gives them their place in the organization and team where
 * those are still there. The person is locked. Throws `conflict` for somebody whom the IdP has deactivated.
 */
export async function joinByHand(tx: Transaction, accepted: AcceptedByHand): Promise<void> {
  const { accountId, invitationId, userId, at } = accepted;
  const membership = await tx.query
    .selectFrom('memberships')
    .select('state')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (membership?.state === 'deactivated') {
    throw new Refusal(
      'conflict',
      'Your company has turned you off in its identity provider. Ask whoever runs it there.',
    );
  }
  await takeSeat(tx, accepted, membership?.state === 'active');
  await setMembershipState(tx, { accountId, userId, state: 'active', at });
  await addSource(tx, { accountId, userId, kind: 'invitation', sourceId: invitationId, at });
  await takePlaces(tx, accepted);
}

async function takeSeat(
  tx: Transaction,
  { accountId, invitationId, userId, at }: AcceptedByHand,
  seated: boolean,
): Promise<void> {
  if (seated) {
    await releaseSeats(tx, accountId, 'invitation', [invitationId]);
    return;
  }
  if (await transferSeat(tx, { accountId, invitationId, userId, at })) return;
  const served = await claimSeats(tx, accountId, [{ kind: 'user', id: userId }], at);
  if (served.size === 0) throw invitationInvalid();
}

async function takePlaces(tx: Transaction, accepted: AcceptedByHand): Promise<void> {
  const { accountId, invitationId, userId, organization, teamId, at } = accepted;
  const from = { account_id: accountId, user_id: userId, source_id: invitationId, created_at: at };
  const isThere = (id: string) =>
    tx.query
      .selectFrom('organizations')
      .select('id')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst();
  if (organization !== null && (await isThere(organization.id))) {
    const { id: organization_id, role } = organization;
    await tx.query
      .insertInto('organization_members')
      .values({ ...from, organization_id, role, source_kind: 'invitation' })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
  if (teamId !== null && (await takesMembersByHand(tx, { accountId, teamId }))) {
    await tx.query
      .insertInto('team_members')
      .values({ ...from, team_id: teamId, source_kind: 'invitation' })
      .onConflict((oc) => oc.doNothing())
      .execute();
  }
}
