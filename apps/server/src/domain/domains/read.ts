import type { Reader } from '../../database/index.ts';
import { notFound } from '../refusal.ts';
import type { DomainCheck } from './check.ts';
import type { DomainRow } from './domain.ts';

/** The account's domains by name. */
export function listDomains(reader: Reader, accountId: string): Promise<DomainRow[]> {
  return reader.query
    .selectFrom('domains')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute();
}

/** One domain. Throws `not_found`. */
export async function readDomain(
  reader: Reader,
  accountId: string,
  domainId: string,
): Promise<DomainRow> {
  const domain = await reader.query
    .selectFrom('domains')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', domainId)
    .executeTakeFirst();
  if (domain === undefined) throw notFound('domain');
  return domain;
}

/** The domain whose record proves this one: itself, or the one above. */
export function readProof(reader: Reader, domain: DomainRow): Promise<DomainRow> | DomainRow {
  return domain.parent_id === null
    ? domain
    : readDomain(reader, domain.account_id, domain.parent_id);
}

export interface PastCheck {
  readonly at: number;
  readonly verdict: DomainCheck['verdict'];
  readonly answers: DomainCheck['answers'];
}

/** How many checks are shown. */
const SHOWN = 20;

/** The checks of a domain that were settled, newest first. */
export async function listChecks(
  reader: Reader,
  accountId: string,
  domainId: string,
): Promise<PastCheck[]> {
  const rows = await reader.query
    .selectFrom('domain_checks')
    .select(['at', 'verdict', 'answers'])
    .where('account_id', '=', accountId)
    .where('domain_id', '=', domainId)
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute();
  return rows.map(({ at, verdict, answers }) => ({
    at,
    verdict,
    // Only `settleCheck` writes it.
    answers: JSON.parse(answers) as DomainCheck['answers'],
  }));
}

/** What depends on a domain, and goes or stops with it. */
export interface Dependents {
  /** Names of SSO connections that are routed by it. */
  readonly connections: readonly string[];
  /** Names of domains below that its record proves. */
  readonly below: readonly string[];
  /** Whether it is the last that is verified, so that SCIM adds nobody any more. */
  readonly last: boolean;
}

export async function readDependents(reader: Reader, domain: DomainRow): Promise<Dependents> {
  const { account_id: accountId, id } = domain;
  const connections = await reader.query
    .selectFrom('sso_connection_domains as link')
    .innerJoin('sso_connections as c', (join) =>
      join.onRef('c.account_id', '=', 'link.account_id').onRef('c.id', '=', 'link.connection_id'),
    )
    .select('c.name')
    .where('link.account_id', '=', accountId)
    .where('link.domain_id', '=', id)
    .orderBy('c.name')
    .execute();
  const domains = await listDomains(reader, accountId);
  const below = domains.filter((one) => one.parent_id === id);
  const others = domains.filter((one) => one.id !== id && one.parent_id !== id && isVerified(one));
  return {
    connections: connections.map(({ name }) => name),
    below: below.map(({ name }) => name),
    last: isVerified(domain) && others.length === 0,
  };
}

/** Whether a domain counts: one that is lapsing still does. */
export function isVerified({ state }: Pick<DomainRow, 'state'>): boolean {
  return state === 'verified' || state === 'lapsing';
}
