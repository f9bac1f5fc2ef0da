import { sql } from 'kysely';
import type { Reader, Schema, Transaction } from '../../database/index.ts';
import { day, hour } from '../../duration.ts';
import { digestOf, newSecret } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';
import { Refusal } from '../refusal.ts';
import { foldAddress } from '../users/index.ts';

export type CodePurpose = Schema['address_codes']['purpose'];

/** For how long a code works once it is mailed. */
const codeLife: Readonly<Record<CodePurpose, number>> = {
  sign_up: hour,
  reset: hour,
  first_passphrase: 14 * day,
  first_factor: hour,
};

/** One address is mailed so often for one purpose in an hour; what goes beyond is dropped without a word. */
const MOST_AN_HOUR = 3;

/**
 * Notes that somebody asks for a code. Whether the address belongs to anybody is looked up later, by a job: the request
 * reads and writes the same, and takes the same time, for everybody. Undefined where the address was mailed too often.
 */
export async function requestCode(
  tx: Transaction,
  { purpose, address, at }: { purpose: CodePurpose; address: string; at: number },
): Promise<CodeRequest | undefined> {
  const folded = foldAddress(address);
  const { count } = await tx.query
    .selectFrom('address_codes')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('purpose', '=', purpose)
    .where('address_folded', '=', folded)
    .where('created_at', '>', at - hour)
    .executeTakeFirstOrThrow();
  return count < MOST_AN_HOUR ? openCode(tx, { purpose, address, at }) : undefined;
}

/** Makes the row of a code; `makeCode` completes it. */
export async function openCode(
  tx: Transaction,
  { purpose, address, at }: { purpose: CodePurpose; address: string; at: number },
): Promise<CodeRequest> {
  const request = { id: newId(at), purpose, address, expiresAt: at + codeLife[purpose] };
  await tx.query
    .insertInto('address_codes')
    .values({
      id: request.id,
      purpose,
      digest: null,
      user_id: null,
      account_id: null,
      address,
      address_folded: foldAddress(address),
      created_at: at,
      expires_at: request.expiresAt,
      used_at: null,
    })
    .execute();
  return request;
}

/** A request that no job has looked at. */
export interface CodeRequest {
  readonly id: string;
  readonly purpose: CodePurpose;
  readonly address: string;
  readonly expiresAt: number;
}

/** The oldest requests that wait, locked. */
export async function takeCodeRequests(tx: Transaction, limit: number): Promise<CodeRequest[]> {
  const rows = await tx.dialect
    .skipLocked(
      tx.query
        .selectFrom('address_codes')
        .select(['id', 'purpose', 'address', 'expires_at'])
        .where(isRequest)
        .orderBy('id')
        .limit(limit),
    )
    .execute();
  return rows.map(({ expires_at: expiresAt, ...row }) => ({ ...row, expiresAt }));
}

/** In the words of the index: planners match constants, not parameters. */
const isRequest = sql<boolean>`digest is null and used_at is null`;

/** Whose code it is: a person, or somebody new. */
export interface CodeFor {
  readonly userId: string | null;
  readonly accountId: string | null;
}

/** Makes the code of a request, for the mail alone; those before it for the same address end. */
export async function makeCode(
  tx: Transaction,
  { id, purpose, address }: CodeRequest,
  { userId, accountId }: CodeFor,
  at: number,
): Promise<string> {
  await tx.query
    .updateTable('address_codes')
    .set({ used_at: at })
    .where('purpose', '=', purpose)
    .where('address_folded', '=', foldAddress(address))
    .where('id', '<>', id)
    .where('digest', 'is not', null)
    .where('used_at', 'is', null)
    .execute();
  const code = newSecret();
  await tx.query
    .updateTable('address_codes')
    .set({ digest: digestOf(code), user_id: userId, account_id: accountId })
    .where('id', '=', id)
    .execute();
  return code;
}

/** Lets a request go without a code. */
export async function dropCodeRequest(tx: Transaction, id: string, at: number): Promise<void> {
  await tx.query.updateTable('address_codes').set({ used_at: at }).where('id', '=', id).execute();
}

/** A code that works now. */
export interface LiveCode extends CodeFor {
  readonly purpose: CodePurpose;
  readonly address: string;
}

/** Looks a code up; it is not spent. Throws `code_invalid`. */
export async function readCode(
  reader: Reader,
  code: string,
  purposes: readonly CodePurpose[],
  at: number,
): Promise<LiveCode> {
  const row = await reader.query
    .selectFrom('address_codes')
    .select(['purpose', 'address', 'user_id as userId', 'account_id as accountId'])
    .where('digest', '=', digestOf(code))
    .where('purpose', 'in', purposes)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  if (row === undefined) throw codeInvalid();
  return row;
}

/** Spends a code, once. Throws `code_invalid`. */
export async function spendCode(tx: Transaction, code: string, at: number): Promise<void> {
  const spent = await tx.query
    .updateTable('address_codes')
    .set({ used_at: at })
    .where('digest', '=', digestOf(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id')
    .executeTakeFirst();
  if (spent === undefined) throw codeInvalid();
}

/** Ends every code by which somebody could still set a person's passphrase. */
export async function endCodesOf(tx: Transaction, userId: string, at: number): Promise<void> {
  await tx.query
    .updateTable('address_codes')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .execute();
}

function codeInvalid(): Refusal {
  return new Refusal(
    'code_invalid',
    'This link does not work any more: it was used, it is too old, or a newer one was sent. Ask for another one.',
  );
}

/** How long a code that is over is kept. */
const RETENTION = 30 * day;

/** Deletes old codes. Answers how many. */
export async function purgeAddressCodes(
  tx: Transaction,
  at: number,
  limit: number,
): Promise<number> {
  const purged = await tx.query
    .deleteFrom('address_codes')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('address_codes')
        .select('id')
        .where('expires_at', '<=', at - RETENTION)
        .limit(limit),
    )
    .returning('id')
    .execute();
  return purged.length;
}
