import type { Schema, Transaction } from '../../database/index.ts';
import { newSecret } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';
import { namesAbove, readDomainName, shown } from './name.ts';

export type DomainRow = Schema['domains'];

export interface DomainChange {
  readonly accountId: string;
  readonly actor: Actor;
  readonly requestId?: string | undefined;
  readonly at: number;
}

export interface NewDomain extends DomainChange {
  readonly name: string;
  /** By a record of its own, which is the default, or by that of a domain above it. */
  readonly method?: 'unique' | 'root';
}

/**
 * Adds a domain that is yet to be proved; returns its id. Throws `domain_invalid`, `conflict` where the account has it
 * already, and `domain_parent_missing` for the method `root` where the account has no domain above it.
 */
export async function createDomain(tx: Transaction, domain: NewDomain): Promise<string> {
  const { accountId, at, method = 'unique' } = domain;
  const name = readDomainName(domain.name);
  const parentId = method === 'root' ? await requireParent(tx, accountId, name) : null;
  const id = newId(at);
  const inserted = await tx.query
    .insertInto('domains')
    .values({
      account_id: accountId,
      id,
      name,
      method,
      parent_id: parentId,
      state: 'pending',
      verification_token: newSecret(),
      capture: 0,
      lock: 0,
      created_at: at,
      verified_at: null,
      failing_since: null,
      checked_at: null,
      check_at: at,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) {
    throw new Refusal('conflict', `${shown(name)} is already in this account.`);
  }
  await auditDomain(tx, domain, 'domain.created', { id, name });
  return id;
}

/** The nearest domain above that has a record of its own. */
async function requireParent(tx: Transaction, accountId: string, name: string): Promise<string> {
  const above = namesAbove(name);
  const rows =
    above.length === 0
      ? []
      : await tx.query
          .selectFrom('domains')
          .select(['id', 'name'])
          .where('account_id', '=', accountId)
          .where('method', '=', 'unique')
          .where('name', 'in', above)
          .execute();
  const parent = rows.toSorted((a, b) => b.name.length - a.name.length)[0];
  if (parent !== undefined) return parent.id;
  const message =
    above.length === 0
      ? `${shown(name)} is a root domain itself. Verify it by a record of its own.`
      : `Add ${shown(above.at(-1) ?? name)} first: its record proves this one too.`;
  const fields = [{ path: ['method'], message }];
  throw new Refusal('domain_parent_missing', message, { fields });
}

/** Reads and locks one domain. Throws `not_found`. */
export async function lockDomain(
  tx: Transaction,
  accountId: string,
  domainId: string,
): Promise<DomainRow> {
  const query = tx.query
    .selectFrom('domains')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', domainId);
  const domain = await tx.dialect.forUpdate(query).executeTakeFirst();
  if (domain === undefined) throw notFound('domain');
  return domain;
}

/** Records what happened to a domain. */
export async function auditDomain(
  tx: Transaction,
  { accountId, actor, requestId, at }: DomainChange,
  action: `domain.${'created' | 'verified' | 'failing' | 'lapsed' | 'deleted' | 'taken_over' | 'policy_changed'}`,
  { id, name }: { readonly id: string; readonly name: string },
  facts: { readonly before?: unknown; readonly after?: unknown } = {},
): Promise<void> {
  const subject = { kind: 'domain', id, name: shown(name) };
  await recordAudit(tx, { accountId, actor, action, subject, requestId, at, ...facts });
}
