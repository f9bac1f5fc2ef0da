import type { Transaction } from '../../database/index.ts';
import { removeMember } from '../memberships/index.ts';
import { settleEffect } from '../provisioning/index.ts';
import type { EffectAct } from './decide.ts';
import { audit } from './decide-record.ts';

/** The person stays by hand, which was done meanwhile; or an inactive record keeps its userName. */
export async function keepPerson(tx: Transaction, act: EffectAct): Promise<void> {
  const named = act.effect.kind === 'user_name_conflict';
  await settleEffect(
    tx,
    { accountId: act.accountId, effectId: act.effect.id, at: act.at },
    named ? 'refused' : 'applied',
  );
  await audit(tx, act, named ? 'directory_user.name_kept' : 'user.kept');
}

/** The person leaves the account, as by *Remove user*; whoever may not do that is refused. */
export async function removePerson(tx: Transaction, act: EffectAct): Promise<void> {
  const { accountId, effect, actor, actorRole, requestId, at } = act;
  await settleEffect(tx, { accountId, effectId: effect.id, at }, 'refused');
  const userId = effect.userId ?? '';
  await removeMember(tx, { accountId, userId, actor, actorRole, requestId, at });
}
