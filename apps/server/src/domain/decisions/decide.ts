import type { Decision } from '@rollcall/api';
import type { Transaction } from '../../database/index.ts';
import { type OpenEffect, readOpenEffect } from '../provisioning/index.ts';
import { Refusal } from '../refusal.ts';
import type { DirectoryAct } from './act.ts';
import { decideGroup } from './decide-group.ts';
import { admit, withdraw } from './decide-invitation.ts';
import { keepPerson, removePerson } from './decide-leaving.ts';
import { adoptProfile, ignoreProfile, linkRecord, refuseRecord } from './decide-record.ts';
import { decisionsFor } from './options.ts';
import { releaseUserName } from './release-user-name.ts';

/** What was decided about things that wait. */
export interface DecideAct extends DirectoryAct {
  readonly effectIds: readonly string[];
  readonly decision: Decision;
  /** With `link` of a record: whom, where there are several. */
  readonly userId?: string | undefined;
}

/** A decision about one thing that waits. */
export interface EffectAct extends DirectoryAct {
  readonly effect: OpenEffect;
  readonly decision: Decision;
  readonly userId?: string | undefined;
}

/**
 * Decides what waits, all or nothing; answers how many. Throws `not_found` for an effect of another account or directory,
 * and `conflict` where one was settled meanwhile or does not allow the decision.
 */
export async function decide(tx: Transaction, act: DecideAct): Promise<number> {
  const ids = [...new Set(act.effectIds)].sort();
  for (const effectId of ids) {
    const effect = await readOpenEffect(tx, { ...act, effectId });
    if (!decisionsFor(effect.kind, effect.reason).includes(act.decision)) {
      throw new Refusal('conflict', 'This cannot be decided so. Load the page again.');
    }
    await decideOne(tx, { ...act, effect });
  }
  return ids.length;
}

function decideOne(tx: Transaction, act: EffectAct): Promise<void> {
  const { effect, decision } = act;
  if (effect.kind === 'team_conflict') return decideGroup(tx, act);
  switch (decision) {
    case 'release':
      return releaseUserName(tx, { ...act, recordId: effect.directoryUserId ?? '' });
    case 'link':
      return linkRecord(tx, act);
    case 'invite':
      return admit(tx, act);
    case 'refuse':
      return effect.kind === 'invited' ? withdraw(tx, act) : refuseRecord(tx, act);
    case 'keep':
      return keepPerson(tx, act);
    case 'remove':
      return removePerson(tx, act);
    case 'adopt':
      return adoptProfile(tx, act);
    case 'ignore':
    case 'separate':
      return ignoreProfile(tx, act);
  }
}
