import { fold } from '@rollcall/scim';
import type { Reader, Schema } from '../../database/index.ts';
import { findPage, readKnownAddresses } from '../memberships/index.ts';

/** A member of a team and why they are one. */
export interface TeamMemberRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly state: Schema['memberships']['state'];
  readonly sources: readonly Schema['team_members']['source_kind'][];
}

interface MemberQuery {
  readonly accountId: string;
  readonly teamId: string;
  /** Part of a name or address, without regard to case. */
  readonly search?: string | undefined;
  /** Id of the last member of the page before. */
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** A page of a team's members in the order in which they came here. */
export async function listTeamMembers(
  reader: Reader,
  query: MemberQuery,
): Promise<{ members: TeamMemberRow[]; nextCursor: string | null }> {
  const needle = query.search === undefined ? '' : fold(query.search.trim());
  const { rows, nextCursor } = await findPage(
    query,
    (after, size) => readWindow(reader, query, after, size),
    needle === '' ? undefined : (row) => fold(`${row.name}\n${row.email}`).includes(needle),
  );
  return { members: await complete(reader, query, rows), nextCursor };
}

type Row = Awaited<ReturnType<typeof readWindow>>[number];

async function readWindow(
  reader: Reader,
  { accountId, teamId }: MemberQuery,
  after: string,
  size: number,
) {
  const rows = await reader.query
    .selectFrom('team_members as t')
    .innerJoin('users as u', 'u.id', 't.user_id')
    .innerJoin('memberships as m', (join) =>
      join.onRef('m.account_id', '=', 't.account_id').onRef('m.user_id', '=', 't.user_id'),
    )
    .select(['t.user_id', 'u.name', 'm.state'])
    .distinct()
    .where('t.account_id', '=', accountId)
    .where('t.team_id', '=', teamId)
    .where('t.user_id', '>', after)
    .orderBy('t.user_id')
    .limit(size)
    .execute();
  const userIds = rows.map((row) => row.user_id);
  const known = await readKnownAddresses(reader, accountId, userIds);
  return rows.map((row) => ({ ...row, email: known.get(row.user_id)?.[0]?.address ?? '' }));
}

async function complete(
  reader: Reader,
  { accountId, teamId }: MemberQuery,
  rows: readonly Row[],
): Promise<TeamMemberRow[]> {
  const ids = rows.map((row) => row.user_id);
  if (ids.length === 0) return [];
  const sources = await reader.query
    .selectFrom('team_members')
    .select(['user_id', 'source_kind'])
    .where('account_id', '=', accountId)
    .where('team_id', '=', teamId)
    .where('user_id', 'in', ids)
    .orderBy('source_kind')
    .execute();
  return rows.map((row) => ({
    userId: row.user_id,
    name: row.name,
    email: row.email,
    state: row.state,
    sources: [
      ...new Set(
        sources
          .filter((source) => source.user_id === row.user_id)
          .map((source) => source.source_kind),
      ),
    ],
  }));
}
