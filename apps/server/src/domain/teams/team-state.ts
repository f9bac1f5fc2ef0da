import { sql } from 'kysely';
import type { Reader, Transaction } from '../../database/index.ts';
import { notFound } from '../refusal.ts';
import { readOrganizations } from './list-teams.ts';
import type { TeamState } from './team-plan.ts';

interface TeamKey {
  readonly accountId: string;
  readonly teamId: string;
}

/** A team as plans need it. Throws `not_found`. */
export async function readTeamState(reader: Reader, key: TeamKey): Promise<TeamState> {
  const row = await states(reader, key).executeTakeFirst();
  if (row === undefined) throw notFound('team');
  const organizations = await readOrganizations(reader, key.accountId, [key.teamId]);
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    organizations: organizations.map(({ id, name }) => ({ id, name })),
    idpDecidesAlone: row.idp_decides_alone === 1,
    linked: row.directory_group_id !== null,
    disposable: row.origin === 'directory' && row.by_hand === 0 && organizations.length === 0,
  };
}

/** The same of a team that nobody else changes until COMMIT. Lock the group before its teams, and teams by their ids. */
export async function lockTeamState(tx: Transaction, key: TeamKey): Promise<TeamState> {
  const row = tx.query
    .selectFrom('teams')
    .select('id')
    .where('account_id', '=', key.accountId)
    .where('id', '=', key.teamId);
  await tx.dialect.forUpdate(row).execute();
  return readTeamState(tx, key);
}

function states(reader: Reader, { accountId, teamId }: TeamKey) {
  return reader.query
    .selectFrom('teams as t')
    .select(['t.id', 't.name', 't.role', 't.origin', 't.idp_decides_alone', 't.directory_group_id'])
    .select(
      sql<number>`case when exists (select 1 from team_members m where m.account_id = t.account_id
        and m.team_id = t.id and m.source_kind <> 'directory') then 1 else 0 end`.as('by_hand'),
    )
    .where('t.account_id', '=', accountId)
    .where('t.id', '=', teamId);
}

/** Whether people can be in a team by hand; false where there is no such team, or the IdP decides alone in it. */
export async function takesMembersByHand(reader: Reader, key: TeamKey): Promise<boolean> {
  const row = await states(reader, key).executeTakeFirst();
  return row !== undefined && !(row.idp_decides_alone === 1 && row.directory_group_id !== null);
}
