import type { Transaction } from '../../database/index.ts';
import { claimSeats, type SeatHolder, serveWaiting } from '../licenses/index.ts';
import { joinTeamsOfGroups } from '../teams/index.ts';
import { applyEffect } from './appliers.ts';
import type { UserChange } from './change.ts';
import type { Effect } from './effect.ts';
import type { Situation } from './granted.ts';
import { storeLink } from './link.ts';
import { type GrantedPerson, linkAfter, needsSeat, planPerson } from './plan.ts';
import { refuseIfRefused } from './refused.ts';
import type { Cause } from './said.ts';
import { type Person, readPerson } from './situation.ts';
import {
  effectOf,
  recordEffects,
  supersedeWaiting,
  supersedeWaitingKept,
  supersedeWaitingProfile,
} from './store.ts';

/**
 * Plans and applies everything that follows from a change of a directory user, whose row is already written in this unit.
 * Stores the effects and, where it came out otherwise than written, the record's `user_id` and `link`.
 *
 * @returns the effects, for the request log
 * @throws ProvisioningRefused where the account's rules do not allow it; the unit must be undone
 */
export async function applyUserChange(
  tx: Transaction,
  cause: Cause,
  change: UserChange,
): Promise<readonly Effect[]> {
  const record = change.after ?? change.before;
  if (record === undefined) return [];
  const { person, situation } = await readPerson(tx, cause, record, change);
  const planned = await planEffects(tx, cause, person, situation);
  if (endsWaiting(person, situation)) await supersedeWaiting(tx, cause, record.id);
  else if (asksOfProfile(person, situation)) await supersedeWaitingProfile(tx, cause, record.id);
  if (person.userId !== null && planned.some(({ kind }) => kind === 'source_added')) {
    await supersedeWaitingKept(tx, cause, person.userId);
  }
  const effects = await Promise.all(
    planned.map((effect) => applyEffect(tx, cause, person, effect)),
  );
  await Promise.all([
    storeLink(tx, cause, person, linkAfter(person.said, effects)),
    recordEffects(tx, cause, effects),
  ]);
  if (joinsTeams(person, effects)) {
    const { accountId, directoryId, at } = cause;
    await joinTeamsOfGroups(tx, { accountId, directoryId, directoryUserId: record.id, at });
  }
  if (situation.somebodyWaits && freesSeat(effects)) {
    await serveWaiting(tx, cause.accountId, cause.at);
  }
  return effects;
}

/** Claims the seat that the plan would take, then plans with what came of it. */
async function planEffects(
  tx: Transaction,
  cause: Cause,
  person: Person,
  { granted, policy }: Situation,
): Promise<readonly Effect[]> {
  const { said } = person;
  const seated =
    needsSeat(said, granted, policy) &&
    (await claimSeats(tx, cause.accountId, [holderOf(person)], cause.at)).size > 0;
  const seat = seated ? 'available' : 'none';
  const effects = planPerson(said, { ...granted, seat }, policy).map((draft) =>
    effectOf(cause, draft, {
      directoryUserId: person.record.id,
      directoryGroupId: null,
      userId: person.userId,
      teamId: null,
      subjectName: person.record.name,
    }),
  );
  await refuseIfRefused(tx, cause, effects);
  return effects;
}

function holderOf({ userId, invitationId }: Person): SeatHolder {
  return userId === null ? { kind: 'invitation', id: invitationId } : { kind: 'user', id: userId };
}

/** What waited for this record does not wait any more: the IdP has said something else since. */
function endsWaiting({ said }: Person, { granted }: Situation): boolean {
  if (said.created) return false;
  if (said.turnedActive) return true;
  const gone = said.state !== 'active';
  if (said.link === 'conflict' || said.link === 'invited') return gone || said.resolution !== null;
  if (!gone) return false;
  return granted.membership?.state === 'waiting' || (said.turnedInactive && isOwner(granted));
}

function isOwner({ membership }: GrantedPerson): boolean {
  return membership?.role === 'owner' || membership?.role === 'co_owner';
}

/** Another name or address was said of somebody who was here before. */
function asksOfProfile({ said }: Person, { granted }: Situation): boolean {
  return !said.created && granted.profile !== null;
}

function joinsTeams({ said }: Person, effects: readonly Effect[]): boolean {
  if (said.created || said.state !== 'active') return false;
  if (linkAfter(said, effects) !== 'linked') return false;
  const returns = effects.some(({ kind }) => kind === 'access_granted' || kind === 'source_added');
  return returns || said.turnedActive || said.link !== 'linked';
}

function freesSeat(effects: readonly Effect[]): boolean {
  return effects.some(({ kind }) => kind === 'access_ended' || kind === 'invitation_revoked');
}
