import { sql } from 'kysely';
import type { Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { Refusal } from '../refusal.ts';
import { insertTeam } from './create-team.ts';
import { teamMemberSlices } from './member-slices.ts';
import { joinTeamOfGroup } from './members.ts';
import type { TeamGrant, TeamPlan, TeamState } from './team-plan.ts';

/** Plans for teams that this unit has locked. */
export interface TeamChange {
  readonly accountId: string;
  readonly plans: readonly TeamPlan[];
  /** The group that the plans link. */
  readonly group?: { readonly directoryId: string; readonly id: string } | undefined;
  readonly at: number;
}

/** Members of one statement. */
const SLICE = 2000;

/**
 * Carries plans out, in their order, as a preview counted them. Answers the team that the group fills now, where the plans
 * link one. Throws `conflict` where another team has the name of one that is to be made, or took the group meanwhile.
 */
export async function carryOut(tx: Transaction, change: TeamChange): Promise<string | null> {
  let filled: string | null = null;
  for (const plan of change.plans) {
    const teamId = plan.before?.id ?? (await make(tx, change, plan));
    await moveMembers(tx, change, teamId, plan);
    if (plan.after === null) await deleteTeamRow(tx, change, teamId);
    else await writeTeam(tx, change, teamId, plan, plan.after);
    if (plan.members.byDirectory === 'group') filled = teamId;
  }
  return filled;
}

async function make(tx: Transaction, { accountId, at }: TeamChange, plan: TeamPlan) {
  const id = newId(at);
  const { name = '', role = 'member' } = plan.after ?? {};
  await insertTeam(tx, { accountId, id, name, role, description: '', at });
  return id;
}

async function moveMembers(
  tx: Transaction,
  { accountId, at }: TeamChange,
  teamId: string,
  { members: { byHand, byDirectory } }: TeamPlan,
): Promise<void> {
  const ends = [
    ...(byHand === 'end' ? (['manual', 'invitation'] as const) : []),
    ...(byDirectory === 'end' || byDirectory === 'to_hand' ? (['directory'] as const) : []),
  ];
  if (ends.length === 0) return;
  for await (const userIds of teamMemberSlices(tx, { accountId, teamId }, SLICE)) {
    const slice = { accountId, teamId, userIds };
    if (byDirectory === 'to_hand') await copyToHand(tx, slice, at);
    await endMembers(tx, slice, ends);
  }
}

interface Slice {
  readonly accountId: string;
  readonly teamId: string;
  readonly userIds: readonly string[];
}

async function copyToHand(tx: Transaction, { accountId, teamId, userIds }: Slice, at: number) {
  const listed = tx.dialect.unnest(sql.val<readonly string[]>(userIds)).as('listed');
  await tx.query
    .insertInto('team_members')
    .columns(['account_id', 'team_id', 'user_id', 'source_kind', 'source_id', 'created_at'])
    .expression((eb) =>
      eb
        .selectFrom('team_members')
        .select([
          'account_id',
          'team_id',
          'user_id',
          sql.lit('manual' as const).as('source_kind'),
          sql.lit('').as('source_id'),
          sql.lit(at).as('created_at'),
        ])
        .where('account_id', '=', accountId)
        .where('team_id', '=', teamId)
        .where('source_kind', '=', 'directory')
        .where('user_id', 'in', (inner) => inner.selectFrom(listed).select('listed.value')),
    )
    .onConflict((oc) => oc.doNothing())
    .execute();
}

async function endMembers(
  tx: Transaction,
  { accountId, teamId, userIds }: Slice,
  kinds: readonly ('manual' | 'invitation' | 'directory')[],
): Promise<void> {
  const listed = tx.dialect.unnest(sql.val<readonly string[]>(userIds)).as('listed');
  await tx.query
    .deleteFrom('team_members')
    .where('account_id', '=', accountId)
    .where('team_id', '=', teamId)
    .where('source_kind', 'in', kinds)
    .where('user_id', 'in', (eb) => eb.selectFrom(listed).select('listed.value'))
    .execute();
}

async function deleteTeamRow(tx: Transaction, { accountId }: TeamChange, teamId: string) {
  await tx.query
    .deleteFrom('teams')
    .where('account_id', '=', accountId)
    .where('id', '=', teamId)
    .execute();
}

async function writeTeam(
  tx: Transaction,
  change: TeamChange,
  teamId: string,
  plan: TeamPlan,
  after: TeamGrant,
): Promise<void> {
  const { accountId, group, at } = change;
  const { before, follows, idpDecidesAlone, members } = plan;
  const columns = {
    role: after.role,
    ...(idpDecidesAlone === undefined ? {} : { idp_decides_alone: flag(idpDecidesAlone) }),
    ...(follows === false
      ? { directory_id: null, directory_group_id: null, origin: 'manual' as const }
      : {}),
  };
  await tx.query
    .updateTable('teams')
    .set(columns)
    .where('account_id', '=', accountId)
    .where('id', '=', teamId)
    .execute();
  await writeOrganizations(tx, change, teamId, before, after);
  if (members.byDirectory !== 'group' || group === undefined) return;
  const { directoryId, id: groupId } = group;
  await follow(tx, { accountId, teamId, directoryId, groupId });
  await joinTeamOfGroup(tx, { accountId, directoryId, groupId, teamId, at });
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

/** The team before gave the group up in this unit, which holds the group's lock; the condition is for the team's sake. */
async function follow(
  tx: Transaction,
  team: { accountId: string; teamId: string; directoryId: string; groupId: string },
): Promise<void> {
  const { numUpdatedRows } = await tx.query
    .updateTable('teams')
    .set({ directory_id: team.directoryId, directory_group_id: team.groupId })
    .where('account_id', '=', team.accountId)
    .where('id', '=', team.teamId)
    .where('directory_group_id', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows > 0n) return;
  throw new Refusal('conflict', 'Another group fills this team already. Unlink that one first.');
}

async function writeOrganizations(
  tx: Transaction,
  { accountId, at }: TeamChange,
  teamId: string,
  before: TeamState | null,
  after: TeamGrant,
): Promise<void> {
  const had = new Set((before?.organizations ?? []).map(({ id }) => id));
  const has = new Set(after.organizations.map(({ id }) => id));
  for (const id of had) {
    if (has.has(id)) continue;
    await tx.query
      .deleteFrom('team_organizations')
      .where('account_id', '=', accountId)
      .where('team_id', '=', teamId)
      .where('organization_id', '=', id)
      .execute();
  }
  for (const id of has) {
    if (had.has(id)) continue;
    await tx.query
      .insertInto('team_organizations')
      .values({ account_id: accountId, team_id: teamId, organization_id: id, created_at: at })
      .execute();
  }
}
