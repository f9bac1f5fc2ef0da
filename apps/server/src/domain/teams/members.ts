import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { groupMemberSlices } from './member-slices.ts';

type Record = { accountId: string; directoryId: string; directoryUserId: string; at: number };

const joinAsRecord = statement<Record, never>(
  'teams.join_groups',
  (_db, p: Placeholders<Record>) => sql<never>`
    insert into team_members (account_id, team_id, user_id, source_kind, source_id, created_at)
    select t.account_id, t.id, u.user_id, 'directory', g.directory_id, cast(${p.at} as bigint)
    from directory_group_members g
    join directory_users u on u.directory_id = g.directory_id and u.id = g.member_id
    join teams t on t.directory_id = g.directory_id and t.directory_group_id = g.group_id
    where g.directory_id = ${p.directoryId} and g.member_id = ${p.directoryUserId}
      and t.account_id = ${p.accountId}
      and u.link = 'linked' and u.active = 1 and u.user_id is not null
    on conflict do nothing`,
);

/** Makes the person of a linked and active directory user a member of the teams of its groups. */
export async function joinTeamsOfGroups(tx: Transaction, record: Record): Promise<void> {
  tx.send(joinAsRecord, record);
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
  tx.send(leave, person);
}

type Members = {
  accountId: string;
  teamId: string;
  directoryId: string;
  userIds: readonly string[];
};

const add = statement<Members & { at: number }, { user_id: string }>(
  'teams.add_members',
  (_db, p: Placeholders<Members & { at: number }>, dialect) => sql<{ user_id: string }>`
    insert into team_members (account_id, team_id, user_id, source_kind, source_id, created_at)
    select cast(${p.accountId} as text), cast(${p.teamId} as text), value, 'directory',
      cast(${p.directoryId} as text), cast(${p.at} as bigint)
    from ${dialect.unnest(p.userIds)} as said
    where exists (select 1 from membership_sources s where s.account_id = ${p.accountId}
      and s.user_id = value and s.kind = 'directory' and s.source_id = ${p.directoryId})
    on conflict do nothing
    returning user_id`,
);

/**
 * Adds people to a team on the word of a directory that is a reason for their membership; answers who was not there by it.
 * After SCIM was off it is none, until the IdP says the person again. One statement for any number.
 */
export async function addDirectoryMembers(
  tx: Transaction,
  members: Members & { readonly at: number },
): Promise<ReadonlySet<string>> {
  if (members.userIds.length === 0) return new Set();
  const rows = await tx.all(add, members);
  return new Set(rows.map((row) => row.user_id));
}

const remove = statement('teams.remove_members', (db, p: Placeholders<Members>, dialect) =>
  db
    .deleteFrom('team_members')
    .where('account_id', '=', p.accountId)
    .where('team_id', '=', p.teamId)
    .where('source_kind', '=', 'directory')
    .where('source_id', '=', p.directoryId)
    .where('user_id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.userIds).as('said')).select('said.value'),
    )
    .returning('user_id'),
);

/** Takes a directory's word for people back; answers for whom it stood. Members by hand stay. One statement. */
export async function removeDirectoryMembers(
  tx: Transaction,
  members: Members,
): Promise<ReadonlySet<string>> {
  if (members.userIds.length === 0) return new Set();
  const rows = await tx.all(remove, members);
  return new Set(rows.map((row) => row.user_id));
}

/** Members of one statement. */
const SLICE = 2000;

type Group = {
  accountId: string;
  directoryId: string;
  groupId: string;
  teamId: string;
  at: number;
};

/** Makes everybody whom a linked group names, and for whom the directory's word counts, a member of its team. */
export async function joinTeamOfGroup(tx: Transaction, group: Group): Promise<void> {
  const { groupId: id, ...team } = group;
  for await (const userIds of groupMemberSlices(tx, { ...group, id }, SLICE)) {
    await addDirectoryMembers(tx, { ...team, userIds });
  }
}

type Team = { accountId: string; teamId: string };

const leaveToIdp = statement('teams.leave_to_idp', (db, p: Placeholders<Team>) =>
  db
    .deleteFrom('team_members')
    .where('account_id', '=', p.accountId)
    .where('team_id', '=', p.teamId)
    .where('source_kind', '<>', 'directory')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('teams')
          .select('id')
          .where('account_id', '=', p.accountId)
          .where('id', '=', p.teamId)
          .where('idp_decides_alone', '=', 1),
      ),
    ),
);

/** Ends membership by hand in a team that a group just began to fill, where the IdP decides alone in it. */
export async function leaveToIdpAlone(tx: Transaction, team: Team): Promise<void> {
  await tx.run(leaveToIdp, team);
}
