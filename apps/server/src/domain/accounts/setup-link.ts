import type { Reader, Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { digestOf, newSecret } from '../../secret.ts';
import { Refusal } from '../refusal.ts';

const LIFETIME = day;

/** The fact that only one set-up can write. */
const SET_UP = 'set_up_at';

/** Issues the code of a set-up link and ends those before it; stored as a digest. Throws `setup_done` where there is an account. */
export async function issueSetupLink(
  tx: Transaction,
  at: number,
): Promise<{ code: string; expiresAt: number }> {
  await requireNoAccount(tx);
  await tx.query.deleteFrom('setup_links').where('used_at', 'is', null).execute();
  const code = newSecret();
  const expiresAt = at + LIFETIME;
  await tx.query
    .insertInto('setup_links')
    .values({ digest: digestOf(code), created_at: at, expires_at: expiresAt, used_at: null })
    .execute();
  return { code, expiresAt };
}

/** Issues a link for a first start: nothing where there is an account, or a link that still works. */
export async function issueFirstSetupLink(
  tx: Transaction,
  at: number,
): Promise<string | undefined> {
  if (await isSetUp(tx)) return undefined;
  const live = await tx.query
    .selectFrom('setup_links')
    .select('digest')
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .limit(1)
    .executeTakeFirst();
  if (live !== undefined) return undefined;
  const { code } = await issueSetupLink(tx, at);
  return code;
}

/** Where a set-up link leads. */
export function setupUrl(publicUrl: string, code: string): string {
  return `${publicUrl}/setup/${code}`;
}

/** Throws `setup_done` or `setup_link_invalid` unless the link of `code` works now. It spends nothing. */
export async function requireSetupLink(reader: Reader, code: string, at: number): Promise<void> {
  await requireNoAccount(reader);
  const link = await reader.query
    .selectFrom('setup_links')
    .select('digest')
    .where('digest', '=', digestOf(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  if (link === undefined) throw invalidLink();
}

/** Spends a set-up link, once in the life of a database. Throws as `requireSetupLink` does. */
export async function spendSetupLink(tx: Transaction, code: string, at: number): Promise<void> {
  await requireNoAccount(tx);
  const spent = await tx.query
    .updateTable('setup_links')
    .set({ used_at: at })
    .where('digest', '=', digestOf(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('digest')
    .executeTakeFirst();
  if (spent === undefined) throw invalidLink();
  const first = await tx.query
    .insertInto('database_facts')
    .values({ name: SET_UP, value: String(at) })
    .onConflict((oc) => oc.doNothing())
    .returning('name')
    .executeTakeFirst();
  if (first === undefined) throw setupDone();
}

/** Whether there is an account: then the time of set-up links is over. */
export async function isSetUp(reader: Reader): Promise<boolean> {
  const account = await reader.query
    .selectFrom('accounts')
    .select('id')
    .limit(1)
    .executeTakeFirst();
  return account !== undefined;
}

async function requireNoAccount(reader: Reader): Promise<void> {
  if (await isSetUp(reader)) throw setupDone();
}

function setupDone(): Refusal {
  return new Refusal('setup_done', 'This service is set up already. Sign in instead.');
}

function invalidLink(): Refusal {
  return new Refusal(
    'setup_link_invalid',
    'This set-up link does not work: it is older than a day, or a newer one was printed. Print another one with "rollcall setup-link".',
  );
}
