import type { Transaction } from '../../database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { factsOf, settleEffect, textOf } from '../provisioning/index.ts';
import { Refusal } from '../refusal.ts';
import { findTeamByName } from '../teams/index.ts';
import type { EffectAct } from './decide.ts';
import { linkGroup } from './link-group.ts';

/** The team whose name a group wanted, as the conflict remembers it. */
export function wantedName(before: string | null): string {
  return textOf(factsOf(before).name);
}

/** The two teams are the same: the group fills the one that was here. Or they are not, and both stay. */
export async function decideGroup(tx: Transaction, act: EffectAct): Promise<void> {
  const { accountId, effect, decision, actor, requestId, at } = act;
  const groupId = effect.directoryGroupId ?? '';
  if (decision === 'link') {
    const team = await findTeamByName(tx, accountId, wantedName(effect.before));
    if (team === undefined) {
      throw new Refusal('conflict', 'The other team is gone. Choose a team under Groups.');
    }
    await linkGroup(tx, { ...act, groupId, choice: { teamId: team.id } });
    return;
  }
  await settleEffect(tx, { accountId, effectId: effect.id, at }, 'refused');
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'team.kept_apart',
    subject: { kind: 'directory_group', id: groupId, name: effect.subjectName ?? '' },
    requestId,
    at,
  });
}
