import type { Reader } from '../../database/index.ts';
import { routeByAddress } from '../../domain/sso-connections/index.ts';
import { readProfile } from '../../domain/users/index.ts';
import { ssoStart } from './sso-answers.ts';

/** Where the sign-in begins that an account enforces for one of these addresses; null where it enforces none. */
export async function demandedSso(
  read: Reader,
  accountId: string,
  addresses: readonly string[],
): Promise<string | null> {
  for (const address of addresses) {
    const connection = await routeByAddress(read, address);
    if (connection?.account_id !== accountId || connection.state !== 'enforced') continue;
    return ssoStart(connection.id);
  }
  return null;
}

/** The addresses that a person proved: those that can be under an account's SSO. */
export async function provedAddresses(read: Reader, userId: string): Promise<string[]> {
  const { emails } = await readProfile(read, userId);
  return emails.filter(({ proved }) => proved).map(({ address }) => address);
}
