import type { Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { notFound } from '../refusal.ts';

/** A new account has the seat of its owner; a trial or an activation code brings more. */
const INITIAL_SEATS = 1;

export interface NewAccount {
  readonly name: string;
  readonly ownerId: string;
  readonly actor: Actor;
  readonly requestId?: string;
  readonly at: number;
}

/** Makes an account on the essentials plan with its owner, who holds its one seat; returns its id. */
export async function createAccount(tx: Transaction, account: NewAccount): Promise<string> {
  const { name, ownerId, actor, requestId, at } = account;
  const id = newId(at);
  await tx.query
    .insertInto('accounts')
    .values({
      id,
      name,
      plan: 'essentials',
      plan_source: 'none',
      plan_until: null,
      trial_started_at: null,
      created_at: at,
    })
    .execute();
  await insertOwner(tx, id, ownerId, at);
  const subject = { kind: 'account', id, name };
  await recordAudit(tx, {
    accountId: id,
    actor,
    action: 'account.created',
    subject,
    requestId,
    at,
  });
  return id;
}

async function insertOwner(tx: Transaction, accountId: string, userId: string, at: number) {
  const ids = { account_id: accountId, user_id: userId };
  await tx.query
    .insertInto('licenses')
    .values({ account_id: accountId, quantity: INITIAL_SEATS })
    .execute();
  await tx.query
    .insertInto('seats')
    .values({
      account_id: accountId,
      number: 1,
      purchased: INITIAL_SEATS,
      holder_kind: 'user',
      holder_id: userId,
      claimed_at: at,
    })
    .execute();
  await tx.query
    .insertInto('memberships')
    .values({
      ...ids,
      role: 'owner',
      state: 'active',
      created_at: at,
      changed_at: at,
      last_active_at: null,
    })
    .execute();
  await tx.query
    .insertInto('membership_sources')
    .values({ ...ids, kind: 'manual', source_id: '', created_at: at })
    .execute();
}

/** Reads an account and locks its row: the first lock of every unit that takes several. Throws `not_found`. */
export async function lockAccount(tx: Transaction, accountId: string) {
  const query = tx.query.selectFrom('accounts').selectAll().where('id', '=', accountId);
  const account = await tx.dialect.forUpdate(query).executeTakeFirst();
  if (account === undefined) throw notFound('account');
  return account;
}
