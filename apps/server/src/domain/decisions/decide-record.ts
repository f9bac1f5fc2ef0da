import type { Transaction } from '../../database/index.ts';
import { requirePermission } from '../accounts/index.ts';
import { type AuditAction, recordAudit } from '../audit/index.ts';
import { documentOf, lockUser, type StoredUser, saidByRecord } from '../directory-users/index.ts';
import {
  applyUserChange,
  type Cause,
  requireGrowth,
  settleEffect,
  type UserChange,
} from '../provisioning/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { readCandidates } from './candidates.ts';
import type { EffectAct } from './decide.ts';

/**
 * The record is that person: it is tied to them, and gives what a record gives. Throws `conflict` for somebody who is not
 * among whom it can be.
 */
export async function linkRecord(tx: Transaction, act: EffectAct): Promise<void> {
  await requireGrowth(tx, act.directoryId, act.at);
  const record = await lockRecord(tx, act);
  const { accountId, directoryId, effect } = act;
  const waiting = { accountId, directoryId, recordId: record.id, userId: effect.userId };
  const candidates = await readCandidates(tx, waiting);
  const userId = act.userId ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (userId === undefined || !candidates.includes(userId)) {
    throw new Refusal('conflict', 'Choose one of the people whom this record can be.');
  }
  await settle(tx, act, 'applied');
  await applyDecided(tx, act, record, { userId, what: 'link' });
  await audit(tx, act, 'directory_user.linked', { userId });
}

/** Nothing is granted, until the IdP says other addresses or activates the record anew. */
export async function refuseRecord(tx: Transaction, act: EffectAct): Promise<void> {
  const record = await lockRecord(tx, act);
  await settle(tx, act, 'refused');
  await leaveOut(tx, act.directoryId, record.id);
  await audit(tx, act, 'directory_user.refused');
}

/** An owner's name and addresses follow the IdP this once. Whoever changes them could sign in as them: only owners may. */
export async function adoptProfile(tx: Transaction, act: EffectAct): Promise<void> {
  requirePermission(act.actorRole, 'manage_roles');
  const record = await lockRecord(tx, act);
  const { userId } = act.effect;
  if (userId === null || record.user_id !== userId) {
    throw new Refusal('conflict', 'The record is linked to nobody any more.');
  }
  await settle(tx, act, 'applied');
  await applyDecided(tx, act, record, { userId, what: 'profile' });
  await audit(tx, act, 'user.profile_adopted');
}

/** Name and addresses stay as they are here. */
export async function ignoreProfile(tx: Transaction, act: EffectAct): Promise<void> {
  await settle(tx, act, 'refused');
  await audit(tx, act, 'user.profile_kept');
}

/** A record that an owner left out is nobody's. */
export async function leaveOut(tx: Transaction, directoryId: string, id: string): Promise<void> {
  await tx.query
    .updateTable('directory_users')
    .set({ user_id: null, link: 'removed' })
    .where('directory_id', '=', directoryId)
    .where('id', '=', id)
    .execute();
}

/** Locks the record before its person, as every unit does. Throws `not_found` where it is gone. */
export async function lockRecord(
  tx: Transaction,
  { directoryId, effect }: EffectAct,
): Promise<StoredUser> {
  const record = await lockUser(tx, directoryId, effect.directoryUserId ?? '');
  if (record === undefined) throw notFound('person in this directory');
  return record;
}

function settle(tx: Transaction, act: EffectAct, state: 'applied' | 'refused'): Promise<void> {
  return settleEffect(tx, { accountId: act.accountId, effectId: act.effect.id, at: act.at }, state);
}

async function applyDecided(
  tx: Transaction,
  act: EffectAct,
  record: StoredUser,
  decided: NonNullable<UserChange['decided']>,
): Promise<void> {
  const said = saidByRecord(record, documentOf(record));
  await applyUserChange(tx, await causeOf(tx, act), { before: said, after: said, decided });
}

/** What follows stands beside the request that asked. */
async function causeOf(
  tx: Transaction,
  { accountId, directoryId, effect, at }: EffectAct,
): Promise<Cause> {
  const { name, provider } = await tx.query
    .selectFrom('directories')
    .select(['name', 'provider'])
    .where('account_id', '=', accountId)
    .where('id', '=', directoryId)
    .executeTakeFirstOrThrow();
  return { accountId, directoryId, requestId: effect.requestId, provider, actorName: name, at };
}

/** Writes down a decision, about the record or about its person. */
export async function audit(
  tx: Transaction,
  act: EffectAct,
  action: AuditAction,
  after?: object,
): Promise<void> {
  const { accountId, actor, requestId, at, effect } = act;
  const name = effect.subjectName ?? '';
  const ofPerson = action.startsWith('user.');
  const id = (ofPerson ? effect.userId : effect.directoryUserId) ?? '';
  const subject = { kind: ofPerson ? 'user' : 'directory_user', id, name };
  await recordAudit(tx, { accountId, actor, action, subject, after, requestId, at });
}
