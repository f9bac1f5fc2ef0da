import { type QueryCreator, sql } from 'kysely';
import type { Dialect, Placeholders, Schema, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

/** The columns of a new directory group. */
export type NewGroupRow = {
  directoryId: string;
  id: string;
  accountId: string;
  nameFolded: string;
  label: string;
  externalId: string | null;
  document: string;
  /** The team that it stands for; null for a group that the IdP made. */
  offeredTeamId: string | null;
  teamChoice: 'auto' | 'offered';
  /** UTC milliseconds. */
  at: number;
};

type Name = { directoryId: string; nameFolded: string };

/**
 * A new name as `directory_groups_name` keeps it: null where the directory lets groups share names. It is then held so until
 * COMMIT, and whoever ends that sees the group.
 */
function uniqueName(db: QueryCreator<Schema>, p: Placeholders<Name>, dialect: Dialect) {
  const shares = db
    .selectFrom('directories')
    .select('id')
    .where('id', '=', p.directoryId)
    .where('group_names', '=', sql.lit('shared'));
  return sql<
    string | null
  >`case when (${dialect.forShare(shares)}) is null then ${p.nameFolded} end`;
}

const insertGroup = statement(
  'directory_group.insert',
  (db, p: Placeholders<NewGroupRow>, dialect) =>
    db
      .insertInto('directory_groups')
      .values({
        directory_id: p.directoryId,
        id: p.id,
        account_id: p.accountId,
        ordinal: dialect.nextOrdinal('directory_groups', p.directoryId),
        display_name_folded: p.nameFolded,
        label: p.label,
        unique_name: uniqueName(db, p, dialect),
        external_id: p.externalId,
        document: p.document,
        version: 1,
        created_at: p.at,
        last_modified_at: p.at,
        deleted_at: null,
        team_id: p.offeredTeamId,
        team_choice: p.teamChoice,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['directory_id', 'unique_name'])
          .where('deleted_at', 'is', null)
          .where('unique_name', 'is not', null)
          .doNothing(),
      )
      .returning('ordinal'),
);

/** Inserts a group unless a live one keeps the name from others; its ordinal, or undefined where one does. */
export async function insertGroupRow(
  tx: Transaction,
  row: NewGroupRow,
): Promise<number | undefined> {
  const inserted = await tx.first(insertGroup, row);
  return inserted?.ordinal;
}

type Update = Omit<NewGroupRow, 'accountId' | 'offeredTeamId' | 'teamChoice'> & { version: number };

const updateGroup = statement('directory_group.update', (db, p: Placeholders<Update>, dialect) =>
  db
    .updateTable('directory_groups')
    .set({
      display_name_folded: p.nameFolded,
      label: p.label,
      unique_name: sql<
        string | null
      >`case when display_name_folded = ${p.nameFolded} then unique_name
        else ${uniqueName(db, p, dialect)} end`,
      external_id: p.externalId,
      document: p.document,
      version: p.version,
      last_modified_at: p.at,
    })
    .where('directory_id', '=', p.directoryId)
    .where('id', '=', p.id),
);

/**
 * Writes a changed group, or one whose members changed.
 *
 * @throws UniqueViolation of `directory_groups_name` where another live group keeps the name from others
 */
export async function updateGroupRow(tx: Transaction, row: Update): Promise<void> {
  tx.send(updateGroup, row);
}

type Bury = { directoryId: string; id: string; at: number };

const buryGroup = statement('directory_group.bury', (db, p: Placeholders<Bury>) =>
  db
    .updateTable('directory_groups')
    .set({ deleted_at: p.at, last_modified_at: p.at })
    .where('directory_id', '=', p.directoryId)
    .where('id', '=', p.id),
);

/** Makes a tombstone of a group: gone for SCIM, its name free. */
export async function buryGroupRow(tx: Transaction, row: Bury): Promise<void> {
  tx.send(buryGroup, row);
}
