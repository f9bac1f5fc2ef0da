import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { recordAudit } from '../audit/index.ts';
import { claimSeats, type SeatHolder } from './seats.ts';

/** How long an invitation that got its seat can be accepted. */
export const INVITATION_LIFE = 14 * day;

/** At most this many wait for their seat in one round; a full round is followed by another. */
const ROUND = 500;

/**
 * True for an invitation that may still be accepted, in the words of the index that finds it by its record: planners match
 * constants, not parameters.
 */
export function isOpenInvitation(table: string) {
  return sql<boolean>`${sql.ref(`${table}.state`)} in ('waiting', 'pending')`;
}

type Queue = { accountId: string; limit: number };

interface Waiting extends SeatHolder {
  readonly effectId: string;
  readonly name: string;
}

/** Locks effect, membership and person; whoever is just being changed by another unit is passed over. */
const people = statement('seats.queue_people', (db, p: Placeholders<Queue>, dialect) =>
  dialect.skipLocked(
    db
      .selectFrom('effects as e')
      .innerJoin('memberships as m', (join) =>
        join.onRef('m.account_id', '=', 'e.account_id').onRef('m.user_id', '=', 'e.user_id'),
      )
      .innerJoin('users as u', 'u.id', 'e.user_id')
      .select(['e.id as effect_id', 'u.id', 'u.name'])
      .where('e.account_id', '=', p.accountId)
      .where('e.settled_at', 'is', null)
      .where('e.reason', '=', 'no_seat')
      .where('m.state', '=', 'waiting')
      .orderBy('e.id')
      .limit(p.limit),
  ),
);

const invitations = statement('seats.queue_invitations', (db, p: Placeholders<Queue>, dialect) =>
  dialect.skipLocked(
    db
      .selectFrom('effects as e')
      .innerJoin('invitations as i', (join) =>
        join
          .onRef('i.directory_id', '=', 'e.directory_id')
          .onRef('i.directory_user_id', '=', 'e.directory_user_id'),
      )
      .select(['e.id as effect_id', 'i.id', 'i.address as name'])
      .where('e.account_id', '=', p.accountId)
      .where('e.settled_at', 'is', null)
      .where('e.reason', '=', 'no_seat')
      .where('i.account_id', '=', p.accountId)
      .where(isOpenInvitation('i'))
      .where('i.state', '=', 'waiting')
      .orderBy('e.id')
      .limit(p.limit),
  ),
);

/**
 * Gives free seats to who waits for one, first come first served; answers how many were served. Call it in every unit
 * that frees or buys seats, after it did. People and invitations that another unit holds are served by the next call.
 */
export async function serveWaiting(
  tx: Transaction,
  accountId: string,
  at: number,
): Promise<number> {
  let total = 0;
  for (;;) {
    const waiting = await readQueue(tx, accountId);
    if (waiting.length === 0) return total;
    const seated = await claimSeats(tx, accountId, waiting, at);
    const served = waiting.filter(({ id }) => seated.has(id));
    await admitPeople(tx, accountId, ofKind(served, 'user'), at);
    await admitInvitations(tx, accountId, ofKind(served, 'invitation'), at);
    total += served.length;
    if (served.length < ROUND) return total;
  }
}

async function readQueue(tx: Transaction, accountId: string): Promise<Waiting[]> {
  const queue = { accountId, limit: ROUND };
  const [persons, invited] = await Promise.all([tx.all(people, queue), tx.all(invitations, queue)]);
  const of =
    (kind: SeatHolder['kind']) => (row: { effect_id: string; id: string; name: string }) => ({
      kind,
      id: row.id,
      effectId: row.effect_id,
      name: row.name,
    });
  const all = [...persons.map(of('user')), ...invited.map(of('invitation'))];
  // Ids of effects grow with time: their order is the order of arrival.
  return all.sort((a, b) => (a.effectId < b.effectId ? -1 : 1)).slice(0, ROUND);
}

function ofKind(waiting: readonly Waiting[], kind: SeatHolder['kind']): readonly Waiting[] {
  return waiting.filter((each) => each.kind === kind);
}

async function admitPeople(
  tx: Transaction,
  accountId: string,
  served: readonly Waiting[],
  at: number,
): Promise<void> {
  if (served.length === 0) return;
  await tx.run(activate, { accountId, userIds: served.map(({ id }) => id), at });
  await tx.run(settle, { accountId, effectIds: served.map(({ effectId }) => effectId), at });
  for (const { id, name } of served) {
    await recordAudit(tx, {
      accountId,
      actor: { kind: 'system' },
      action: 'user.seat_given',
      subject: { kind: 'user', id, name },
      before: { state: 'waiting' },
      after: { state: 'active' },
      at,
    });
  }
}

type Activation = { accountId: string; userIds: readonly string[]; at: number };

const activate = statement('seats.activate', (db, p: Placeholders<Activation>, dialect) =>
  db
    .updateTable('memberships')
    .set({ state: 'active', changed_at: p.at })
    .where('account_id', '=', p.accountId)
    .where(dialect.inList('user_id', p.userIds)),
);

type Settlement = { accountId: string; effectIds: readonly string[]; at: number };

const settle = statement('seats.settle', (db, p: Placeholders<Settlement>, dialect) =>
  db
    .updateTable('effects')
    .set({ state: 'applied', settled_at: p.at })
    .where('account_id', '=', p.accountId)
    .where(dialect.inList('id', p.effectIds)),
);

async function admitInvitations(
  tx: Transaction,
  accountId: string,
  served: readonly Waiting[],
  at: number,
): Promise<void> {
  if (served.length === 0) return;
  const ids = served.map(({ id }) => id);
  await tx.run(send, { accountId, ids, at, expiresAt: at + INVITATION_LIFE });
  await tx.run(expectAcceptance, { accountId, ids: served.map(({ effectId }) => effectId) });
}

type Sending = { accountId: string; ids: readonly string[]; at: number; expiresAt: number };

const send = statement('seats.send_invitations', (db, p: Placeholders<Sending>, dialect) =>
  db
    .updateTable('invitations')
    .set({ state: 'pending', sent_at: p.at, expires_at: p.expiresAt })
    .where('account_id', '=', p.accountId)
    .where(dialect.inList('id', p.ids)),
);

const expectAcceptance = statement(
  'seats.expect_acceptance',
  (db, p: Placeholders<{ accountId: string; ids: readonly string[] }>, dialect) =>
    db
      .updateTable('effects')
      .set({ reason: 'acceptance' })
      .where('account_id', '=', p.accountId)
      .where(dialect.inList('id', p.ids)),
);
