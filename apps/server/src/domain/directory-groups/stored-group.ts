import { sql } from 'kysely';
import type { Placeholders, Reader, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';
import type { PageStart } from '../directory-resources/index.ts';

/** A live directory group, as it is stored. Its members are rows of their own. */
export interface StoredGroup {
  readonly id: string;
  readonly ordinal: number;
  readonly label: string;
  readonly external_id: string | null;
  readonly document: string;
  readonly version: number;
  readonly created_at: number;
  readonly last_modified_at: number;
  readonly team_id: string | null;
  readonly team_choice: 'auto' | 'none' | 'offered';
}

/** Groups of one name that a look-up returns; more go the long way. */
export const NAME_LIMIT = 100;

const stored = [
  'g.id',
  'g.ordinal',
  'g.label',
  'g.external_id',
  'g.document',
  'g.version',
  'g.created_at',
  'g.last_modified_at',
  'g.team_id',
  'g.team_choice',
] as const;

type ById = { directoryId: string; id: string };

const findById = statement('directory_group.by_id', (db, p: Placeholders<ById>) =>
  db
    .selectFrom('directory_groups as g')
    .select(stored)
    .where('g.directory_id', '=', p.directoryId)
    .where('g.id', '=', p.id)
    .where('g.deleted_at', 'is', null),
);

/** A live group; undefined where the directory has none with this id. */
export function readGroup(
  read: Reader,
  directoryId: string,
  id: string,
): Promise<StoredGroup | undefined> {
  return read.first(findById, { directoryId, id });
}

const lockById = statement('directory_group.lock', (db, p: Placeholders<ById>, dialect) =>
  dialect.forUpdate(
    db
      .selectFrom('directory_groups as g')
      .select(stored)
      .where('g.directory_id', '=', p.directoryId)
      .where('g.id', '=', p.id)
      .where('g.deleted_at', 'is', null),
  ),
);

/** A live group, kept from other writers until COMMIT; whoever changes members holds it. */
export function lockGroup(
  tx: Transaction,
  directoryId: string,
  id: string,
): Promise<StoredGroup | undefined> {
  return tx.first(lockById, { directoryId, id });
}

type ByName = { directoryId: string; nameFolded: string };

const findByName = statement('directory_group.by_name', (db, p: Placeholders<ByName>) =>
  db
    .selectFrom('directory_groups as g')
    .select(stored)
    .where('g.directory_id', '=', p.directoryId)
    .where('g.display_name_folded', '=', p.nameFolded)
    .where('g.deleted_at', 'is', null)
    // The plus keeps the planner from walking the whole directory in its order.
    .orderBy(sql`+g.ordinal`)
    .limit(sql.lit(NAME_LIMIT)),
);

/** The first live groups with a folded name. */
export function readGroupsByName(
  read: Reader,
  directoryId: string,
  nameFolded: string,
): Promise<StoredGroup[]> {
  return read.all(findByName, { directoryId, nameFolded });
}

type ByIds = { directoryId: string; ids: readonly string[] };

/** A cross join, so that SQLite goes through the ids and looks each up, as PostgreSQL does by itself. */
const findByIds = statement('directory_group.by_ids', (db, p: Placeholders<ByIds>, dialect) =>
  db
    .selectFrom(dialect.unnest(p.ids).as('ids'))
    .crossJoin('directory_groups as g')
    .select(stored)
    .where('g.directory_id', '=', p.directoryId)
    .whereRef('g.id', '=', 'ids.value')
    .where('g.deleted_at', 'is', null)
    .orderBy('g.ordinal'),
);

/** The live groups among some ids, in the order of their creation. */
export async function readGroupsByIds(
  read: Reader,
  directoryId: string,
  ids: readonly string[],
): Promise<StoredGroup[]> {
  return ids.length === 0 ? [] : read.all(findByIds, { directoryId, ids });
}

type Page = { directoryId: string; ordinal: number; skip: number; limit: number };

/** Where the page begins is looked up by itself: PostgreSQL reads all that is asked of a row even where it passes it over. */
const findPage = statement('directory_group.page', (db, p: Placeholders<Page>) =>
  db
    .selectFrom('directory_groups as g')
    .select(stored)
    .where('g.directory_id', '=', p.directoryId)
    .where('g.ordinal', '>=', (first) =>
      first
        .selectFrom('directory_groups as s')
        .select('s.ordinal')
        .where('s.directory_id', '=', p.directoryId)
        .where('s.ordinal', '>=', p.ordinal)
        .where('s.deleted_at', 'is', null)
        .orderBy('s.ordinal')
        .limit(sql.lit(1))
        .offset(p.skip),
    )
    .where('g.deleted_at', 'is', null)
    .orderBy('g.ordinal')
    .limit(p.limit),
);

/** A page of the live groups, in the order of their creation. */
export function readGroupPage(
  read: Reader,
  directoryId: string,
  { ordinal, skip }: PageStart,
  limit: number,
): Promise<StoredGroup[]> {
  return read.all(findPage, { directoryId, ordinal, skip, limit });
}
