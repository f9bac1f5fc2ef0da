import type { Placeholders, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';
import type { Link } from '../provisioning/index.ts';
import type { EmailKey, UserKeys } from './user-keys.ts';

/** The columns of a new directory user. */
export interface NewUserRow {
  readonly directoryId: string;
  readonly id: string;
  readonly accountId: string;
  readonly document: string;
  /** UTC milliseconds. */
  readonly at: number;
  readonly userId: string | null;
  readonly link: Link;
  readonly keys: UserKeys;
}

type Insert = {
  directoryId: string;
  id: string;
  accountId: string;
  userNameFolded: string;
  label: string;
  externalId: string | null;
  displayNameFolded: string | null;
  managerId: string | null;
  active: 0 | 1;
  document: string;
  at: number;
  userId: string | null;
  link: Link;
};

const insertUser = statement('directory_user.insert', (db, p: Placeholders<Insert>, dialect) =>
  db
    .insertInto('directory_users')
    .values({
      directory_id: p.directoryId,
      id: p.id,
      account_id: p.accountId,
      ordinal: dialect.nextOrdinal('directory_users', p.directoryId),
      user_name_folded: p.userNameFolded,
      label: p.label,
      external_id: p.externalId,
      display_name_folded: p.displayNameFolded,
      manager_id: p.managerId,
      active: p.active,
      document: p.document,
      version: 1,
      created_at: p.at,
      last_modified_at: p.at,
      deleted_at: null,
      user_id: p.userId,
      link: p.link,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['directory_id', 'user_name_folded'])
        .where('deleted_at', 'is', null)
        .doNothing(),
    )
    .returning('ordinal'),
);

/** Inserts a user unless a live one has the userName; its ordinal, or undefined where one has. */
export async function insertUserRow(tx: Transaction, row: NewUserRow): Promise<number | undefined> {
  const { keys, ...rest } = row;
  const inserted = await tx.first(insertUser, {
    ...rest,
    userNameFolded: keys.userNameFolded,
    label: keys.label,
    externalId: keys.externalId,
    displayNameFolded: keys.displayNameFolded,
    managerId: keys.managerId,
    active: keys.active,
  });
  if (inserted === undefined) return undefined;
  insertEmailRows(tx, row.directoryId, row.id, keys.emails);
  return inserted.ordinal;
}

type Update = {
  directoryId: string;
  id: string;
  userNameFolded: string;
  label: string;
  externalId: string | null;
  displayNameFolded: string | null;
  managerId: string | null;
  active: 0 | 1;
  document: string;
  version: number;
  at: number;
};

const updateUser = statement('directory_user.update', (db, p: Placeholders<Update>) =>
  db
    .updateTable('directory_users')
    .set({
      user_name_folded: p.userNameFolded,
      label: p.label,
      external_id: p.externalId,
      display_name_folded: p.displayNameFolded,
      manager_id: p.managerId,
      active: p.active,
      document: p.document,
      version: p.version,
      last_modified_at: p.at,
    })
    .where('directory_id', '=', p.directoryId)
    .where('id', '=', p.id),
);

/**
 * Writes a changed document and what is indexed of it.
 *
 * @throws UniqueViolation of `directory_users_user_name` where another live user has the userName
 */
export async function updateUserRow(
  tx: Transaction,
  row: {
    readonly directoryId: string;
    readonly id: string;
    readonly document: string;
    readonly version: number;
    readonly at: number;
    readonly before: UserKeys;
    readonly keys: UserKeys;
  },
): Promise<void> {
  const { before, keys, ...rest } = row;
  tx.send(updateUser, {
    ...rest,
    userNameFolded: keys.userNameFolded,
    label: keys.label,
    externalId: keys.externalId,
    displayNameFolded: keys.displayNameFolded,
    managerId: keys.managerId,
    active: keys.active,
  });
  if (sameEmails(before.emails, keys.emails)) return;
  deleteEmailRows(tx, row.directoryId, row.id);
  insertEmailRows(tx, row.directoryId, row.id, keys.emails);
}

function sameEmails(one: readonly EmailKey[], other: readonly EmailKey[]): boolean {
  return (
    one.length === other.length &&
    one.every(
      ({ value_folded, is_primary }, at) =>
        other[at]?.value_folded === value_folded && other[at].is_primary === is_primary,
    )
  );
}

type Email = EmailKey & { directoryId: string; id: string };

const insertEmail = statement('directory_user.insert_email', (db, p: Placeholders<Email>) =>
  db.insertInto('directory_user_emails').values({
    directory_id: p.directoryId,
    value_folded: p.value_folded,
    directory_user_id: p.id,
    is_primary: p.is_primary,
  }),
);

function insertEmailRows(
  tx: Transaction,
  directoryId: string,
  id: string,
  emails: readonly EmailKey[],
): void {
  for (const email of emails) tx.send(insertEmail, { directoryId, id, ...email });
}

type Whose = { directoryId: string; id: string };

const deleteEmails = statement('directory_user.delete_emails', (db, p: Placeholders<Whose>) =>
  db
    .deleteFrom('directory_user_emails')
    .where('directory_id', '=', p.directoryId)
    .where('directory_user_id', '=', p.id),
);

function deleteEmailRows(tx: Transaction, directoryId: string, id: string): void {
  tx.send(deleteEmails, { directoryId, id });
}

type Bury = { directoryId: string; id: string; at: number };

const buryUser = statement('directory_user.bury', (db, p: Placeholders<Bury>) =>
  db
    .updateTable('directory_users')
    .set({ deleted_at: p.at, last_modified_at: p.at })
    .where('directory_id', '=', p.directoryId)
    .where('id', '=', p.id),
);

/** Makes a tombstone of a user: gone for SCIM, with free keys, its row kept until it is purged. */
export async function buryUserRow(
  tx: Transaction,
  directoryId: string,
  id: string,
  at: number,
): Promise<void> {
  tx.send(buryUser, { directoryId, id, at });
  deleteEmailRows(tx, directoryId, id);
}
