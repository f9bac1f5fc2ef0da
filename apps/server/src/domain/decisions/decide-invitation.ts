import type { Transaction } from '../../database/index.ts';
import { revokeInvitation } from '../invitations/index.ts';
import { releaseSeats, serveWaiting } from '../licenses/index.ts';
import { admitInvitation, requireGrowth, settleEffect } from '../provisioning/index.ts';
import type { EffectAct } from './decide.ts';
import { audit, leaveOut, lockRecord } from './decide-record.ts';

/** Sends an invitation that waited for another day. Throws `seats_exhausted` where none is free. */
export async function admit(tx: Transaction, act: EffectAct): Promise<void> {
  const { accountId, directoryId, effect, at } = act;
  await requireGrowth(tx, directoryId, at);
  await lockRecord(tx, act);
  await admitInvitation(tx, { accountId, directoryId, effectId: effect.id, at });
  await audit(tx, act, 'invitation.let_out');
}

/** Ends an invitation; its seat goes to who waits. The record grants nothing until the IdP says something else. */
export async function withdraw(tx: Transaction, act: EffectAct): Promise<void> {
  const { accountId, directoryId, effect, at } = act;
  const { id: recordId } = await lockRecord(tx, act);
  await settleEffect(tx, { accountId, effectId: effect.id, at }, 'refused');
  const ids = await revokeInvitation(tx, { directoryId, directoryUserId: recordId });
  if (ids.length > 0) await releaseSeats(tx, accountId, 'invitation', ids);
  await leaveOut(tx, directoryId, recordId);
  await audit(tx, act, 'directory_user.refused');
  await serveWaiting(tx, accountId, at);
}
