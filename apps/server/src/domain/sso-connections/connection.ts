import type { Reader, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { notFound } from '../refusal.ts';

export interface SsoConnectionChange {
  readonly accountId: string;
  readonly actor: Actor;
  readonly at: number;
}

export interface NewSsoConnection extends SsoConnectionChange {
  readonly name: string;
  readonly protocol: 'saml' | 'oidc';
  readonly domainIds: readonly string[];
}

/** Adds a connection that has yet to pass its test; returns its id. */
export async function createSsoConnection(
  tx: Transaction,
  { accountId, actor, at, name, protocol, domainIds }: NewSsoConnection,
): Promise<string> {
  const id = newId(at);
  await tx.query
    .insertInto('sso_connections')
    .values({
      account_id: accountId,
      id,
      name,
      protocol,
      state: 'draft',
      settings: '{}',
      created_at: at,
      tested_at: null,
    })
    .execute();
  for (const domainId of domainIds) {
    await tx.query
      .insertInto('sso_connection_domains')
      .values({ account_id: accountId, connection_id: id, domain_id: domainId })
      .execute();
  }
  const subject = { kind: 'sso_connection', id, name };
  await recordAudit(tx, { accountId, actor, action: 'sso_connection.created', subject, at });
  return id;
}

/** Records that a connection passed its test. Throws `not_found`. */
export async function markSsoConnectionTested(
  tx: Transaction,
  { accountId, actor, at, connectionId }: SsoConnectionChange & { readonly connectionId: string },
): Promise<void> {
  const connection = await tx.query
    .updateTable('sso_connections')
    .set({ state: 'tested', tested_at: at })
    .where('account_id', '=', accountId)
    .where('id', '=', connectionId)
    .returning('name')
    .executeTakeFirst();
  if (connection === undefined) throw notFound('SSO connection');
  const subject = { kind: 'sso_connection', id: connectionId, name: connection.name };
  await recordAudit(tx, { accountId, actor, action: 'sso_connection.tested', subject, at });
}

/** The account's connections by name, each with the names of its domains. */
export async function listSsoConnections(reader: Reader, accountId: string) {
  const connections = await reader.query
    .selectFrom('sso_connections')
    .select(['id', 'name', 'protocol', 'state', 'tested_at'])
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute();
  const domains = await reader.query
    .selectFrom('sso_connection_domains as link')
    .innerJoin('domains', (join) =>
      join
        .onRef('domains.account_id', '=', 'link.account_id')
        .onRef('domains.id', '=', 'link.domain_id'),
    )
    .select(['link.connection_id', 'domains.name'])
    .where('link.account_id', '=', accountId)
    .orderBy('domains.name')
    .execute();
  return connections.map((connection) => ({
    ...connection,
    domains: domains
      .filter(({ connection_id }) => connection_id === connection.id)
      .map(({ name }) => name),
  }));
}
