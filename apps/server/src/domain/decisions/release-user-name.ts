import type { UserNameRelease } from '@rollcall/api';
import type { Reader, Transaction } from '../../database/index.ts';
import { recordAudit } from '../audit/index.ts';
import {
  buryRecord,
  documentOf,
  lockUser,
  readUser,
  userNameIn,
} from '../directory-users/index.ts';
import { settleRelease } from '../provisioning/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { giveBackUniqueValues } from '../schema-extensions/index.ts';
import type { DirectoryAct } from './act.ts';

interface RecordKey {
  readonly accountId: string;
  readonly directoryId: string;
  /** Id of the directory user. */
  readonly recordId: string;
}

/** What `releaseUserName` would do now. Throws as it does. */
export async function previewRelease(reader: Reader, key: RecordKey): Promise<UserNameRelease> {
  const record = await readUser(reader, key.directoryId, key.recordId);
  if (record === undefined) throw notFound('person');
  refuseActive(record);
  const userName = userNameIn(documentOf(record));
  const person = await readTiedPerson(reader, key);
  return {
    userName,
    externalId: record.external_id,
    consequences: [
      `The inactive record of ${record.label} is deleted: for your identity provider it is gone, with its externalId, and its group memberships.`,
      person === null
        ? 'It is linked to nobody here, so nobody loses anything.'
        : `${person} loses nothing by this: the record is inactive, and gives no access now.`,
      `The next person whom your identity provider sends as ${userName} gets a record of their own. Whoever has proved the address here is linked to it; if nobody has, a new person is made.`,
      'This cannot be undone.',
    ],
  };
}

/**
 * Makes a tombstone of an inactive record, so that its userName is free for another externalId. Throws `not_found`, and
 * `conflict` for a record that is active: only the IdP ends that.
 */
export async function releaseUserName(
  tx: Transaction,
  act: DirectoryAct & { readonly recordId: string },
): Promise<void> {
  const { accountId, directoryId, recordId, actor, requestId, at } = act;
  const stored = await lockUser(tx, directoryId, recordId);
  if (stored === undefined) throw notFound('person');
  refuseActive(stored);
  await buryRecord(tx, directoryId, stored, at);
  await giveBackUniqueValues(tx, directoryId, recordId);
  await settleRelease(tx, { accountId, recordId, at });
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'directory_user.name_released',
    subject: { kind: 'directory_user', id: recordId, name: stored.label },
    before: { userName: userNameIn(documentOf(stored)), externalId: stored.external_id },
    requestId,
    at,
  });
}

function refuseActive({ active, label }: { readonly active: number; readonly label: string }) {
  if (active === 0) return;
  throw new Refusal(
    'conflict',
    `${label} is active in this directory. Deactivate or unassign the person in your identity provider first.`,
  );
}

async function readTiedPerson(reader: Reader, key: RecordKey): Promise<string | null> {
  const row = await reader.query
    .selectFrom('directory_users as r')
    .innerJoin('users as u', 'u.id', 'r.user_id')
    .select('u.name')
    .where('r.account_id', '=', key.accountId)
    .where('r.directory_id', '=', key.directoryId)
    .where('r.id', '=', key.recordId)
    .executeTakeFirst();
  return row?.name ?? null;
}
