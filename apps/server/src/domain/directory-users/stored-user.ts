import { sql } from 'kysely';
import type { Placeholders, Reader, ReadSide, Soon, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';
import type { PageStart } from '../directory-resources/index.ts';
import type { Link } from '../provisioning/index.ts';

/** What an answer needs of a user: each further column would cost every request that reads one. */
export interface ReadUser {
  readonly id: string;
  readonly label: string;
  readonly manager_id: string | null;
  readonly document: string;
  readonly version: number;
  readonly created_at: number;
  readonly last_modified_at: number;
  /** What the manager is called; null where there is none who is a live user of the directory. */
  readonly manager_label: string | null;
  /** 1 where the user is in a group. */
  readonly has_groups: number;
}

/** A live directory user, as it is stored. */
export interface StoredUser extends ReadUser {
  readonly ordinal: number;
  readonly external_id: string | null;
  readonly active: number;
  /** Who it is here, and how it stands to them. */
  readonly user_id: string | null;
  readonly link: Link;
}

const stored = [
  'u.id',
  'u.ordinal',
  'u.label',
  'u.external_id',
  'u.manager_id',
  'u.active',
  'u.document',
  'u.version',
  'u.created_at',
  'u.last_modified_at',
  'u.user_id',
  'u.link',
] as const;

const answered = [
  'u.id',
  'u.label',
  'u.manager_id',
  'u.document',
  'u.version',
  'u.created_at',
  'u.last_modified_at',
] as const;

const managerLabel = sql<string | null>`case when u.manager_id is not null then (
  select m.label from directory_users m
  where m.directory_id = u.directory_id and m.id = u.manager_id and m.deleted_at is null
) end`.as('manager_label');

/** Not `exists`, which PostgreSQL may answer by reading the members of all groups once instead of looking each user up. */
const hasGroups = sql<number>`coalesce((
  select 1 from directory_group_members g
  where g.directory_id = u.directory_id and g.member_id = u.id limit 1
), 0)`.as('has_groups');

type ById = { directoryId: string; id: string };

const findById = statement('directory_user.by_id', (db, p: Placeholders<ById>) =>
  db
    .selectFrom('directory_users as u')
    .select([...stored, managerLabel, hasGroups])
    .where('u.directory_id', '=', p.directoryId)
    .where('u.id', '=', p.id)
    .where('u.deleted_at', 'is', null),
);

/** A live user; undefined where the directory has none with this id. */
export function readUser(
  read: Reader,
  directoryId: string,
  id: string,
): Promise<StoredUser | undefined> {
  return read.first(findById, { directoryId, id });
}

const findAnswered = statement('directory_user.answered', (db, p: Placeholders<ById>) =>
  db
    .selectFrom('directory_users as u')
    .select([...answered, managerLabel, hasGroups])
    .where('u.directory_id', '=', p.directoryId)
    .where('u.id', '=', p.id)
    .where('u.deleted_at', 'is', null),
);

/** A live user to be answered, without a promise where the engine answers at once. */
export function readUserSoon(
  read: ReadSide,
  directoryId: string,
  id: string,
): Soon<ReadUser | undefined> {
  return read.firstSoon(findAnswered, { directoryId, id });
}

const lockById = statement('directory_user.lock', (db, p: Placeholders<ById>, dialect) =>
  dialect.forUpdate(
    db
      .selectFrom('directory_users as u')
      .select([...stored, managerLabel, hasGroups])
      .where('u.directory_id', '=', p.directoryId)
      .where('u.id', '=', p.id)
      .where('u.deleted_at', 'is', null),
  ),
);

/** A live user, kept from other writers until COMMIT. */
export function lockUser(
  tx: Transaction,
  directoryId: string,
  id: string,
): Promise<StoredUser | undefined> {
  return tx.first(lockById, { directoryId, id });
}

type ByUserName = { directoryId: string; userNameFolded: string };

const lockByUserName = statement(
  'directory_user.lock_by_user_name',
  (db, p: Placeholders<ByUserName>, dialect) =>
    dialect.forUpdate(
      db
        .selectFrom('directory_users as u')
        .select([...stored, managerLabel, hasGroups])
        .where('u.directory_id', '=', p.directoryId)
        .where('u.user_name_folded', '=', p.userNameFolded)
        .where('u.deleted_at', 'is', null),
    ),
);

/** The live user who has a userName, kept from other writers until COMMIT. */
export function lockUserByUserName(
  tx: Transaction,
  directoryId: string,
  userNameFolded: string,
): Promise<StoredUser | undefined> {
  return tx.first(lockByUserName, { directoryId, userNameFolded });
}

const findByUserName = statement('directory_user.by_user_name', (db, p: Placeholders<ByUserName>) =>
  db
    .selectFrom('directory_users as u')
    .select([...answered, managerLabel, hasGroups])
    .where('u.directory_id', '=', p.directoryId)
    .where('u.user_name_folded', '=', p.userNameFolded)
    .where('u.deleted_at', 'is', null),
);

/** The live users with a userName: one or none. */
export function readUsersByUserName(
  read: Reader,
  directoryId: string,
  userNameFolded: string,
): Promise<ReadUser[]> {
  return read.all(findByUserName, { directoryId, userNameFolded });
}

/** The plus keeps the planner from walking the whole directory in its order: what matches is few, and sorted after. */
const fewByOrdinal = sql`+u.ordinal`;

type ByExternalId = { directoryId: string; externalId: string; limit: number };

const findByExternalId = statement(
  'directory_user.by_external_id',
  (db, p: Placeholders<ByExternalId>) =>
    db
      .selectFrom('directory_users as u')
      .select([...answered, managerLabel, hasGroups])
      .where('u.directory_id', '=', p.directoryId)
      .where('u.external_id', '=', p.externalId)
      .where('u.deleted_at', 'is', null)
      .orderBy(fewByOrdinal)
      .limit(p.limit),
);

/** The first live users with an externalId, which need not be unique. */
export function readUsersByExternalId(
  read: Reader,
  directoryId: string,
  externalId: string,
  limit: number,
): Promise<ReadUser[]> {
  return read.all(findByExternalId, { directoryId, externalId, limit });
}

type ByEmail = { directoryId: string; valueFolded: string; primaryAtLeast: number; limit: number };

const findByEmail = statement('directory_user.by_email', (db, p: Placeholders<ByEmail>) =>
  db
    .selectFrom('directory_user_emails as e')
    .innerJoin('directory_users as u', (join) =>
      join.onRef('u.directory_id', '=', 'e.directory_id').onRef('u.id', '=', 'e.directory_user_id'),
    )
    .select([...answered, managerLabel, hasGroups])
    .where('e.directory_id', '=', p.directoryId)
    .where('e.value_folded', '=', p.valueFolded)
    .where(sql<number>`e.is_primary`, '>=', p.primaryAtLeast)
    .where('u.deleted_at', 'is', null)
    .orderBy(fewByOrdinal)
    .limit(p.limit),
);

/** The first live users with an address, or with it as their primary one. */
export function readUsersByEmail(
  read: Reader,
  directoryId: string,
  valueFolded: string,
  which: 'any' | 'primary',
  limit: number,
): Promise<ReadUser[]> {
  const primaryAtLeast = which === 'primary' ? 1 : 0;
  return read.all(findByEmail, { directoryId, valueFolded, primaryAtLeast, limit });
}

type ByIds = { directoryId: string; ids: readonly string[] };

/** A cross join, so that SQLite goes through the ids and looks each up, as PostgreSQL does by itself. */
const findByIds = statement('directory_user.by_ids', (db, p: Placeholders<ByIds>, dialect) =>
  db
    .selectFrom(dialect.unnest(p.ids).as('ids'))
    .crossJoin('directory_users as u')
    .select([...answered, managerLabel, hasGroups])
    .where('u.directory_id', '=', p.directoryId)
    .whereRef('u.id', '=', 'ids.value')
    .where('u.deleted_at', 'is', null)
    .orderBy('u.ordinal'),
);

/** The live users among some ids, in the order of their creation. */
export async function readUsersByIds(
  read: Reader,
  directoryId: string,
  ids: readonly string[],
): Promise<ReadUser[]> {
  return ids.length === 0 ? [] : read.all(findByIds, { directoryId, ids });
}

type Page = { directoryId: string; ordinal: number; skip: number; limit: number };

/** Where the page begins is looked up by itself: PostgreSQL reads all that is asked of a row even where it passes it over. */
const findPage = statement('directory_user.page', (db, p: Placeholders<Page>) =>
  db
    .selectFrom('directory_users as u')
    .select([...answered, managerLabel, hasGroups])
    .where('u.directory_id', '=', p.directoryId)
    .where('u.ordinal', '>=', (first) =>
      first
        .selectFrom('directory_users as s')
        .select('s.ordinal')
        .where('s.directory_id', '=', p.directoryId)
        .where('s.ordinal', '>=', p.ordinal)
        .where('s.deleted_at', 'is', null)
        .orderBy('s.ordinal')
        .limit(sql.lit(1))
        .offset(p.skip),
    )
    .where('u.deleted_at', 'is', null)
    .orderBy('u.ordinal')
    .limit(p.limit),
);

/** A page of the live users, in the order of their creation. */
export function readUserPage(
  read: Reader,
  directoryId: string,
  { ordinal, skip }: PageStart,
  limit: number,
): Promise<ReadUser[]> {
  return read.all(findPage, { directoryId, ordinal, skip, limit });
}
