import { type QueryCreator, sql } from 'kysely';
import type { Dialect, Placeholders, Reader, Schema, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

/** A member with what an answer says of it. */
export interface MemberRow {
  readonly member_id: string;
  readonly member_type: 'User' | 'Group';
  readonly label: string;
}

type Group = { directoryId: string; groupId: string };
type Chunk = Group & { after: string; limit: number };

/**
 * Members whose resource is gone are left out; deleting it takes the rows away too. One look-up a member, whatever the
 * planner thinks of the sizes: a join was seen to take seconds on tables without statistics.
 */
const memberChunk = statement('directory_group_members.chunk', (db, p: Placeholders<Chunk>) =>
  db
    .selectFrom('directory_group_members as m')
    .select([
      'm.member_id',
      'm.member_type',
      sql<string | null>`case m.member_type
        when 'User' then (select u.label from directory_users as u
          where u.directory_id = m.directory_id and u.id = m.member_id and u.deleted_at is null)
        else (select g.label from directory_groups as g
          where g.directory_id = m.directory_id and g.id = m.member_id and g.deleted_at is null)
      end`.as('label'),
    ])
    .where('m.directory_id', '=', p.directoryId)
    .where('m.group_id', '=', p.groupId)
    .where('m.member_id', '>', p.after)
    .orderBy('m.member_id')
    .limit(p.limit),
);

/** Up to `limit` members of a group after an id; each call is a finished statement. */
export async function readMemberChunk(
  read: Reader,
  chunk: Chunk,
): Promise<{ members: MemberRow[]; last: string | undefined }> {
  const rows = await read.all(memberChunk, chunk);
  const members = rows.flatMap((row) => (row.label === null ? [] : [{ ...row, label: row.label }]));
  return { members, last: rows.length < chunk.limit ? undefined : rows.at(-1)?.member_id };
}

const memberIdChunk = statement('directory_group_members.id_chunk', (db, p: Placeholders<Chunk>) =>
  db
    .selectFrom('directory_group_members')
    .select('member_id')
    .where('directory_id', '=', p.directoryId)
    .where('group_id', '=', p.groupId)
    .where('member_id', '>', p.after)
    .orderBy('member_id')
    .limit(p.limit),
);

/** Up to `limit` ids of members after an id. */
export async function readMemberIds(read: Reader, chunk: Chunk): Promise<string[]> {
  const rows = await read.all(memberIdChunk, chunk);
  return rows.map(({ member_id }) => member_id);
}

type Kinds = { directoryId: string; ids: readonly string[] };

/** What ids are. A cross join, so that SQLite goes through the ids and looks each up, as PostgreSQL does by itself. */
function kindsIn(db: QueryCreator<Schema>, p: Placeholders<Kinds>, dialect: Dialect) {
  return db
    .selectFrom(dialect.unnest(p.ids).as('ids'))
    .crossJoin('directory_users as u')
    .select(['u.id', sql<'User' | 'Group'>`${sql.lit('User')}`.as('kind')])
    .where('u.directory_id', '=', p.directoryId)
    .whereRef('u.id', '=', 'ids.value')
    .where('u.deleted_at', 'is', null)
    .unionAll(
      db
        .selectFrom(dialect.unnest(p.ids).as('ids'))
        .crossJoin('directory_groups as g')
        .select(['g.id', sql<'User' | 'Group'>`${sql.lit('Group')}`.as('kind')])
        .where('g.directory_id', '=', p.directoryId)
        .whereRef('g.id', '=', 'ids.value')
        .where('g.deleted_at', 'is', null),
    );
}

const kindsOf = statement('directory_group_members.kinds', kindsIn);

/** What each id is in this directory; ids that are nothing here are left out. */
export async function kindsOfMembers(
  read: Reader,
  directoryId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, 'User' | 'Group'>> {
  if (ids.length === 0) return new Map();
  const rows = await read.all(kindsOf, { directoryId, ids });
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

type Insert = Group & Kinds;

const insertMembers = statement(
  'directory_group_members.insert',
  (db, p: Placeholders<Insert>, dialect) =>
    db
      .insertInto('directory_group_members')
      .columns(['directory_id', 'group_id', 'member_id', 'member_type'])
      .expression(
        db
          .selectFrom(kindsIn(db, p, dialect).as('found'))
          .select([
            p.directoryId.as('directory_id'),
            p.groupId.as('group_id'),
            'found.id',
            'found.kind',
          ])
          // SQLite needs a WHERE to tell ON CONFLICT from a join condition.
          .where(sql<boolean>`1 = 1`),
      )
      .onConflict((conflict) =>
        conflict.columns(['directory_id', 'group_id', 'member_id']).doNothing(),
      )
      .returning(['member_id', 'member_type']),
);

/**
 * Adds those of the ids that are users or groups of the directory; what each is that was not in the group. One statement for
 * any number.
 */
export async function insertMemberRows(
  tx: Transaction,
  insert: Insert,
): Promise<ReadonlyMap<string, 'User' | 'Group'>> {
  if (insert.ids.length === 0) return new Map();
  const rows = await tx.all(insertMembers, insert);
  return new Map(rows.map(({ member_id, member_type }) => [member_id, member_type]));
}

type Delete = Group & { ids: readonly string[] };

const deleteMembers = statement(
  'directory_group_members.delete',
  (db, p: Placeholders<Delete>, dialect) =>
    db
      .deleteFrom('directory_group_members')
      .where('directory_id', '=', p.directoryId)
      .where('group_id', '=', p.groupId)
      .where('member_id', 'in', (ids) =>
        ids.selectFrom(dialect.unnest(p.ids).as('ids')).select('ids.value'),
      )
      .returning('member_id'),
);

/** Removes members; the ids of those who were in the group. One statement for any number. */
export async function deleteMemberRows(tx: Transaction, remove: Delete): Promise<string[]> {
  if (remove.ids.length === 0) return [];
  const rows = await tx.all(deleteMembers, remove);
  return rows.map(({ member_id }) => member_id);
}

const deleteAllMembers = statement(
  'directory_group_members.delete_all',
  (db, p: Placeholders<Group>) =>
    db
      .deleteFrom('directory_group_members')
      .where('directory_id', '=', p.directoryId)
      .where('group_id', '=', p.groupId)
      .returning('member_id'),
);

/** Empties a group; the ids of those who were in it. */
export async function deleteAllMemberRows(tx: Transaction, group: Group): Promise<string[]> {
  const rows = await tx.all(deleteAllMembers, group);
  return rows.map(({ member_id }) => member_id);
}
