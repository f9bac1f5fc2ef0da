import type { ExpressionBuilder } from 'kysely';
import type { Database, Schema, Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { digestOf } from '../../secret.ts';
import { Refusal } from '../refusal.ts';

/** For how long a key is remembered. */
const KEPT = day;

/** A create that its client can send twice and that is done once. */
export interface IdempotentRequest {
  readonly accountId: string;
  /** The person or API key that asks: nobody sees the keys of others. */
  readonly actorId: string;
  readonly key: string;
  /** What is asked for, address and body, as text. */
  readonly request: string;
  /** The answer holds a secret, so it is not kept. */
  readonly secret: boolean;
  readonly at: number;
}

/**
 * Does a create once for each key; a second request with the key gets the answer of the first.
 *
 * Whoever dies between the two leaves a key without an answer: nobody knows how far it came, so it is not done again.
 * Throws `idempotency_key_used` for a key without an answer, and for one that came with another request. A create that
 * is refused leaves no key behind.
 */
export async function once(
  database: Database,
  request: IdempotentRequest,
  create: () => Promise<unknown>,
): Promise<unknown> {
  const digest = digestOf(request.request);
  if (!(await database.write((tx) => claim(tx, request, digest)))) {
    return readAnswer(database, request, digest);
  }
  try {
    const answer = await create();
    const kept = request.secret ? null : JSON.stringify(answer);
    await database.write((tx) =>
      tx.query
        .updateTable('idempotency_keys')
        .set({ answer: kept })
        .where(isKey(request))
        .execute(),
    );
    return answer;
  } catch (error) {
    if (error instanceof Refusal) {
      await database.write((tx) =>
        tx.query.deleteFrom('idempotency_keys').where(isKey(request)).execute(),
      );
    }
    throw error;
  }
}

type Expressions = ExpressionBuilder<Schema, 'idempotency_keys'>;
type Key = Pick<IdempotentRequest, 'accountId' | 'actorId' | 'key'>;

function isKey({ accountId, actorId, key }: Key) {
  return (eb: Expressions) => eb.and({ account_id: accountId, actor_id: actorId, key });
}

async function claim(
  tx: Transaction,
  { accountId, actorId, key, at }: IdempotentRequest,
  digest: string,
): Promise<boolean> {
  const claimed = await tx.query
    .insertInto('idempotency_keys')
    .values({
      account_id: accountId,
      actor_id: actorId,
      key,
      request_digest: digest,
      created_at: at,
      answer: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  return claimed !== undefined;
}

async function readAnswer(
  { read }: Database,
  request: IdempotentRequest,
  digest: string,
): Promise<unknown> {
  const row = await read.query
    .selectFrom('idempotency_keys')
    .select(['request_digest', 'answer'])
    .where(isKey(request))
    .executeTakeFirst();
  if (row !== undefined && row.request_digest !== digest) {
    throw used('This Idempotency-Key came with another request before. Use a new one.');
  }
  if (row === undefined || row.answer === null) {
    const why = request.secret
      ? 'its answer held a secret and is not kept'
      : 'it has no answer yet';
    throw used(`A request with this Idempotency-Key came before, and ${why}. Look what there is.`);
  }
  return JSON.parse(row.answer);
}

function used(detail: string): Refusal {
  return new Refusal('idempotency_key_used', detail);
}

/** Forgets keys that are older than a day. */
export function purgeIdempotencyKeys(tx: Transaction, now: number): Promise<unknown> {
  return tx.query
    .deleteFrom('idempotency_keys')
    .where('created_at', '<', now - KEPT)
    .execute();
}
