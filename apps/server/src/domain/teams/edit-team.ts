import type { TeamImpact } from '@rollcall/api';
import type { Reader, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, type AuditAction, recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { carryOut } from './carry-out.ts';
import { insertTeam, teamNameTaken } from './create-team.ts';
import { renameTeam } from './directory-team.ts';
import { measureImpact } from './impact.ts';
import { summarize } from './summary.ts';
import {
  planAccess,
  planDeletion,
  type TeamPlan,
  type TeamRole,
  type TeamState,
} from './team-plan.ts';
import { lockTeamState, readTeamState } from './team-state.ts';

/** Who changes which team. */
export interface TeamAct {
  readonly accountId: string;
  readonly teamId: string;
  readonly actor: Actor;
  readonly requestId?: string | undefined;
  readonly at: number;
}

/** Makes a team by hand; answers its id. Throws `conflict` where another has the name. */
export async function createTeam(
  tx: Transaction,
  { name, description, ...act }: Omit<TeamAct, 'teamId'> & { name: string; description: string },
): Promise<string> {
  const { accountId, at } = act;
  const teamId = newId(at);
  await insertTeam(tx, { accountId, id: teamId, name, description, role: 'member', at });
  await audit(tx, { ...act, teamId }, 'team.created', name, undefined, { name, description });
  return teamId;
}

/** Renames and describes a team. A name that the IdP manages, and one that another team has, are refused: `conflict`. */
export async function describeTeam(
  tx: Transaction,
  {
    name,
    description,
    ...act
  }: TeamAct & { readonly name?: string | undefined; readonly description?: string | undefined },
): Promise<void> {
  const team = await lockTeamState(tx, act);
  if (name !== undefined && name !== team.name) await nameTeam(tx, act, team, name);
  if (description !== undefined) await setDescription(tx, act, name ?? team.name, description);
}

async function nameTeam(
  tx: Transaction,
  act: TeamAct,
  team: TeamState,
  name: string,
): Promise<void> {
  if (team.linked) {
    throw new Refusal(
      'conflict',
      'The identity provider names this team. Rename its group there, or unlink it.',
    );
  }
  const { accountId, teamId, at } = act;
  const renamed = await renameTeam(tx, { accountId, teamId, from: team.name, to: name, at });
  if (!renamed) throw teamNameTaken(name);
  await audit(tx, act, 'team.renamed', name, { name: team.name }, { name });
}

async function setDescription(
  tx: Transaction,
  act: TeamAct,
  name: string,
  description: string,
): Promise<void> {
  const here = { account_id: act.accountId, id: act.teamId };
  const before = await tx.query
    .selectFrom('teams')
    .select('description')
    .where((eb) => eb.and(here))
    .executeTakeFirstOrThrow();
  if (before.description === description) return;
  await tx.query
    .updateTable('teams')
    .set({ description })
    .where((eb) => eb.and(here))
    .execute();
  await audit(tx, act, 'team.described', name, before, { description });
}

/** What an owner decides of a team's access; organizations by their ids. */
export interface TeamAccessChoice {
  readonly role: TeamRole;
  readonly idpDecidesAlone: boolean;
  readonly organizationIds: readonly string[];
}

/** What `changeTeamAccess` would do now. */
export async function previewTeamAccess(
  reader: Reader,
  { accountId, teamId, ...choice }: Pick<TeamAct, 'accountId' | 'teamId'> & TeamAccessChoice,
): Promise<TeamImpact> {
  const team = await readTeamState(reader, { accountId, teamId });
  return impactOf(reader, accountId, await accessPlan(reader, accountId, team, choice));
}

/** Sets role, organizations and who decides about the members. Throws `not_found` for an organization that is not here. */
export async function changeTeamAccess(
  tx: Transaction,
  { role, idpDecidesAlone, organizationIds, ...act }: TeamAct & TeamAccessChoice,
): Promise<void> {
  const team = await lockTeamState(tx, act);
  const choice = { role, idpDecidesAlone, organizationIds };
  const plans = await accessPlan(tx, act.accountId, team, choice);
  await carryOut(tx, { ...act, plans });
  const after = { role, idpDecidesAlone, organizations: plans[0]?.after?.organizations };
  await audit(tx, act, 'team.access_changed', team.name, factsOf(team), after);
}

async function accessPlan(
  reader: Reader,
  accountId: string,
  team: TeamState,
  { role, idpDecidesAlone, organizationIds }: TeamAccessChoice,
): Promise<readonly TeamPlan[]> {
  const organizations = await readChosen(reader, accountId, organizationIds);
  return planAccess(team, { role, idpDecidesAlone, organizations });
}

async function readChosen(reader: Reader, accountId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  const rows = await reader.query
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .orderBy('name')
    .execute();
  if (rows.length < new Set(ids).size) throw notFound('organization');
  return rows;
}

/** What `removeTeam` would do now. Throws `conflict` for a team that a group fills. */
export async function previewTeamRemoval(
  reader: Reader,
  { accountId, teamId }: Pick<TeamAct, 'accountId' | 'teamId'>,
): Promise<TeamImpact> {
  const team = await readTeamState(reader, { accountId, teamId });
  refuseLinked(team);
  return impactOf(reader, accountId, planDeletion(team));
}

/** Deletes a team: whoever has no other way into an organization leaves it. Throws `conflict` for one that a group fills. */
export async function removeTeam(tx: Transaction, act: TeamAct): Promise<void> {
  const team = await lockTeamState(tx, act);
  refuseLinked(team);
  await carryOut(tx, { ...act, plans: planDeletion(team) });
  await audit(tx, act, 'team.deleted', team.name, factsOf(team), undefined);
}

/** The IdP goes on pushing a group whose team is gone, and nobody there would know. */
function refuseLinked({ linked }: TeamState): void {
  if (!linked) return;
  throw new Refusal(
    'conflict',
    'A group of your identity provider fills this team. Delete the group there, or unlink it first.',
  );
}

async function impactOf(
  reader: Reader,
  accountId: string,
  plans: readonly TeamPlan[],
): Promise<TeamImpact> {
  const impact = await measureImpact(reader, { accountId, plans });
  const { gains, loses } = impact;
  return { summary: summarize(plans, impact), gains, loses };
}

function factsOf({ role, idpDecidesAlone, organizations }: TeamState) {
  return { role, idpDecidesAlone, organizations };
}

/** Writes down what was done to a team. */
export async function audit(
  tx: Transaction,
  { accountId, teamId, actor, requestId, at }: TeamAct,
  action: AuditAction,
  name: string,
  before: unknown,
  after: unknown,
): Promise<void> {
  const subject = { kind: 'team', id: teamId, name };
  await recordAudit(tx, { accountId, actor, action, subject, before, after, requestId, at });
}
