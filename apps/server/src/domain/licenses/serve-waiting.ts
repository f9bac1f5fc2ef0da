import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { recordAudit } from '../audit/index.ts';
import { roomsToday } from './daily-limit.ts';
import { mayGrow } from './growth.ts';
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
  /** The directory that invites; null for a person, who is here already. */
  readonly directoryId: string | null;
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
      .select(['e.id as effect_id', 'u.id', 'u.name', sql<null>`null`.as('directory_id')])
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
      .select(['e.id as effect_id', 'i.id', 'i.address as name', 'i.directory_id'])
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
 * Nobody is served while something that SCIM needs has lapsed. Outsiders beyond the limit of a day wait for another.
 */
export async function serveWaiting(
  tx: Transaction,
  accountId: string,
  at: number,
): Promise<number> {
  if (!(await mayGrow(tx, accountId, at))) return 0;
  let total = 0;
  for (;;) {
    const rooms = await roomsToday(tx, accountId, at);
    const waiting = await readQueue(tx, accountId);
    const { within, beyond } = splitByRoom(waiting, rooms);
    const seated = await claimFor(tx, accountId, within, at);
    const served = within.filter(({ id }) => seated.has(id));
    await admitPeople(tx, accountId, ofKind(served, 'user'), at);
    await admitInvitations(tx, accountId, ofKind(served, 'invitation'), at);
    total += served.length;
    if (served.length < within.length) return total;
    await waitFor(tx, accountId, beyond, 'daily_limit');
    if (waiting.length < ROUND) return total;
  }
}

/** Parts who may be served today from who is an outsider beyond the limit of their directory. */
function splitByRoom(waiting: readonly Waiting[], rooms: ReadonlyMap<string, number>) {
  const left = new Map(rooms);
  const within: Waiting[] = [];
  const beyond: Waiting[] = [];
  for (const each of waiting) {
    const room = each.directoryId === null ? 1 : (left.get(each.directoryId) ?? 0);
    if (each.directoryId !== null) left.set(each.directoryId, room - 1);
    (room > 0 ? within : beyond).push(each);
  }
  return { within, beyond };
}

async function claimFor(
  tx: Transaction,
  accountId: string,
  holders: readonly Waiting[],
  at: number,
): Promise<ReadonlySet<string>> {
  return holders.length === 0 ? new Set() : claimSeats(tx, accountId, holders, at);
}

async function readQueue(tx: Transaction, accountId: string): Promise<Waiting[]> {
  const queue = { accountId, limit: ROUND };
  const [persons, invited] = await Promise.all([tx.all(people, queue), tx.all(invitations, queue)]);
  const of =
    (kind: SeatHolder['kind']) =>
    (row: { effect_id: string; id: string; name: string; directory_id: string | null }) => ({
      kind,
      id: row.id,
      effectId: row.effect_id,
      name: row.name,
      directoryId: row.directory_id,
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
    .where('user_id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.userIds).as('said')).select('said.value'),
    ),
);

type Settlement = { accountId: string; effectIds: readonly string[]; at: number };

const settle = statement('seats.settle', (db, p: Placeholders<Settlement>, dialect) =>
  db
    .updateTable('effects')
    .set({ state: 'applied', settled_at: p.at })
    .where('account_id', '=', p.accountId)
    .where('id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.effectIds).as('said')).select('said.value'),
    ),
);

const settleWaits = statement('seats.settle_waits', (db, p: Placeholders<Activation>, dialect) =>
  db
    .updateTable('effects')
    .set({ state: 'applied', settled_at: p.at })
    .where('account_id', '=', p.accountId)
    .where('user_id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.userIds).as('said')).select('said.value'),
    )
    .where('settled_at', 'is', null)
    .where('reason', '=', 'no_seat'),
);

/** Settles that people wait for a seat, in the unit in which they got one in another way. */
export async function settleSeatWaits(tx: Transaction, people: Activation): Promise<void> {
  if (people.userIds.length > 0) await tx.run(settleWaits, people);
}

async function admitInvitations(
  tx: Transaction,
  accountId: string,
  served: readonly Waiting[],
  at: number,
): Promise<void> {
  if (served.length === 0) return;
  const ids = served.map(({ id }) => id);
  await tx.run(send, { accountId, ids, at, expiresAt: at + INVITATION_LIFE });
  await waitFor(tx, accountId, served, 'acceptance');
}

type Sending = { accountId: string; ids: readonly string[]; at: number; expiresAt: number };

const send = statement('seats.send_invitations', (db, p: Placeholders<Sending>, dialect) =>
  db
    .updateTable('invitations')
    .set({ state: 'pending', sent_at: p.at, expires_at: p.expiresAt })
    .where('account_id', '=', p.accountId)
    .where('id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.ids).as('said')).select('said.value'),
    ),
);

type Expecting = {
  accountId: string;
  effectIds: readonly string[];
  reason: 'acceptance' | 'daily_limit';
};

const setReason = statement('seats.wait_for', (db, p: Placeholders<Expecting>, dialect) =>
  db
    .updateTable('effects')
    .set({ reason: p.reason })
    .where('account_id', '=', p.accountId)
    .where('id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.effectIds).as('said')).select('said.value'),
    ),
);

/** What waits, waits for something else than a seat now. */
async function waitFor(
  tx: Transaction,
  accountId: string,
  waiting: readonly Waiting[],
  reason: Expecting['reason'],
): Promise<void> {
  if (waiting.length === 0) return;
  const effectIds = waiting.map(({ effectId }) => effectId);
  await tx.run(setReason, { accountId, effectIds, reason });
}
