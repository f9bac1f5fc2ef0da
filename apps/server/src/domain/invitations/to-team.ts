import type { Transaction } from '../../database/index.ts';
import { addMember } from '../teams/index.ts';
import { foldAddress } from '../users/index.ts';
import { type InvitationChange, inviteByHand } from './by-hand.ts';

/** Somebody whom an owner wants in a team, by an address. */
export interface TeamInvitee extends InvitationChange {
  readonly teamId: string;
  readonly address: string;
}

/**
 * Brings somebody into a team: whoever is in the account already is added at once, and anybody else is invited to the
 * account and the team. Throws as `inviteByHand` and `addMember` do.
 */
export async function inviteToTeam(
  tx: Transaction,
  invitee: TeamInvitee,
): Promise<'added' | 'invited'> {
  const { accountId } = invitee;
  const address = invitee.address.trim();
  const userId = await findMember(tx, accountId, address);
  if (userId !== undefined) {
    await addMember(tx, { ...invitee, userId });
    return 'added';
  }
  await inviteByHand(tx, { ...invitee, address, organization: null });
  return 'invited';
}

/** The person of the account who proved an address, and has access or waits for it. */
async function findMember(
  tx: Transaction,
  accountId: string,
  address: string,
): Promise<string | undefined> {
  const member = await tx.query
    .selectFrom('user_emails as e')
    .innerJoin('memberships as m', 'm.user_id', 'e.user_id')
    .select('m.user_id')
    .where('e.address_folded', '=', foldAddress(address))
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .where('m.account_id', '=', accountId)
    .where('m.state', 'in', ['active', 'waiting'])
    .executeTakeFirst();
  return member?.user_id;
}
