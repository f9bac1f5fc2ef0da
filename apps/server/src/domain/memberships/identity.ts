import type { LicensePerson } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';
import { instantOf } from '../../instant.ts';
import { readKnownAddresses } from './known-addresses.ts';

/** By what a person of an account is known there: addresses, and the records of the account's directories. */
export async function readIdentity(
  reader: Reader,
  accountId: string,
  userId: string,
): Promise<Pick<LicensePerson, 'emails' | 'directoryUsers'>> {
  const known = await readKnownAddresses(reader, accountId, [userId]);
  const emails = known.get(userId) ?? [];
  return {
    emails: emails.map(({ createdAt, ...email }) => ({ ...email, since: instantOf(createdAt) })),
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
