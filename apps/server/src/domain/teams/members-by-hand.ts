import type { Transaction } from '../../database/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { audit, type TeamAct } from './edit-team.ts';
import { lockTeamState } from './team-state.ts';

/** A change of one member by hand. */
export interface MemberAct extends TeamAct {
  readonly userId: string;
}

/**
 * Adds a person of the account to a team. Throws `not_found`, and `conflict` where the identity provider decides alone, or
 * for somebody who has no access.
 */
export async function addMember(tx: Transaction, act: MemberAct): Promise<void> {
  const { accountId, teamId, userId, at } = act;
  const team = await lockTeamState(tx, act);
  if (team.linked && team.idpDecidesAlone) throw decidedByIdp();
  const { name, state } = await readMember(tx, accountId, userId);
  if (state !== 'active' && state !== 'waiting') {
    throw new Refusal('conflict', `${name} has no access to this account now.`);
  }
  const { numInsertedOrUpdatedRows } = await tx.query
    .insertInto('team_members')
    .values({
      account_id: accountId,
      team_id: teamId,
      user_id: userId,
      source_kind: 'manual',
      source_id: '',
      created_at: at,
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) return;
  await audit(tx, act, 'team.member_added', team.name, undefined, { id: userId, name });
}

/** The refusal of members by hand in a team that a group alone fills. */
export function decidedByIdp(): Refusal {
  return new Refusal(
    'conflict',
    'In this team the identity provider decides alone. Add the person to its group there.',
  );
}

/**
 * Takes a person out of a team who is in it by hand. Throws `not_found`, and `conflict` for somebody whom a group puts
 * there and nothing else.
 */
export async function removeMemberByHand(tx: Transaction, act: MemberAct): Promise<void> {
  const { accountId, teamId, userId } = act;
  const team = await lockTeamState(tx, act);
  const { name } = await readMember(tx, accountId, userId);
  const { numDeletedRows } = await tx.query
    .deleteFrom('team_members')
    .where('account_id', '=', accountId)
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .where('source_kind', '<>', 'directory')
    .executeTakeFirstOrThrow();
  if (numDeletedRows > 0n) {
    await audit(tx, act, 'team.member_removed', team.name, { id: userId, name }, undefined);
    return;
  }
  const byGroup = await tx.query
    .selectFrom('team_members')
    .select('user_id')
    .where('account_id', '=', accountId)
    .where('team_id', '=', teamId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  if (byGroup === undefined) throw notFound('member of this team');
  throw new Refusal(
    'conflict',
    `A group of your identity provider puts ${name} into this team. Remove them from the group there.`,
  );
}

async function readMember(tx: Transaction, accountId: string, userId: string) {
  const row = await tx.query
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.name', 'm.state'])
    .where('m.account_id', '=', accountId)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
  if (row === undefined) throw notFound('person in this account');
  return row;
}
