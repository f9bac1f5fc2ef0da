import type { Placeholders, Transaction } from '../../database/index.ts';
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
        unique_name: p.nameFolded,
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

/** Inserts a group unless a live one has the name; its ordinal, or undefined where one has. */
export async function insertGroupRow(
  tx: Transaction,
  row: NewGroupRow,
): Promise<number | undefined> {
  const inserted = await tx.first(insertGroup, row);
  return inserted?.ordinal;
}

type Update = Omit<NewGroupRow, 'accountId' | 'offeredTeamId' | 'teamChoice'> & { version: number };

const updateGroup = statement('directory_group.update', (db, p: Placeholders<Update>) =>
  db
    .updateTable('directory_groups')
    .set({
      display_name_folded: p.nameFolded,
      label: p.label,
      unique_name: p.nameFolded,
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
 * @throws UniqueViolation of `directory_groups_name` where another live group has the name
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
