import type { Reader } from '../../database/index.ts';
import { shown } from '../domains/index.ts';
import { Refusal } from '../refusal.ts';
import { routeByAddress } from '../sso-connections/index.ts';
import { domainOf } from '../users/index.ts';

/** The account that takes new people of a domain in. */
export interface Capture {
  readonly accountId: string;
  readonly accountName: string;
  readonly domainId: string;
}

/**
 * What becomes of somebody who signs up with this address: the account that captures its domain, or null for an account
 * of their own. It depends on the domain alone. Throws `sso_required` where the domain's people sign in through their
 * identity provider, and `domain_locked` where only invited people get in. Capture comes before lock.
 */
export async function readWayIn(
  reader: Reader,
  address: string,
  at: number,
): Promise<Capture | null> {
  await requireNoSso(reader, address);
  const domain = await reader.query
    .selectFrom('domains as d')
    .innerJoin('accounts as a', 'a.id', 'd.account_id')
    .select(['d.id', 'd.name', 'd.capture', 'd.lock', 'd.account_id', 'a.name as account_name'])
    .select(['a.plan', 'a.plan_until'])
    .where('d.name', '=', domainOf(address))
    .where('d.state', 'in', ['verified', 'lapsing'])
    .executeTakeFirst();
  if (domain === undefined) return null;
  const enterprise =
    domain.plan === 'enterprise' && (domain.plan_until === null || domain.plan_until > at);
  if (domain.capture === 1 && enterprise) {
    const { account_id: accountId, account_name: accountName, id: domainId } = domain;
    return { accountId, accountName, domainId };
  }
  if (domain.lock === 1) throw domainLocked(domain.name);
  return null;
}

async function requireNoSso(reader: Reader, address: string): Promise<void> {
  const connection = await routeByAddress(reader, address);
  if (connection?.state !== 'enforced') return;
  throw new Refusal(
    'sso_required',
    "Your company's people sign in through its identity provider. Go to the sign-in, enter your address, and you are sent there.",
  );
}

/** The refusal of somebody whom nobody invited. */
function domainLocked(name: string): Refusal {
  return new Refusal(
    'domain_locked',
    `Your company lets in only people whom it invited at ${shown(name)}. Open the invitation that you were mailed, or ask whoever runs this in your company for one.`,
  );
}
