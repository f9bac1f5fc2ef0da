import type { Reader } from '../../database/index.ts';
import { domainOf, findUserByProvedAddress } from '../users/index.ts';
import type { SsoConnectionRow } from './connection.ts';
import { verifiedDomainsOf } from './route.ts';
import { readOidcSettings } from './settings.ts';

/** How an IdP names a person outside of a sign-in. */
type NamedSubject =
  | { readonly format: 'email'; readonly email: string }
  | { readonly format: 'iss_sub'; readonly iss: string; readonly sub: string };

/** The member of the connection's account whom its IdP means: by subject, or by an address in its verified domains. */
export async function findMemberOf(
  reader: Reader,
  connection: SsoConnectionRow,
  subject: NamedSubject,
): Promise<{ id: string; name: string } | undefined> {
  const userId =
    subject.format === 'email'
      ? await byAddress(reader, connection, subject.email)
      : await bySubject(reader, connection, subject);
  if (userId === undefined) return undefined;
  return reader.query
    .selectFrom('memberships as m')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.id', 'u.name'])
    .where('m.account_id', '=', connection.account_id)
    .where('m.user_id', '=', userId)
    .executeTakeFirst();
}

async function byAddress(reader: Reader, connection: SsoConnectionRow, address: string) {
  const domains = await verifiedDomainsOf(reader, connection);
  if (!domains.has(domainOf(address))) return undefined;
  return (await findUserByProvedAddress(reader, address))?.id;
}

/** A subject is its issuer's. What a SAML IdP calls itself in a token is not what it calls itself in an assertion. */
async function bySubject(
  reader: Reader,
  connection: SsoConnectionRow,
  { iss, sub }: { readonly iss: string; readonly sub: string },
) {
  const issuer = readOidcSettings(connection.settings)?.client?.issuer;
  if (issuer !== undefined && iss !== issuer) return undefined;
  return findUserBySubject(reader, connection.id, sub);
}

/** Whom a connection's IdP means by a subject, since a sign-in of theirs. */
export async function findUserBySubject(
  reader: Reader,
  connectionId: string,
  subject: string,
): Promise<string | undefined> {
  const row = await reader.query
    .selectFrom('user_identities')
    .select('user_id')
    .where('connection_id', '=', connectionId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row?.user_id;
}
