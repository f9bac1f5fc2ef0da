import { type Selectable, sql } from 'kysely';
import type { Reader, Schema, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, type AuditAction, recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { requireOwnWayIn } from './own-way-in.ts';
import { NO_SETTINGS, readOidcSettings } from './settings.ts';

export type SsoConnectionRow = Selectable<Schema['sso_connections']>;

export interface SsoConnectionChange {
  readonly accountId: string;
  readonly actor: Actor;
  readonly requestId?: string | undefined;
  readonly at: number;
}

export interface NewSsoConnection extends SsoConnectionChange {
  /** Made beforehand where secrets are sealed for it. */
  readonly id?: string;
  readonly name: string;
  readonly protocol: 'saml' | 'oidc';
  readonly domainIds: readonly string[];
  /** As `writeSettings` wrote them. */
  readonly settings?: string;
}

/** Adds a connection that has yet to pass its test; returns its id. Throws `not_found` for a domain that is not the account's. */
export async function createSsoConnection(
  tx: Transaction,
  connection: NewSsoConnection,
): Promise<string> {
  const { accountId, at, name, protocol, domainIds, settings = NO_SETTINGS } = connection;
  const { id = newId(at) } = connection;
  await tx.query
    .insertInto('sso_connections')
    .values({
      account_id: accountId,
      id,
      name,
      protocol,
      state: 'draft',
      settings,
      created_at: at,
      tested_at: null,
    })
    .execute();
  await setDomains(tx, accountId, id, domainIds);
  await auditConnection(tx, connection, 'sso_connection.created', { id, name });
  return id;
}

/** Routes these domains to a connection, and no others. Throws `not_found` for one that is not the account's. */
export async function setDomains(
  tx: Transaction,
  accountId: string,
  connectionId: string,
  domainIds: readonly string[],
): Promise<void> {
  await tx.query
    .deleteFrom('sso_connection_domains')
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .execute();
  for (const domainId of new Set(domainIds)) {
    const domain = await tx.query
      .selectFrom('domains')
      .select('id')
      .where('account_id', '=', accountId)
      .where('id', '=', domainId)
      .executeTakeFirst();
    if (domain === undefined) throw notFound('domain');
    await tx.query
      .insertInto('sso_connection_domains')
      .values({ account_id: accountId, connection_id: connectionId, domain_id: domainId })
      .execute();
  }
}

type OneConnection = SsoConnectionChange & { readonly connectionId: string };

/** Records that a connection passed its test; one that is enforced stays so. Throws `not_found`. */
export async function markSsoConnectionTested(
  tx: Transaction,
  change: OneConnection,
): Promise<void> {
  const { accountId, connectionId, at } = change;
  const connection = await tx.query
    .updateTable('sso_connections')
    .set({
      state: sql<
        'tested' | 'enforced'
      >`case when state = 'enforced' then 'enforced' else 'tested' end`,
      tested_at: at,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .returning('name')
    .executeTakeFirst();
  if (connection === undefined) throw notFound('SSO connection');
  const subject = { id: connectionId, name: connection.name };
  await auditConnection(tx, change, 'sso_connection.tested', subject);
}

/** Makes a connection the only way in for the people of its domains, or lets them sign in otherwise again. Throws `not_found`, `sso_not_tested` and `sso_untried`. */
export async function setEnforced(
  tx: Transaction,
  { enforced, ...change }: OneConnection & { readonly enforced: boolean },
): Promise<void> {
  const connection = await lockSsoConnection(tx, change.accountId, change.connectionId);
  if (connection.state === 'draft') {
    throw new Refusal(
      'sso_not_tested',
      'Pass a test sign-in first: otherwise a mistake in the connection would keep everybody out.',
    );
  }
  if ((connection.state === 'enforced') === enforced) return;
  if (enforced) await requireOwnWayIn(tx, change.actor, connection);
  const untried = readOidcSettings(connection.settings)?.untried === true;
  await tx.query
    .updateTable('sso_connections')
    .set({ state: enforced ? 'enforced' : untried ? 'draft' : 'tested' })
    .where('account_id', '=', change.accountId)
    .where('id', '=', change.connectionId)
    .execute();
  const action = enforced ? 'sso_connection.enforced' : 'sso_connection.released';
  await auditConnection(tx, change, action, connection);
}

/** Removes a connection, with what people proved through it. Throws `not_found` and `sso_enforced`. */
export async function deleteSsoConnection(tx: Transaction, change: OneConnection): Promise<void> {
  const { accountId, connectionId } = change;
  const connection = await lockSsoConnection(tx, accountId, connectionId);
  if (connection.state === 'enforced') throw enforcedRefusal();
  for (const table of ['user_identities', 'session_authentications', 'sso_sessions'] as const) {
    await tx.query.deleteFrom(table).where('connection_id', '=', connectionId).execute();
  }
  for (const table of ['sso_attempts', 'sso_requests', 'sso_connection_domains'] as const) {
    await tx.query
      .deleteFrom(table)
      .where('account_id', '=', accountId)
      .where('connection_id', '=', connectionId)
      .execute();
  }
  await tx.query
    .deleteFrom('sso_connections')
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .execute();
  await auditConnection(tx, change, 'sso_connection.deleted', connection);
}

export function enforcedRefusal(detail = 'Stop enforcing this connection first.'): Refusal {
  return new Refusal('sso_enforced', detail);
}

/** Reads and locks one connection. Throws `not_found`. */
export async function lockSsoConnection(
  tx: Transaction,
  accountId: string,
  connectionId: string,
): Promise<SsoConnectionRow> {
  const query = tx.query
    .selectFrom('sso_connections')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId);
  const connection = await tx.dialect.forUpdate(query).executeTakeFirst();
  if (connection === undefined) throw notFound('SSO connection');
  return connection;
}

/** One connection of an account. Throws `not_found`. */
export async function readSsoConnection(
  reader: Reader,
  accountId: string,
  connectionId: string,
): Promise<SsoConnectionRow> {
  const connection = await findSsoConnection(reader, connectionId);
  if (connection?.account_id !== accountId) throw notFound('SSO connection');
  return connection;
}

/** A connection by the id that stands in its addresses; whose it is, it tells itself. */
export function findSsoConnection(
  reader: Reader,
  connectionId: string,
): Promise<SsoConnectionRow | undefined> {
  return reader.query
    .selectFrom('sso_connections')
    .selectAll()
    .where('id', '=', connectionId)
    .executeTakeFirst();
}

/** The account's connections by name, each with its domains. */
export async function listSsoConnections(reader: Reader, accountId: string) {
  const connections = await reader.query
    .selectFrom('sso_connections')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const domains = await reader.query
    .selectFrom('sso_connection_domains as link')
    .innerJoin('domains', (join) =>
      join
        .onRef('domains.account_id', '=', 'link.account_id')
        .onRef('domains.id', '=', 'link.domain_id'),
    )
    .select(['link.connection_id', 'domains.id', 'domains.name', 'domains.state'])
    .where('link.account_id', '=', accountId)
    .orderBy('domains.name')
    .execute();
  return connections.map((connection) => ({
    ...connection,
    domains: domains.filter(({ connection_id }) => connection_id === connection.id),
  }));
}

/** Records what happened to a connection. */
export async function auditConnection(
  tx: Transaction,
  { accountId, actor, requestId, at }: SsoConnectionChange,
  action: AuditAction & `sso_connection.${string}`,
  { id, name }: { readonly id: string; readonly name: string },
  facts: { readonly before?: unknown; readonly after?: unknown } = {},
): Promise<void> {
  const subject = { kind: 'sso_connection', id, name };
  await recordAudit(tx, { accountId, actor, action, subject, requestId, at, ...facts });
}
