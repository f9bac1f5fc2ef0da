import type { Database, Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import {
  claimSeats,
  INVITATION_LIFE,
  isOpenInvitation,
  releaseSeats,
  serveWaiting,
} from '../licenses/index.ts';
import { Refusal } from '../refusal.ts';
import { readPolicy } from './policy.ts';
import { seatsExhausted } from './refused.ts';

/** Invitations of one unit. */
const SLICE = 100;

/**
 * Deals with invitations whose time is over: renewed while the directory is on and says active, else ended, their seats
 * freed. Answers how many there were.
 */
export async function renewInvitations(database: Database, at: number): Promise<number> {
  let total = 0;
  for (;;) {
    const dealt = await database.write((tx) => renewSlice(tx, at));
    total += dealt;
    if (dealt < SLICE) return total;
  }
}

async function renewSlice(tx: Transaction, at: number): Promise<number> {
  const due = await tx.dialect
    .skipLocked(
      tx.query
        .selectFrom('invitations as i')
        .innerJoin('directories as d', 'd.id', 'i.directory_id')
        .innerJoin('directory_users as r', (join) =>
          join
            .onRef('r.directory_id', '=', 'i.directory_id')
            .onRef('r.id', '=', 'i.directory_user_id'),
        )
        .select([
          'i.account_id',
          'i.id',
          'i.directory_user_id',
          'd.state',
          'r.active',
          'r.deleted_at',
        ])
        .where('i.state', '=', 'pending')
        .where('i.expires_at', '<=', at)
        .limit(SLICE),
    )
    .execute();
  for (const row of due) {
    const wanted = row.state === 'on' && row.active === 1 && row.deleted_at === null;
    if (wanted) await renew(tx, row, at);
    else await expire(tx, row, at);
  }
  return due.length;
}

interface Due {
  readonly account_id: string;
  readonly id: string;
  readonly directory_user_id: string | null;
}

/** The old link ends; the job that sends mails makes a new one. */
async function renew(tx: Transaction, { account_id, id }: Due, at: number): Promise<void> {
  await tx.query
    .updateTable('invitations')
    .set({ digest: null, expires_at: at + INVITATION_LIFE })
    .where('account_id', '=', account_id)
    .where('id', '=', id)
    .execute();
}

async function expire(tx: Transaction, row: Due, at: number): Promise<void> {
  const { account_id: accountId, id, directory_user_id: recordId } = row;
  await tx.query
    .updateTable('invitations')
    .set({ state: 'expired', digest: null })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute();
  await tx.query
    .updateTable('effects')
    .set({ state: 'undone', settled_at: at })
    .where('account_id', '=', accountId)
    .where('settled_at', 'is', null)
    .where('kind', '=', 'invited')
    .where('directory_user_id', '=', recordId)
    .execute();
  await releaseSeats(tx, accountId, 'invitation', [id]);
  await serveWaiting(tx, accountId, at);
}

/**
 * Lets out invitations that waited for another day, each directory up to its limit of 24 hours, first come first. Where
 * no seat is left they wait for one instead. Answers how many were let out.
 */
export async function admitInvitations(database: Database, at: number): Promise<number> {
  const directories = await database.read.query
    .selectFrom('effects')
    .select('directory_id')
    .distinct()
    .where('settled_at', 'is', null)
    .where('reason', '=', 'daily_limit')
    .execute();
  let total = 0;
  for (const { directory_id } of directories) {
    total += await database.write((tx) => admitOfDirectory(tx, directory_id, at));
  }
  return total;
}

async function admitOfDirectory(tx: Transaction, directoryId: string, at: number): Promise<number> {
  const directory = tx.query
    .selectFrom('directories')
    .select('account_id')
    .where('id', '=', directoryId);
  const { account_id: accountId } = await tx.dialect.forUpdate(directory).executeTakeFirstOrThrow();
  const room = await roomToday(tx, accountId, directoryId, at);
  if (room <= 0) return 0;
  const waiting = await readWaiting(tx, accountId, directoryId, Math.min(room, SLICE));
  const holders = waiting.map(({ id }) => ({ kind: 'invitation', id }) as const);
  const seated = await claimSeats(tx, accountId, holders, at);
  for (const { id, effect_id } of waiting) {
    if (seated.has(id)) await send(tx, accountId, id, at);
    await waitFor(tx, accountId, effect_id, seated.has(id) ? 'acceptance' : 'no_seat');
  }
  return seated.size;
}

async function send(tx: Transaction, accountId: string, id: string, at: number): Promise<void> {
  await tx.query
    .updateTable('invitations')
    .set({ state: 'pending', sent_at: at, expires_at: at + INVITATION_LIFE })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .execute();
}

async function waitFor(
  tx: Transaction,
  accountId: string,
  effectId: string,
  reason: 'acceptance' | 'no_seat',
): Promise<void> {
  await tx.query
    .updateTable('effects')
    .set({ reason })
    .where('account_id', '=', accountId)
    .where('id', '=', effectId)
    .execute();
}

/**
 * Lets out one invitation that waited for another day, whatever the number of today. Throws `seats_exhausted` where no
 * seat is free, and `conflict` where it does not wait for another day any more.
 */
export async function admitInvitation(
  tx: Transaction,
  one: {
    readonly accountId: string;
    readonly directoryId: string;
    readonly effectId: string;
    readonly at: number;
  },
): Promise<void> {
  const { accountId, directoryId, effectId, at } = one;
  const directory = tx.query.selectFrom('directories').select('id').where('id', '=', directoryId);
  await tx.dialect.forUpdate(directory).execute();
  const waiting = await waitingInvitations(tx, accountId, directoryId)
    .where('e.id', '=', effectId)
    .executeTakeFirst();
  if (waiting === undefined) {
    throw new Refusal('conflict', 'This invitation waits no more. Load the page again.');
  }
  const seated = await claimSeats(tx, accountId, [{ kind: 'invitation', id: waiting.id }], at);
  if (seated.size === 0) throw await seatsExhausted(tx, accountId);
  await send(tx, accountId, waiting.id, at);
  await waitFor(tx, accountId, effectId, 'acceptance');
}

async function roomToday(
  tx: Transaction,
  accountId: string,
  directoryId: string,
  at: number,
): Promise<number> {
  const policy = await readPolicy(tx, directoryId, at);
  if (policy.lapse !== null) return 0;
  const sent = await tx.query
    .selectFrom('invitations')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('directory_id', '=', directoryId)
    .where('sent_at', '>', at - day)
    .executeTakeFirstOrThrow();
  return policy.outsidersPerDay - sent.count;
}

function readWaiting(tx: Transaction, accountId: string, directoryId: string, limit: number) {
  return waitingInvitations(tx, accountId, directoryId).orderBy('e.id').limit(limit).execute();
}

function waitingInvitations(tx: Transaction, accountId: string, directoryId: string) {
  return tx.query
    .selectFrom('effects as e')
    .innerJoin('invitations as i', (join) =>
      join
        .onRef('i.directory_id', '=', 'e.directory_id')
        .onRef('i.directory_user_id', '=', 'e.directory_user_id'),
    )
    .select(['i.id', 'e.id as effect_id'])
    .where('e.account_id', '=', accountId)
    .where('e.directory_id', '=', directoryId)
    .where('e.settled_at', 'is', null)
    .where('e.reason', '=', 'daily_limit')
    .where(isOpenInvitation('i'))
    .where('i.state', '=', 'waiting');
}
