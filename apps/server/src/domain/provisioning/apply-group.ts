import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import {
  deleteTeam,
  insertDirectoryTeam,
  joinTeamOfGroup,
  leaveToIdpAlone,
  linkDirectoryTeam,
  releaseTeam,
  renameTeam,
} from '../teams/index.ts';
import type { Effect, EffectDraft, EffectKind } from './effect.ts';
import { readTeam, type TeamSituation } from './granted-team.ts';
import { changeTeamMembers, type MemberChange } from './group-members.ts';
import { planGroup, type SaidGroup } from './plan-group.ts';
import { refuseIfRefused } from './refused.ts';
import type { Cause, LinkedGroupSaid } from './said.ts';
import { effectOf, recordEffects, supersedeWaitingOfGroup } from './store.ts';

/** What became of a directory group. */
export interface GroupChange extends MemberChange {
  /** Undefined: the group is new. */
  readonly before?: LinkedGroupSaid | undefined;
  /** Undefined: the group was deleted. */
  readonly after?: LinkedGroupSaid | undefined;
}

/** How often a name is chosen that another unit takes at the same moment: once for each of them at most. */
const ATTEMPTS = 100;

/**
 * Plans and applies everything that follows from a change of a directory group, whose rows are already written in this
 * unit: its team, the team's members, and `directory_groups.team_id`. The number of statements does not depend on the
 * size of the group.
 *
 * @returns the effects, for the request log, and the team that the group is linked to now
 * @throws ProvisioningRefused where the account's rules do not allow it; the unit must be undone
 */
export async function applyGroupChange(
  tx: Transaction,
  cause: Cause,
  change: GroupChange,
): Promise<{ effects: readonly Effect[]; teamId: string | null }> {
  const group = change.after ?? change.before;
  if (group === undefined) return { effects: [], teamId: null };
  const said = saidGroup(group, change);
  const { team, drafts } = await settleTeam(tx, cause, group, said);
  if (team === null) return { effects: [], teamId: null };
  const members = await changeTeamMembers(tx, cause, team, change);
  await finishTeam(tx, cause, team, drafts);
  if (endsConflict(drafts)) await supersedeWaitingOfGroup(tx, cause, group.id);
  const effects = [...drafts.map((draft) => teamEffect(cause, team, draft)), ...members];
  await recordEffects(tx, cause, effects);
  return { effects, teamId: said.deleted ? null : team.teamId };
}

function saidGroup(group: LinkedGroupSaid, { before, after, added }: GroupChange): SaidGroup {
  return {
    name: group.displayName,
    formerName: before?.displayName ?? null,
    deleted: after === undefined,
    grows: added.length > 0,
  };
}

interface Team {
  readonly groupId: string;
  readonly teamId: string;
  readonly teamName: string;
}

interface Settled {
  readonly team: Team | null;
  readonly drafts: readonly EffectDraft[];
}

/** Makes, links or renames the team. Where another unit took its name first, looks and plans again. */
async function settleTeam(
  tx: Transaction,
  cause: Cause,
  group: LinkedGroupSaid,
  said: SaidGroup,
): Promise<Settled> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const situation = await readTeam(tx, cause, group, said);
    const drafts = planGroup(said, situation.granted, situation.policy);
    const planned = drafts.map((draft) => groupEffect(cause, group, draft));
    await refuseIfRefused(tx, cause, planned);
    const team = await applyTeam(tx, cause, group, situation, drafts);
    if (team !== undefined) return { team, drafts };
  }
  throw new RangeError(`no free team name for the group ${group.displayName}`);
}

function has(drafts: readonly EffectDraft[], kind: EffectKind): boolean {
  return drafts.some((draft) => draft.kind === kind);
}

/** A question about the team's name is settled when it gets another, or goes. */
function endsConflict(drafts: readonly EffectDraft[]): boolean {
  const kinds = ['team_renamed', 'team_deleted', 'team_released', 'team_linked'] as const;
  return kinds.some((kind) => has(drafts, kind));
}

/** The team as it is now; null where there is none, undefined where another unit was first. */
async function applyTeam(
  tx: Transaction,
  cause: Cause,
  group: LinkedGroupSaid,
  { granted, teamId: known }: TeamSituation,
  drafts: readonly EffectDraft[],
): Promise<Team | null | undefined> {
  const { accountId, directoryId, at } = cause;
  const created = has(drafts, 'team_created');
  const linked = has(drafts, 'team_linked');
  const teamId = created ? newId(at) : known;
  if (teamId === null) return null;
  const key = { accountId, teamId, directoryId, groupId: group.id };
  const { freeName, linkable } = granted;
  if (created && !(await insertDirectoryTeam(tx, { ...key, name: freeName, at }))) return undefined;
  const mayHold = linkable?.by === 'former_link';
  if (linked && !(await linkDirectoryTeam(tx, { ...key, mayHold }))) return undefined;
  if (created || linked) await storeTeam(tx, cause, group, teamId);
  if (has(drafts, 'team_renamed')) {
    const names = { from: granted.team?.name ?? '', to: freeName };
    if (!(await renameTeam(tx, { accountId, teamId, ...names, at }))) return undefined;
  }
  return { groupId: group.id, teamId, teamName: linkable?.name ?? freeName };
}

/** What needs the members to have moved first. */
async function finishTeam(
  tx: Transaction,
  cause: Cause,
  { groupId, teamId }: Team,
  drafts: readonly EffectDraft[],
): Promise<void> {
  const { accountId, directoryId, at } = cause;
  if (has(drafts, 'team_linked')) {
    await joinTeamOfGroup(tx, { accountId, directoryId, groupId, teamId, at });
    await leaveToIdpAlone(tx, { accountId, teamId });
  }
  if (has(drafts, 'team_deleted')) await deleteTeam(tx, { accountId, teamId });
  if (has(drafts, 'team_released')) await releaseTeam(tx, { accountId, teamId });
}

type Column = { directoryId: string; id: string; teamId: string };

const updateGroup = statement('provisioning.group_team', (db, p: Placeholders<Column>) =>
  db
    .updateTable('directory_groups')
    .set({ team_id: p.teamId })
    .where('directory_id', '=', p.directoryId)
    .where('id', '=', p.id),
);

async function storeTeam(
  tx: Transaction,
  { directoryId }: Cause,
  { id, teamId: stored }: LinkedGroupSaid,
  teamId: string,
): Promise<void> {
  if (stored !== teamId) tx.send(updateGroup, { directoryId, id, teamId });
}

function teamEffect(cause: Cause, { groupId, teamId, teamName }: Team, draft: EffectDraft): Effect {
  return effectOf(cause, draft, {
    directoryUserId: null,
    directoryGroupId: groupId,
    userId: null,
    teamId,
    subjectName: teamName,
  });
}

function groupEffect(cause: Cause, group: LinkedGroupSaid, draft: EffectDraft): Effect {
  const team = { groupId: group.id, teamId: group.teamId ?? '', teamName: group.displayName };
  return { ...teamEffect(cause, team, draft), teamId: group.teamId };
}
