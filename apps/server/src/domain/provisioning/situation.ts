import { fold } from '@rollcall/scim';
import type { Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { inviteObjection } from '../invitations/index.ts';
import { forgetAddresses, insertAddresses } from './addresses.ts';
import type { UserChange } from './change.ts';
import {
  countInvitedToday,
  nothingGranted,
  readGrantedProfile,
  readSituation,
  type Situation,
} from './granted.ts';
import { type Match, matchAnew, matchUser } from './match.ts';
import type { Resolution, SaidPerson } from './plan.ts';
import type { Cause, LinkedUserSaid } from './said.ts';

/** One person of one directory, as a change of theirs is planned. */
export interface Person {
  readonly record: LinkedUserSaid;
  readonly said: SaidPerson;
  /** Whom it is about; null for an outsider, or where nobody is tied to the record. */
  readonly userId: string | null;
  /** Id of the invitation that this change may make. */
  readonly invitationId: string;
}

/** Reads everything that the plan for one changed record depends on, under the lock of its person. */
export async function readPerson(
  tx: Transaction,
  cause: Cause,
  record: LinkedUserSaid,
  change: UserChange,
): Promise<{ person: Person; situation: Situation }> {
  const match = await decideMatch(tx, cause, record, change);
  const resolution = match === undefined || isOwnLink(change, match) ? null : match.resolution;
  const userId = resolution === null ? record.userId : personOf(resolution);
  const said = saidPerson(record, change, resolution, match?.provedAddresses ?? []);
  const person = { record, said, userId, invitationId: newId(cause.at) };
  const situation = await readFacts(tx, cause, person, match);
  return { person, situation };
}

/**
 * Who the record is: by the match that came with it, or asked anew where it became active or says other addresses.
 * Whether a new person is really new, the unique index of proved addresses decides: another unit may have been first.
 */
async function decideMatch(
  tx: Transaction,
  cause: Cause,
  record: LinkedUserSaid,
  change: UserChange,
): Promise<Match | undefined> {
  if (change.decided !== undefined) return decidedMatch(tx, cause, record, change.decided.userId);
  if (change.after?.active !== true) return change.match;
  if (change.match === undefined && !saysNews(change.before, change.after)) return undefined;
  const match = change.match ?? (await matchUser(tx, cause, record));
  if (match.resolution.kind !== 'new') return match;
  const { provedAddresses } = match;
  const { userId } = match.resolution;
  const theirs = await insertAddresses(tx, cause, userId, provedAddresses);
  if (theirs.length === provedAddresses.length) return match;
  await forgetAddresses(tx, userId);
  const again = await matchAnew(tx, cause, record);
  return again.resolution.kind === 'new' ? { ...again, resolution: { kind: 'two_people' } } : again;
}

/** Whom an owner named, with the addresses that the account's domains prove now. */
async function decidedMatch(
  tx: Transaction,
  cause: Cause,
  record: LinkedUserSaid,
  userId: string,
): Promise<Match> {
  const match = await matchUser(tx, cause, record);
  return { ...match, resolution: { kind: 'person', userId, by: 'decision', proved: true } };
}

function saysNews(before: LinkedUserSaid | undefined, after: LinkedUserSaid): boolean {
  if (before === undefined || !before.active) return true;
  // Turning SCIM off ended the invitation: nobody is asked, and the record is nobody's.
  if (before.link === 'none') return true;
  if (addressKey(before) !== addressKey(after)) return true;
  return after.link === 'linked' && before.name !== after.name;
}

function addressKey({ userName, emails }: LinkedUserSaid): string {
  return fold((emails.length === 0 ? [userName] : emails).join('\n'));
}

/** The record was tied to that person before: there is nobody to link. */
function isOwnLink({ before }: UserChange, { resolution }: Match): boolean {
  return resolution.kind === 'person' && before?.userId === resolution.userId;
}

function personOf(resolution: Resolution): string | null {
  return 'userId' in resolution ? resolution.userId : null;
}

function saidPerson(
  record: LinkedUserSaid,
  { before, after, decided }: UserChange,
  resolution: Resolution | null,
  provedAddresses: readonly string[],
): SaidPerson {
  const active = after?.active === true;
  return {
    state: after === undefined ? 'deleted' : active ? 'active' : 'inactive',
    created: before === undefined,
    turnedActive: active && before?.active !== true,
    turnedInactive: !active && before?.active === true,
    link: before?.link ?? record.link,
    resolution,
    name: record.name,
    provedAddresses,
    decided: decided?.what,
  };
}

async function readFacts(
  tx: Transaction,
  cause: Cause,
  { record, said, userId }: Person,
  match: Match | undefined,
): Promise<Situation> {
  const stranger = said.created && match !== undefined && said.resolution?.kind !== 'person';
  // Sent together: the profile is read under the lock that comes first.
  const [situation, profile] = await Promise.all([
    stranger
      ? { granted: nothingGranted, policy: match.policy, somebodyWaits: false }
      : readSituation(tx, cause, record.id, userId),
    readProfile(tx, cause, said, match === undefined ? null : userId),
  ]);
  const { granted } = situation;
  if (said.resolution?.kind === 'outsider') {
    const invitedToday = await countInvitedToday(tx, cause);
    const { address } = said.resolution;
    const invitee = { accountId: cause.accountId, organizationId: null, address };
    const invitable = (await inviteObjection(tx, invitee)) === null;
    return { ...situation, granted: { ...granted, invitedToday, invitable } };
  }
  return profile === undefined ? situation : { ...situation, granted: { ...granted, profile } };
}

/** What is granted of name and addresses; undefined where nothing was said of them, or nobody has them yet. */
async function readProfile(
  tx: Transaction,
  cause: Cause,
  { resolution, provedAddresses: addresses }: SaidPerson,
  userId: string | null,
): Promise<Situation['granted']['profile'] | undefined> {
  if (userId === null || resolution?.kind === 'outsider' || resolution?.kind === 'new') {
    return undefined;
  }
  const claimed = resolution?.kind === 'person' && !resolution.proved;
  return readGrantedProfile(tx, cause, userId, { addresses, claimed });
}
