import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';

type Record = { accountId: string; directoryId: string; directoryUserId: string; at: number };

const join = statement<Record, never>(
  'teams.join_groups',
  (_db, p: Placeholders<Record>) => sql<never>`
    insert into team_members (account_id, team_id, user_id, source_kind, source_id, created_at)
    select t.account_id, t.id, u.user_id, 'directory', g.directory_id, cast(${p.at} as bigint)
    from directory_group_members g
    join directory_users u on u.directory_id = g.directory_id and u.id = g.member_id
    join teams t on t.directory_id = g.directory_id and t.directory_group_id = g.group_id
    where g.directory_id = ${p.directoryId} and g.member_id = ${p.directoryUserId}
      and t.account_id = ${p.accountId} and u.link = 'linked' and u.user_id is not null
    on conflict do nothing`,
);

/** Makes the person of a linked directory user a member of the teams of its groups. */
export async function joinTeamsOfGroups(tx: Transaction, record: Record): Promise<void> {
  await tx.run(join, record);
}

type Leaving = { accountId: string; userId: string; directoryId: string };

const leave = statement('teams.leave_directory', (db, p: Placeholders<Leaving>) =>
  db
    .deleteFrom('team_members')
    .where('account_id', '=', p.accountId)
    .where('user_id', '=', p.userId)
    .where('source_kind', '=', 'directory')
    .where('source_id', '=', p.directoryId),
);

/** Takes from a person every team membership that one directory is the reason for. */
export async function leaveTeamsOfDirectory(tx: Transaction, person: Leaving): Promise<void> {
  await tx.run(leave, person);
}
