import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { foldAddress } from '../users/index.ts';
import { provedBy } from './granted.ts';
import type { Cause } from './said.ts';

type Rows = { rows: readonly object[] };

const insert = statement<Rows, { address_folded: string }>(
  'provisioning.prove_addresses',
  (_db, p: Placeholders<Rows>, dialect) => sql<{ address_folded: string }>`
    insert into user_emails
      (user_id, address_folded, address, is_primary, proved_at, proved_by, created_at)
    select user_id, address_folded, address, is_primary, at, proved_by, at
    from ${dialect.rows(p.rows, {
      user_id: 'text',
      address_folded: 'text',
      address: 'text',
      is_primary: 'integer',
      at: 'integer',
      proved_by: 'text',
    })} as said
    where true
    on conflict do nothing
    returning address_folded`,
);

type Own = { userId: string; folded: readonly string[] };

const clear = statement('provisioning.clear_addresses', (db, p: Placeholders<Own>, dialect) =>
  db
    .deleteFrom('user_emails')
    .where('user_id', '=', p.userId)
    .where(dialect.inList('address_folded', p.folded))
    .where((eb) => eb.or([eb('proved_at', 'is', null), eb('ended_at', 'is not', null)])),
);

/**
 * Gives addresses to a person as proved by the account's domains; answers those that became theirs. One that another person
 * has proved stays with that person: the unique index decides, also between two units at the same time.
 */
export async function insertAddresses(
  tx: Transaction,
  cause: Cause,
  userId: string,
  addresses: readonly string[],
  [primary]: readonly string[] = addresses,
): Promise<readonly string[]> {
  const rows = addresses.map((address) => ({
    user_id: userId,
    address_folded: foldAddress(address),
    address,
    is_primary: address === primary ? 1 : 0,
    at: cause.at,
    proved_by: provedBy(cause),
  }));
  // In one order, so that two units with the same addresses do not wait for each other.
  rows.sort((a, b) => (a.address_folded < b.address_folded ? -1 : 1));
  const inserted = new Set((await tx.all(insert, { rows })).map((row) => row.address_folded));
  return addresses.filter((address) => inserted.has(foldAddress(address)));
}

/** As `insertAddresses`, for a person who may have given one of them before without proof, or had it once. */
export async function addAddresses(
  tx: Transaction,
  cause: Cause,
  userId: string,
  addresses: readonly string[],
): Promise<readonly string[]> {
  if (addresses.length === 0) return [];
  tx.send(clear, { userId, folded: addresses.map(foldAddress) });
  return insertAddresses(tx, cause, userId, addresses, []);
}

type Ending = Own & { at: number };

const end = statement('provisioning.end_addresses', (db, p: Placeholders<Ending>, dialect) =>
  db
    .updateTable('user_emails')
    .set({ ended_at: p.at, is_primary: 0 })
    .where('user_id', '=', p.userId)
    .where('ended_at', 'is', null)
    .where(dialect.inList('address_folded', p.folded)),
);

/** Ends addresses of a person; they stay as history. */
export async function endAddresses(
  tx: Transaction,
  cause: Cause,
  userId: string,
  addresses: readonly string[],
): Promise<void> {
  if (addresses.length > 0) {
    tx.send(end, { userId, folded: addresses.map(foldAddress), at: cause.at });
  }
}

type Primary = { userId: string; folded: string };

const choosePrimary = statement('provisioning.primary_address', (db, p: Placeholders<Primary>) =>
  db
    .updateTable('user_emails')
    .set({ is_primary: sql<0 | 1>`case when address_folded = ${p.folded} then 1 else 0 end` })
    .where('user_id', '=', p.userId)
    .where('ended_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('user_emails as own')
          .select('own.user_id')
          .where('own.user_id', '=', p.userId)
          .where('own.address_folded', '=', p.folded)
          .where('own.proved_at', 'is not', null)
          .where('own.ended_at', 'is', null),
      ),
    ),
);

/** Makes an address the one to write to; nothing where it is not theirs. */
export async function setPrimaryAddress(
  tx: Transaction,
  userId: string,
  address: string,
): Promise<void> {
  tx.send(choosePrimary, { userId, folded: foldAddress(address) });
}

const clearAll = statement(
  'provisioning.forget_addresses',
  (db, p: Placeholders<{ userId: string }>) =>
    db.deleteFrom('user_emails').where('user_id', '=', p.userId),
);

/** Takes back the addresses of a person who is not to be made after all. */
export async function forgetAddresses(tx: Transaction, userId: string): Promise<void> {
  tx.send(clearAll, { userId });
}
