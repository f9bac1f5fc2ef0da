import type { DirectoryPersonDetail, Reference } from '@rollcall/api';
import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';

/** What a person has in an account: membership, seat, teams, and organizations through both. */
export async function readGrants(
  read: Reader,
  accountId: string,
  userId: string | null,
): Promise<DirectoryPersonDetail['grants']> {
  if (userId === null) return { membership: null, teams: [], organizations: [] };
  const membership = await sql<{ role: string; state: string; seat: number }>`
    select m.role, m.state, case when exists (
      select 1 from seats as s where s.account_id = m.account_id
        and s.holder_kind = 'user' and s.holder_id = m.user_id) then 1 else 0 end as seat
    from memberships as m where m.account_id = ${accountId} and m.user_id = ${userId}`.execute(
    read.query,
  );
  const [row] = membership.rows;
  return {
    membership: row === undefined ? null : { ...row, seat: row.seat === 1 },
    teams: await teamsOf(read, accountId, userId),
    organizations: await organizationsOf(read, accountId, userId),
  };
}

async function teamsOf(read: Reader, accountId: string, userId: string): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select t.id, t.name from teams as t
    where t.account_id = ${accountId} and t.id in (
      select team_id from team_members where account_id = ${accountId} and user_id = ${userId})
    order by t.name_folded`.execute(read.query);
  return rows;
}

async function organizationsOf(
  read: Reader,
  accountId: string,
  userId: string,
): Promise<Reference[]> {
  const { rows } = await sql<Reference>`
    select o.id, o.name from organizations as o
    where o.account_id = ${accountId} and o.id in (
      select organization_id from organization_members
        where account_id = ${accountId} and user_id = ${userId}
      union select l.organization_id from team_organizations as l
        join team_members as m on m.account_id = l.account_id and m.team_id = l.team_id
        where l.account_id = ${accountId} and m.user_id = ${userId})
    order by o.name`.execute(read.query);
  return rows;
}
