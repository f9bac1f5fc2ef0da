import type { Reader, Transaction } from '../../database/index.ts';
import type { Actor } from '../audit/index.ts';
import { Refusal } from '../refusal.ts';
import { domainOf, readProfile } from '../users/index.ts';
import type { SsoConnectionRow } from './connection.ts';
import { verifiedDomainsOf } from './route.ts';
import { readSettings } from './settings.ts';

/**
 * Whoever makes a connection the only way in for people of whom they are one must have come through it themselves, by a
 * sign-in or a test, since it has its IdP. So each account keeps an owner who can undo it. Throws `sso_untried`.
 */
export async function requireOwnWayIn(
  tx: Transaction,
  actor: Actor,
  connection: SsoConnectionRow,
): Promise<void> {
  if (actor.kind !== 'user') return;
  const address = await addressInside(tx, actor.id, connection);
  if (address === undefined || (await hasComeThrough(tx, actor.id, connection))) return;
  throw new Refusal(
    'sso_untried',
    `You sign in with ${address} and have not come through ${connection.name} yet. Test it as yourself first, so that you do not lock yourself out.`,
  );
}

async function addressInside(reader: Reader, userId: string, connection: SsoConnectionRow) {
  const domains = await verifiedDomainsOf(reader, connection);
  const { emails } = await readProfile(reader, userId);
  return emails.find(({ address, proved }) => proved && domains.has(domainOf(address)))?.address;
}

async function hasComeThrough(reader: Reader, userId: string, connection: SsoConnectionRow) {
  const { givenAt = 0 } = readSettings(connection.settings) ?? {};
  const attempt = await reader.query
    .selectFrom('sso_attempts')
    .select('id')
    .where('account_id', '=', connection.account_id)
    .where('connection_id', '=', connection.id)
    .where('user_id', '=', userId)
    .where('outcome', '=', 'accepted')
    .where('at', '>=', givenAt)
    .limit(1)
    .executeTakeFirst();
  return attempt !== undefined;
}
