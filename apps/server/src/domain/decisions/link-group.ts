import type { TeamImpact } from '@rollcall/api';
import type { Reader, Transaction } from '../../database/index.ts';
import { recordAudit } from '../audit/index.ts';
import { lockMemberRecords, requireGrowth, settleGroupQuestions } from '../provisioning/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import {
  carryOut,
  lockTeamState,
  measureImpact,
  planLink,
  planUnlink,
  readTeamState,
  summarize,
  type TeamState,
} from '../teams/index.ts';
import type { DirectoryAct } from './act.ts';

/** The team that is to follow a group: one that is here, or a new one of this name. */
export type TeamChoice = { readonly teamId: string } | { readonly name: string };

interface GroupKey {
  readonly accountId: string;
  readonly directoryId: string;
  readonly groupId: string;
}

/** What linking the group would do now. Throws as `linkGroup` does. */
export async function previewLink(
  reader: Reader,
  { choice, at, ...key }: GroupKey & { readonly choice: TeamChoice; readonly at: number },
): Promise<TeamImpact> {
  await requireGroup(reader, key);
  await requireGrowth(reader, key.directoryId, at);
  const teams = await teamsOf(reader, key, choice);
  return impactOf(reader, key, planLink(teams.current, teams.target), true);
}

/**
 * Lets another team follow a group; answers it. The team before gives up the people of the group, and goes if nothing else
 * holds it. Members by hand stay, unless the IdP decides alone in the new team. Throws `not_found`, and `conflict` where
 * another group fills the team or the name is taken.
 */
export async function linkGroup(
  tx: Transaction,
  act: DirectoryAct & { readonly groupId: string; readonly choice: TeamChoice },
): Promise<{ id: string; name: string }> {
  const group = await lockGroupRow(tx, act);
  await requireGrowth(tx, act.directoryId, act.at);
  const { current, target } = await lockTeams(tx, act, await teamsOf(tx, act, act.choice));
  await lockMemberRecords(tx, act.directoryId, act.groupId);
  const { accountId, directoryId, groupId, at } = act;
  const plans = planLink(current, target);
  const linked = { directoryId, id: groupId };
  const id = (await carryOut(tx, { accountId, plans, group: linked, at })) ?? '';
  await chooseTeam(tx, act, { team_id: id, team_choice: 'auto' });
  await settleGroupQuestions(tx, act, 'applied');
  const team = { id, name: target.name };
  await audit(tx, act, 'directory_group.linked', group.label, reference(current), team);
  return team;
}

/** What `unlinkGroup` would do now. */
export async function previewUnlink(reader: Reader, key: GroupKey): Promise<TeamImpact> {
  await requireGroup(reader, key);
  return impactOf(reader, key, planUnlink(await requireTeam(reader, key)), false);
}

/** Cuts a group from its team, which stays with everybody in it. What the IdP says of the group grants nothing from now on. */
export async function unlinkGroup(
  tx: Transaction,
  act: DirectoryAct & { readonly groupId: string },
): Promise<void> {
  const group = await lockGroupRow(tx, act);
  const { id: teamId } = await requireTeam(tx, act);
  const team = await lockTeamState(tx, { accountId: act.accountId, teamId });
  await lockMemberRecords(tx, act.directoryId, act.groupId);
  await carryOut(tx, { accountId: act.accountId, plans: planUnlink(team), at: act.at });
  await chooseTeam(tx, act, { team_id: null, team_choice: 'none' });
  await settleGroupQuestions(tx, act, 'undone');
  await audit(tx, act, 'directory_group.unlinked', group.label, reference(team), undefined);
}

async function impactOf(
  reader: Reader,
  { accountId, directoryId, groupId }: GroupKey,
  plans: ReturnType<typeof planLink>,
  links: boolean,
): Promise<TeamImpact> {
  const group = links ? { directoryId, id: groupId } : undefined;
  const measured = await measureImpact(reader, { accountId, plans, group });
  const { gains, loses } = measured;
  return { summary: summarize(plans, measured), gains, loses };
}

