import type { LicensePerson } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';
import { instantOf } from '../../instant.ts';

/** By what a person of an account is known: addresses, and the records of the account's directories. */
export async function readIdentity(
  reader: Reader,
  accountId: string,
  userId: string,
): Promise<Pick<LicensePerson, 'emails' | 'directoryUsers'>> {
  const emails = await reader.query
    .selectFrom('user_emails')
    .select(['address', 'is_primary', 'proved_at', 'created_at'])
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .orderBy('is_primary', 'desc')
    .orderBy('address_folded')
    .execute();
  return {
    emails: emails.map((email) => ({
      address: email.address,
      primary: email.is_primary === 1,
      proved: email.proved_at !== null,
      since: instantOf(email.created_at),
    })),
    directoryUsers: await readRecords(reader, accountId, userId),
  };
}

async function readRecords(
  reader: Reader,
  accountId: string,
  userId: string,
): Promise<LicensePerson['directoryUsers']> {
  const rows = await reader.query
    .selectFrom('directory_users as r')
    .innerJoin('directories as d', 'd.id', 'r.directory_id')
    .select(['d.id as directory_id', 'd.name', 'r.id', 'r.document', 'r.external_id', 'r.active'])
    .where('r.account_id', '=', accountId)
    .where('r.user_id', '=', userId)
    .where('r.deleted_at', 'is', null)
    .orderBy('r.id')
    .execute();
  return rows.map((row) => ({
    directoryId: row.directory_id,
    directoryName: row.name,
    id: row.id,
    userName: userNameOf(row.document),
    externalId: row.external_id,
    active: row.active === 1,
  }));
}

function userNameOf(document: string): string {
  const { userName } = Object(JSON.parse(document));
  return typeof userName === 'string' ? userName : '';
}
