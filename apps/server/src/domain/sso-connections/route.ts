import type { Reader } from '../../database/index.ts';
import { domainOf } from '../users/index.ts';
import type { SsoConnectionRow } from './connection.ts';

/**
 * The connection that the people of an address's domain use; undefined where there is none. It depends on the domain
 * alone, so it tells nothing about who exists.
 */
export async function routeByAddress(
  reader: Reader,
  address: string,
): Promise<Pick<SsoConnectionRow, 'id' | 'state' | 'account_id'> | undefined> {
  const rows = await reader.query
    .selectFrom('domains as d')
    .innerJoin('sso_connection_domains as link', (join) =>
      join.onRef('link.account_id', '=', 'd.account_id').onRef('link.domain_id', '=', 'd.id'),
    )
    .innerJoin('sso_connections as c', (join) =>
      join.onRef('c.account_id', '=', 'link.account_id').onRef('c.id', '=', 'link.connection_id'),
    )
    .select(['c.id', 'c.state', 'c.account_id', 'c.settings'])
    .where('d.name', '=', domainOf(address))
    .where('d.state', 'in', ['verified', 'lapsing'])
    .where('c.state', 'in', ['tested', 'enforced'])
    .where('c.settings', '<>', '{}')
    .orderBy('c.tested_at', 'desc')
    .execute();
  return rows.find(({ state }) => state === 'enforced') ?? rows[0];
}

/** The names of a connection's domains that are verified: inside them its IdP is believed. */
export async function verifiedDomainsOf(
  reader: Reader,
  connection: Pick<SsoConnectionRow, 'account_id' | 'id'>,
): Promise<ReadonlySet<string>> {
  const rows = await reader.query
    .selectFrom('sso_connection_domains as link')
    .innerJoin('domains as d', (join) =>
      join.onRef('d.account_id', '=', 'link.account_id').onRef('d.id', '=', 'link.domain_id'),
    )
    .select('d.name')
    .where('link.account_id', '=', connection.account_id)
    .where('link.connection_id', '=', connection.id)
    .where('d.state', 'in', ['verified', 'lapsing'])
    .execute();
  return new Set(rows.map(({ name }) => name));
}