interface Teams {
  readonly current: TeamState | null;
  readonly target: TeamState | { readonly name: string };
}

/** Locks the teams in the order of their ids, and reads them again. */
async function lockTeams(tx: Transaction, key: GroupKey, found: Teams): Promise<Teams> {
  const { accountId } = key;
  const ids = [found.current?.id, 'id' in found.target ? found.target.id : undefined];
  const states = new Map<string, TeamState>();
  for (const teamId of ids.filter((id) => id !== undefined).sort()) {
    states.set(teamId, await lockTeamState(tx, { accountId, teamId }));
  }
  const current = found.current === null ? null : (states.get(found.current.id) ?? null);
  if (!('id' in found.target)) return { current, target: found.target };
  const target = states.get(found.target.id) ?? found.target;
  refuseFilled(current, target);
  return { current, target };
}

async function teamsOf(reader: Reader, key: GroupKey, choice: TeamChoice): Promise<Teams> {
  const current = await findTeamOf(reader, key);
  if (!('teamId' in choice)) return { current, target: choice };
  const target = await readTeamState(reader, { accountId: key.accountId, teamId: choice.teamId });
  refuseFilled(current, target);
  return { current, target };
}

function refuseFilled(current: TeamState | null, target: TeamState): void {
  if (current?.id === target.id) {
    throw new Refusal('conflict', `The team ${target.name} follows this group already.`);
  }
  if (!target.linked) return;
  throw new Refusal(
    'conflict',
    `Another group fills the team ${target.name}. Unlink that one first, or choose another team.`,
  );
}

async function requireTeam(reader: Reader, key: GroupKey): Promise<TeamState> {
  const team = await findTeamOf(reader, key);
  if (team === null) throw new Refusal('conflict', 'No team follows this group.');
  return team;
}

async function findTeamOf(
  reader: Reader,
  { accountId, directoryId, groupId }: GroupKey,
): Promise<TeamState | null> {
  const row = await reader.query
    .selectFrom('teams')
    .select('id')
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .where('directory_group_id', '=', groupId)
    .executeTakeFirst();
  return row === undefined ? null : readTeamState(reader, { accountId, teamId: row.id });
}

function groups(reader: Reader, { accountId, directoryId, groupId }: GroupKey) {
  return reader.query
    .selectFrom('directory_groups')
    .select('label')
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .where('id', '=', groupId)
    .where('deleted_at', 'is', null);
}

async function requireGroup(reader: Reader, key: GroupKey): Promise<void> {
  if ((await groups(reader, key).executeTakeFirst()) === undefined) throw notFound('group');
}

/** Whoever renames, fills or deletes the group waits, and sees its new team. */
async function lockGroupRow(tx: Transaction, key: GroupKey): Promise<{ label: string }> {
  const group = await tx.dialect.forUpdate(groups(tx, key)).executeTakeFirst();
  if (group === undefined) throw notFound('group');
  return group;
}

async function chooseTeam(
  tx: Transaction,
  { directoryId, groupId }: GroupKey,
  columns: { team_id: string | null; team_choice: 'auto' | 'none' },
): Promise<void> {
  await tx.query
    .updateTable('directory_groups')
    .set(columns)
    .where('directory_id', '=', directoryId)
    .where('id', '=', groupId)
    .execute();
}

function reference(team: TeamState | null) {
  return team === null ? undefined : { id: team.id, name: team.name };
}

function audit(
  tx: Transaction,
  { accountId, groupId, actor, requestId, at }: DirectoryAct & { readonly groupId: string },
  action: 'directory_group.linked' | 'directory_group.unlinked',
  name: string,
  before: unknown,
  after: unknown,
): Promise<void> {
  const subject = { kind: 'directory_group', id: groupId, name };
  return recordAudit(tx, { accountId, actor, action, subject, before, after, requestId, at });
}
