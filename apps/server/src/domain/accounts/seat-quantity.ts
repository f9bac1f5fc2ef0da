import type { Schema, Transaction } from '../../database/index.ts';
import { numberInWords } from '../number-in-words.ts';
import { Refusal } from '../refusal.ts';

/**
 * Sets how many seats an account has. Whoever holds a seat keeps one: holders beyond the new quantity move to free
 * numbers within it. Throws `activation_code_too_small` where more are in use. The account row must be locked.
 */
export async function setSeatQuantity(
  tx: Transaction,
  accountId: string,
  quantity: number,
): Promise<void> {
  const licenses = tx.query
    .selectFrom('licenses')
    .select('quantity')
    .where('account_id', '=', accountId);
  const { quantity: before } = await tx.dialect.forUpdate(licenses).executeTakeFirstOrThrow();
  if (quantity < before) await makeRoom(tx, accountId, before, quantity);
  await tx.query
    .updateTable('licenses')
    .set({ quantity })
    .where('account_id', '=', accountId)
    .execute();
}

async function makeRoom(
  tx: Transaction,
  accountId: string,
  purchased: number,
  quantity: number,
): Promise<void> {
  const query = tx.query
    .selectFrom('seats')
    .select(['number', 'holder_kind', 'holder_id', 'claimed_at'])
    .where('account_id', '=', accountId);
  const seats = await tx.dialect.forUpdate(query).execute();
  const held = seats.filter((seat) => seat.holder_id !== null);
  if (held.length > quantity) throw tooSmall(quantity, held.length);
  await tx.query
    .deleteFrom('seats')
    .where('account_id', '=', accountId)
    .where('number', '>', quantity)
    .execute();
  const free = freeNumbers(new Set(held.map((seat) => seat.number)), quantity);
  for (const seat of held.filter(({ number }) => number > quantity)) {
    const { value: number } = free.next();
    if (number !== undefined)
      await moveSeat(tx, { account_id: accountId, number, purchased }, seat);
  }
}

function* freeNumbers(taken: ReadonlySet<number>, quantity: number): Generator<number, undefined> {
  for (let number = 1; number <= quantity; number += 1) if (!taken.has(number)) yield number;
  return undefined;
}

type HeldSeat = Pick<Schema['seats'], 'holder_kind' | 'holder_id' | 'claimed_at'>;

async function moveSeat(
  tx: Transaction,
  place: { account_id: string; number: number; purchased: number },
  { holder_kind, holder_id, claimed_at }: HeldSeat,
): Promise<void> {
  const holder = { holder_kind, holder_id, claimed_at };
  await tx.query
    .insertInto('seats')
    .values({ ...place, ...holder })
    .onConflict((oc) => oc.columns(['account_id', 'number']).doUpdateSet(holder))
    .execute();
}

function tooSmall(quantity: number, used: number): Refusal {
  return new Refusal(
    'activation_code_too_small',
    `This code is for ${numberInWords(quantity)} seats, but ${numberInWords(used)} are in use. Free ${numberInWords(used - quantity)} under Licenses first, or use a larger code.`,
  );
}
