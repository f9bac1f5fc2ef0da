import type { Transaction } from '../../database/index.ts';
import { removeMember } from '../memberships/index.ts';
import { settleEffect } from '../provisioning/index.ts';
import type { EffectAct } from './decide.ts';
import { audit } from './decide-record.ts';

/** The person stays by hand: that is what was done meanwhile. */
export async function keepPerson(tx: Transaction, act: EffectAct): Promise<void> {
  await settleEffect(
    tx,
    { accountId: act.accountId, effectId: act.effect.id, at: act.at },
    'applied',
  );
  await audit(tx, act, 'user.kept');
}

/** The person leaves the account, as by *Remove user*; whoever may not do that is refused. */
export async function removePerson(tx: Transaction, act: EffectAct): Promise<void> {
  const { accountId, effect, actor, actorRole, requestId, at } = act;
  await settleEffect(tx, { accountId, effectId: effect.id, at }, 'refused');
  const userId = effect.userId ?? '';
  await removeMember(tx, { accountId, userId, actor, actorRole, requestId, at });
}
