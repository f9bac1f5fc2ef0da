import { sql } from 'kysely';
import { type Placeholders, type Reader, statement } from '../../database/index.ts';

type Slice = {
  accountId: string;
  directoryId: string;
  groupId: string;
  after: string;
  limit: number;
};

/**
 * The directory's word counts for a person while the record is linked and active, and the directory is a reason for their
 * membership: after turning SCIM off it is none until the IdP says the person again.
 */
const counting = statement(
  'teams.counting_members',
  (_db, p: Placeholders<Slice>) =>
    sql<{ member_id: string; user_id: string | null }>`
    select g.member_id, case when r.link = 'linked' and r.active = 1 and s.user_id is not null
      then r.user_id end as user_id
    from directory_group_members g
    left join directory_users r on r.directory_id = g.directory_id and r.id = g.member_id
    left join membership_sources s on s.account_id = ${p.accountId} and s.user_id = r.user_id
      and s.kind = 'directory' and s.source_id = g.directory_id
    where g.directory_id = ${p.directoryId} and g.group_id = ${p.groupId}
      and g.member_id > ${p.after}
    order by g.member_id limit ${p.limit}`,
);

/** The people whom a group names and for whom the directory's word counts, a slice a statement. */
export async function* groupMemberSlices(
  reader: Reader,
  group: { readonly accountId: string; readonly directoryId: string; readonly id: string },
  limit: number,
): AsyncGenerator<readonly string[]> {
  const { accountId, directoryId, id: groupId } = group;
  for (let after = ''; ; ) {
    const rows = await reader.all(counting, { accountId, directoryId, groupId, after, limit });
    yield rows.flatMap(({ user_id }) => (user_id === null ? [] : [user_id]));
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = last.member_id;
  }
}

/** Everybody in a team by any source, a slice a statement. */
export async function* teamMemberSlices(
  reader: Reader,
  { accountId, teamId }: { readonly accountId: string; readonly teamId: string },
  limit: number,
): AsyncGenerator<readonly string[]> {
  for (let after = ''; ; ) {
    const rows = await reader.query
      .selectFrom('team_members')
      .select('user_id')
      .distinct()
      .where('account_id', '=', accountId)
      .where('team_id', '=', teamId)
      .where('user_id', '>', after)
      .orderBy('user_id')
      .limit(limit)
      .execute();
    yield rows.map((row) => row.user_id);
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit) return;
    after = last.user_id;
  }
}
