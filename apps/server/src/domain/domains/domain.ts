import { fold } from '@rollcall/scim';
import type { Reader, Transaction } from '../../database/index.ts';
import { newSecret } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { notFound, Refusal } from '../refusal.ts';

export interface DomainChange {
  readonly accountId: string;
  readonly actor: Actor;
  readonly at: number;
}

/** Adds a domain that is yet to be proved; returns its id. Throws `conflict` where the account has it already. */
export async function createDomain(
  tx: Transaction,
  { accountId, actor, at, name }: DomainChange & { readonly name: string },
): Promise<string> {
  const id = newId(at);
  const inserted = await tx.query
    .insertInto('domains')
    .values({
      account_id: accountId,
      id,
      name: fold(name),
      state: 'pending',
      verification_token: newSecret(),
      capture: 0,
      lock: 0,
      created_at: at,
      verified_at: null,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) throw new Refusal('conflict', `${name} is already in this account.`);
  const subject = { kind: 'domain', id, name: fold(name) };
  await recordAudit(tx, { accountId, actor, action: 'domain.created', subject, at });
  return id;
}

/** Marks a domain as verified. Throws `not_found`; the database refuses a domain that another account has verified. */
export async function markDomainVerified(
  tx: Transaction,
  { accountId, actor, at, domainId }: DomainChange & { readonly domainId: string },
): Promise<void> {
  const domain = await tx.query
    .updateTable('domains')
    .set({ state: 'verified', verified_at: at })
    .where('account_id', '=', accountId)
    .where('id', '=', domainId)
    .returning('name')
    .executeTakeFirst();
  if (domain === undefined) throw notFound('domain');
  const subject = { kind: 'domain', id: domainId, name: domain.name };
  await recordAudit(tx, { accountId, actor, action: 'domain.verified', subject, at });
}

/** The account's domains by name. */
export function listDomains(reader: Reader, accountId: string) {
  return reader.query
    .selectFrom('domains')
    .select(['id', 'name', 'state', 'verified_at'])
    .where('account_id', '=', accountId)
    .orderBy('name')
    .execute();
}
