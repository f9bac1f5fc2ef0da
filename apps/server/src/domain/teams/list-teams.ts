import { fold } from '@rollcall/scim';
import { sql } from 'kysely';
import type { Reader, Schema } from '../../database/index.ts';
import { notFound } from '../refusal.ts';

/** A team as lists show it. */
export interface TeamRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly role: Schema['teams']['role'];
  readonly createdAt: number;
  readonly idpDecidesAlone: boolean;
  readonly members: number;
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
  readonly source: 'manual' | 'scim' | 'scim_and_manual';
  readonly directoryGroup: {
    readonly directoryId: string;
    readonly id: string;
    readonly name: string;
    readonly provider: string;
  } | null;
}

interface TeamQuery {
  readonly accountId: string;
  /** Part of a name, without regard to case. */
  readonly search?: string | undefined;
  /** Folded name of the last team of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of an account's teams by name. */
export async function listTeams(
  reader: Reader,
  query: TeamQuery,
): Promise<{ teams: TeamRow[]; nextCursor: string | null }> {
  let rows = teams(reader, query.accountId)
    .where('t.name_folded', '>', query.cursor ?? '')
    .orderBy('t.name_folded')
    .limit(query.limit + 1);
  if (query.search !== undefined) {
    rows = rows.where(sql<boolean>`t.name_folded like ${like(query.search)} escape '\\'`);
  }
  const found = await rows.execute();
  const page = found.slice(0, query.limit);
  const more = found.length > page.length;
  return {
    teams: await complete(reader, query.accountId, page),
    nextCursor: more ? (page.at(-1)?.name_folded ?? null) : null,
  };
}

function like(search: string): string {
  return `%${fold(search.trim()).replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`;
}

/** One team of an account. */
export async function readTeam(
  reader: Reader,
  accountId: string,
  teamId: string,
): Promise<TeamRow | undefined> {
  const rows = await teams(reader, accountId).where('t.id', '=', teamId).execute();
  const [team] = await complete(reader, accountId, rows);
  return team;
}

function teams(reader: Reader, accountId: string) {
  return reader.query
    .selectFrom('teams as t')
    .leftJoin('directories as d', 'd.id', 't.directory_id')
    .leftJoin('directory_groups as g', (join) =>
      join
        .onRef('g.directory_id', '=', 't.directory_id')
        .onRef('g.id', '=', 't.directory_group_id'),
    )
    .select([
      't.id',
      't.name',
      't.name_folded',
      't.description',
      't.role',
      't.created_at',
      't.idp_decides_alone',
      'd.id as directory_id',
      'd.provider',
      'g.id as group_id',
      'g.label as group_name',
    ])
    .where('t.account_id', '=', accountId);
}

type Row = Awaited<ReturnType<ReturnType<typeof teams>['execute']>>[number];

async function complete(
  reader: Reader,
  accountId: string,
  rows: readonly Row[],
): Promise<TeamRow[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const counts = await countMembers(reader, accountId, ids);
  const organizations = await readOrganizations(reader, accountId, ids);
  return rows.map((row) => {
    const count = counts.find(({ team_id }) => team_id === row.id);
    return {
      id: row.id,
      name: row.name,
      description: row.description,
      role: row.role,
      createdAt: row.created_at,
      idpDecidesAlone: row.idp_decides_alone === 1,
      members: count?.members ?? 0,
      organizations: organizations
        .filter(({ team_id }) => team_id === row.id)
        .map(({ id, name }) => ({ id, name })),
      source: sourceOf(row.group_id !== null, (count?.by_hand ?? 0) > 0),
      directoryGroup: groupOf(row),
    };
  });
}

function sourceOf(linked: boolean, byHand: boolean): TeamRow['source'] {
  if (!linked) return 'manual';
  return byHand ? 'scim_and_manual' : 'scim';
}

function groupOf({ directory_id, provider, group_id, group_name }: Row): TeamRow['directoryGroup'] {
  if (directory_id === null || provider === null || group_id === null) return null;
  return { directoryId: directory_id, id: group_id, name: group_name ?? '', provider };
}

function countMembers(reader: Reader, accountId: string, ids: readonly string[]) {
  return reader.query
    .selectFrom('team_members')
    .select((eb) => [
      'team_id',
      eb.fn.count<number>('user_id').distinct().as('members'),
      eb.fn.sum<number>(sql`case when source_kind = 'directory' then 0 else 1 end`).as('by_hand'),
    ])
    .where('account_id', '=', accountId)
    .where('team_id', 'in', ids)
    .groupBy('team_id')
    .execute();
}

/** The organizations of teams, by name. */
export function readOrganizations(reader: Reader, accountId: string, ids: readonly string[]) {
  return reader.query
    .selectFrom('team_organizations as l')
    .innerJoin('organizations as o', (join) =>
      join.onRef('o.account_id', '=', 'l.account_id').onRef('o.id', '=', 'l.organization_id'),
    )
    .select(['l.team_id', 'o.id', 'o.name'])
    .where('l.account_id', '=', accountId)
    .where('l.team_id', 'in', ids)
    .orderBy('o.name')
    .execute();
}

/** The organizations of an account by name, and which of them a team is linked to. Throws `not_found`. */
export async function listLinkableOrganizations(
  reader: Reader,
  { accountId, teamId }: { readonly accountId: string; readonly teamId: string },
): Promise<{ id: string; name: string; linked: boolean }[]> {
  const team = await readTeam(reader, accountId, teamId);
  if (team === undefined) throw notFound('team');
  const linked = new Set(team.organizations.map(({ id }) => id));
  const all = await reader.query
    .selectFrom('organizations')
    .select(['id', 'name'])
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute();
  return all.map(({ id, name }) => ({ id, name, linked: linked.has(id) }));
}
