import {
  type Placeholders,
  type Reader,
  statement,
  type Transaction,
} from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import { Refusal } from '../refusal.ts';
import { domainOf, foldAddress, requireEmailAddress } from './email-address.ts';

/** A person. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly passphraseHash: string | null;
}

const byProvedAddress = statement<{ address: string }, User>(
  'user.by_proved_address',
  (db, p: Placeholders<{ address: string }>) =>
    db
      .selectFrom('user_emails')
      .innerJoin('users', 'users.id', 'user_emails.user_id')
      .select(['users.id', 'users.name', 'users.passphrase_hash as passphraseHash'])
      .where('user_emails.address_folded', '=', p.address)
      .where('user_emails.proved_at', 'is not', null)
      .where('user_emails.ended_at', 'is', null),
);

/** The person who proved `address`; at most one has. */
export function findUserByProvedAddress(
  reader: Reader,
  address: string,
): Promise<User | undefined> {
  return reader.first(byProvedAddress, { address: foldAddress(address) });
}

export interface NewUser {
  readonly name: string;
  readonly address: string;
  /** By what the address is proved (`setup_link`, `invitation`, `operator`); null leaves it unproved. */
  readonly provedBy: string | null;
  readonly passphraseHash: string | null;
  readonly at: number;
}

/** Makes a person with a primary address; returns the id. Throws `email_invalid`, and `email_taken` where it is proved by another. */
export async function createUser(tx: Transaction, user: NewUser): Promise<string> {
  const { name, address, provedBy, passphraseHash, at } = user;
  requireEmailAddress(address);
  const id = newId(at);
  await tx.query
    .insertInto('users')
    .values({
      id,
      name,
      passphrase_hash: passphraseHash,
      passphrase_set_at: passphraseHash === null ? null : at,
      created_at: at,
    })
    .execute();
  const inserted = await tx.query
    .insertInto('user_emails')
    .values({
      user_id: id,
      address_folded: foldAddress(address),
      address,
      is_primary: 1,
      proved_at: provedBy === null ? null : at,
      proved_by: provedBy,
      created_at: at,
      ended_at: null,
      own_domain: domainOf(address),
    })
    .onConflict((oc) => oc.doNothing())
    .returning('user_id')
    .executeTakeFirst();
  if (inserted === undefined) throw emailTaken(address);
  return id;
}

/** Sets the hash of a new passphrase. */
export async function setPassphrase(
  tx: Transaction,
  { userId, hash, at }: { userId: string; hash: string; at: number },
): Promise<void> {
  await tx.query
    .updateTable('users')
    .set({ passphrase_hash: hash, passphrase_set_at: at })
    .where('id', '=', userId)
    .execute();
}

function emailTaken(address: string): Refusal {
  return new Refusal('email_taken', `${address} belongs to a person who already signs in here.`, {
    fields: [{ path: ['email'], message: 'Use another address, or sign in.' }],
  });
}
