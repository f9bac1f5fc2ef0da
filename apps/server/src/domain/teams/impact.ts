import type { TeamImpact } from '@rollcall/api';
import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import { groupMemberSlices, teamMemberSlices } from './member-slices.ts';
import { impactOn, type Share, type Standing, type TeamPlan, type TeamRole } from './team-plan.ts';

/** Whom a plan is counted for. */
export interface ImpactOf {
  readonly accountId: string;
  readonly plans: readonly TeamPlan[];
  /** The group that the plan links, where it links one. */
  readonly group?: { readonly directoryId: string; readonly id: string } | undefined;
}

/** People of one step, and how many of each side are named. */
const STEP = 1000;
const NAMED = 20;

/** What a plan does, counted. */
export interface Measured {
  readonly gains: TeamImpact['gains'];
  readonly loses: TeamImpact['loses'];
  /** Those among `loses` who leave an organization. */
  readonly leavers: number;
  /** The organizations that somebody leaves, by name. */
  readonly left: readonly string[];
  readonly unchanged: number;
}

interface Side {
  people: number;
  readonly shown: { person: { id: string; name: string }; what: string[] }[];
}

/** Counts who gains and who loses what, for everybody with access whom the plan can concern; names the first. */
export async function measureImpact(reader: Reader, of: ImpactOf): Promise<Measured> {
  const gains: Side = { people: 0, shown: [] };
  const loses: Side = { people: 0, shown: [] };
  const left = new Set<string>();
  let leavers = 0;
  let unchanged = 0;
  for await (const people of peopleOf(reader, of)) {
    const standings = await readStandings(reader, of, people);
    for (const [index, person] of people.entries()) {
      const impact = impactOn(of.plans, standings[index] ?? noStanding);
      note(gains, person, impact.gains);
      note(loses, person, impact.loses);
      const leaves = impact.loses.filter(({ kind }) => kind === 'organization');
      for (const { what } of leaves) left.add(what);
      if (leaves.length > 0) leavers += 1;
      if (impact.gains.length + impact.loses.length === 0) unchanged += 1;
    }
  }
  return { gains, loses, leavers, left: [...left], unchanged };
}

const noStanding: Standing = { teams: [], inGroup: false, elsewhere: new Map() };

function note(side: Side, { id, name }: Person, what: readonly Share[]): void {
  if (what.length === 0) return;
  side.people += 1;
  if (side.shown.length < NAMED)
    side.shown.push({ person: { id, name }, what: what.map((share) => share.what) });
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly inGroup: boolean;
}

function teamIdsOf({ plans }: ImpactOf): string[] {
  return plans.flatMap(({ before }) => (before === null ? [] : [before.id]));
}

/** Everybody with access who is in the group or in one of the teams, once; nobody else can gain or lose any. */
async function* peopleOf(reader: Reader, of: ImpactOf): AsyncGenerator<readonly Person[]> {
  const seen = new Set<string>();
  const fresh = (ids: readonly string[]) => ids.filter((id) => !seen.has(id) && seen.add(id));
  const { accountId, group } = of;
  if (group !== undefined) {
    for await (const slice of groupMemberSlices(reader, { accountId, ...group }, STEP)) {
      yield await named(reader, accountId, fresh(slice), true);
    }
  }
  for (const teamId of teamIdsOf(of)) {
    for await (const slice of teamMemberSlices(reader, { accountId, teamId }, STEP)) {
      yield await named(reader, accountId, fresh(slice), false);
    }
  }
}

async function named(
  reader: Reader,
  accountId: string,
  ids: readonly string[],
  inGroup: boolean,
): Promise<readonly Person[]> {
  if (ids.length === 0) return [];
  const listed = reader.dialect.unnest(sql.val<readonly string[]>(ids)).as('listed');
  const rows = await reader.query
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.id', 'u.name'])
    .where('m.account_id', '=', accountId)
    .where('m.state', '=', 'active')
    .where('m.user_id', 'in', (eb) => eb.selectFrom(listed).select('listed.value'))
    .orderBy('u.id')
    .execute();
  return rows.map((row) => ({ ...row, inGroup }));
}

async function readStandings(
  reader: Reader,
  of: ImpactOf,
  people: readonly Person[],
): Promise<Standing[]> {
  const ids = people.map(({ id }) => id);
  if (ids.length === 0) return [];
  const teamIds = teamIdsOf(of);
  const rows = await readMemberships(reader, of.accountId, ids);
  const direct = await readDirect(reader, of.accountId, ids);
  return people.map((person) => {
    const own = rows.get(person.id) ?? [];
    const elsewhere = new Map<string, TeamRole>();
    for (const { organization_id, role } of direct.get(person.id) ?? []) {
      raise(elsewhere, organization_id, role);
    }
    for (const row of own) {
      if (row.organization_id === null || teamIds.includes(row.team_id)) continue;
      raise(elsewhere, row.organization_id, row.role);
    }
    return {
      inGroup: person.inGroup,
      elsewhere,
      teams: of.plans.map(({ before }) => {
        const inTeam = own.filter(({ team_id }) => team_id === before?.id);
        const kinds = inTeam.map(({ source_kind }) => source_kind);
        return {
          byDirectory: kinds.includes('directory'),
          byHand: kinds.some((kind) => kind !== 'directory'),
        };
      }),
    };
  });
}

function raise(access: Map<string, TeamRole>, organizationId: string, role: TeamRole): void {
  if (access.get(organizationId) !== 'admin') access.set(organizationId, role);
}

async function readMemberships(reader: Reader, accountId: string, ids: readonly string[]) {
  const listed = reader.dialect.unnest(sql.val<readonly string[]>(ids)).as('listed');
  const rows = await reader.query
    .selectFrom('team_members as m')
    .innerJoin('teams as t', (join) =>
      join.onRef('t.account_id', '=', 'm.account_id').onRef('t.id', '=', 'm.team_id'),
    )
    .leftJoin('team_organizations as l', (join) =>
      join.onRef('l.account_id', '=', 't.account_id').onRef('l.team_id', '=', 't.id'),
    )
    .select(['m.user_id', 'm.team_id', 'm.source_kind', 't.role', 'l.organization_id'])
    .where('m.account_id', '=', accountId)
    .where('m.user_id', 'in', (eb) => eb.selectFrom(listed).select('listed.value'))
    .execute();
  return Map.groupBy(rows, ({ user_id }) => user_id);
}

async function readDirect(reader: Reader, accountId: string, ids: readonly string[]) {
  const listed = reader.dialect.unnest(sql.val<readonly string[]>(ids)).as('listed');
  const rows = await reader.query
    .selectFrom('organization_members')
    .select(['user_id', 'organization_id', 'role'])
    .where('account_id', '=', accountId)
    .where('user_id', 'in', (eb) => eb.selectFrom(listed).select('listed.value'))
    .execute();
  return Map.groupBy(rows, ({ user_id }) => user_id);
}
