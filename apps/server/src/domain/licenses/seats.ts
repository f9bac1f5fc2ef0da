import { sql } from 'kysely';
import { type Placeholders, statement, type Transaction } from '../../database/index.ts';

/** What can hold a seat: a person, or an invitation that keeps one free for a person. */
export interface SeatHolder {
  readonly kind: 'user' | 'invitation';
  readonly id: string;
}

/** Seats appear in blocks of this many, so that a license of a million does not cost a million rows at once. */
const BLOCK = 256;

type ClaimOne = { accountId: string; kind: SeatHolder['kind']; id: string; at: number };

/** Passes over seats that another unit is claiming: nobody waits for anybody. */
const claimOne = statement('seats.claim', (db, p: Placeholders<ClaimOne>, dialect) =>
  db
    .updateTable('seats')
    .set({ holder_kind: p.kind, holder_id: p.id, claimed_at: p.at })
    .where('account_id', '=', p.accountId)
    .where('number', '=', ({ selectFrom }) =>
      dialect.skipLocked(
        selectFrom('seats as free')
          .select('free.number')
          .where('free.account_id', '=', p.accountId)
          .where('free.holder_id', 'is', null)
          .orderBy('free.number')
          // A constant, so that PostgreSQL plans for one row, and once.
          .limit(sql.lit(1)),
      ),
    )
    .returning('number'),
);

type Claim = {
  accountId: string;
  holders: readonly SeatHolder[];
  count: number;
  at: number;
};

const claimMany = statement<Claim, { holder_id: string }>(
  'seats.claim_many',
  (db, p: Placeholders<Claim>, dialect) => sql<{ holder_id: string }>`
    with free as materialized ${dialect.skipLocked(
      db
        .selectFrom('seats')
        .select('number')
        .where('account_id', '=', p.accountId)
        .where('holder_id', 'is', null)
        .orderBy('number')
        .limit(p.count),
    )},
    numbered as (select number, row_number() over (order by number) - 1 as position from free),
    claimed as (
      select numbered.number, wanted.kind, wanted.id
      from numbered
      join ${dialect.rows(p.holders, { kind: 'text', id: 'text' })} as wanted
        on wanted.position = numbered.position
    )
    update seats set holder_kind = claimed.kind, holder_id = claimed.id, claimed_at = ${p.at}
    from claimed
    where seats.account_id = ${p.accountId} and seats.number = claimed.number
    returning seats.holder_id`,
);

type Account = { accountId: string };

const measure = statement('seats.measure', (db, p: Placeholders<Account>) =>
  db
    .selectFrom('licenses as l')
    .select([
      'l.quantity',
      sql<number>`coalesce((select max(number) from seats where seats.account_id = l.account_id), 0)`.as(
        'top',
      ),
    ])
    .where('l.account_id', '=', p.accountId),
);

const lockLicense = statement('seats.lock_license', (db, p: Placeholders<Account>, dialect) =>
  dialect.forUpdate(
    db.selectFrom('licenses').select('quantity').where('account_id', '=', p.accountId),
  ),
);

type Growth = { accountId: string; from: number; to: number; purchased: number };

const grow = statement<Growth, never>(
  'seats.grow',
  (_db, p: Placeholders<Growth>) => sql<never>`
    insert into seats (account_id, number, purchased)
    with recursive numbers (number) as (
      select cast(${p.from} as bigint)
      union all
      select number + 1 from numbers where number < ${p.to}
    )
    select cast(${p.accountId} as text), number, cast(${p.purchased} as bigint) from numbers
    where true
    on conflict do nothing`,
);

/**
 * Claims one seat for each holder, in their order; answers who got one. Never more than were bought, under any race: a
 * seat is a row, and the database refuses a row beyond the licensed quantity. The holders must hold none yet, and the
 * caller must hold the lock of each (the person's, the invitation's) or have just made it.
 */
export async function claimSeats(
  tx: Transaction,
  accountId: string,
  holders: readonly SeatHolder[],
  at: number,
): Promise<ReadonlySet<string>> {
  const [holder, ...others] = holders;
  if (holder === undefined) return new Set();
  if (others.length === 0) return claimSeat(tx, accountId, holder, at);
  const served = new Set<string>();
  let waiting = holders;
  const claim = async () => {
    const wanted = { accountId, holders: waiting, count: waiting.length, at };
    for (const row of await tx.all(claimMany, wanted)) served.add(row.holder_id);
    waiting = waiting.filter(({ id }) => !served.has(id));
  };
  do await claim();
  while (waiting.length > 0 && (await makeSeats(tx, accountId)));
  if (waiting.length > 0) await claim();
  return served;
}

/** Whoever takes the seat in the middle of the last block makes the next one, so that creates never wait for each other's. */
async function claimSeat(
  tx: Transaction,
  accountId: string,
  { kind, id }: SeatHolder,
  at: number,
): Promise<ReadonlySet<string>> {
  let seat: { number: number } | undefined;
  do {
    seat = await tx.first(claimOne, { accountId, kind, id, at });
  } while (seat === undefined && (await makeSeats(tx, accountId)));
  // Another unit may have made the last block after the first look: only now is it sure that all of them are there to see.
  seat ??= await tx.first(claimOne, { accountId, kind, id, at });
  if (seat === undefined) return new Set();
  if (seat.number % BLOCK === BLOCK / 2) await makeSeats(tx, accountId, seat.number + BLOCK / 2);
  return new Set([id]);
}

/**
 * Makes the next block of seats, where there is none beyond `top`; false where all that were bought exist, or where there is.
 */
async function makeSeats(tx: Transaction, accountId: string, top = Infinity): Promise<boolean> {
  const seen = await tx.first(measure, { accountId });
  if (seen === undefined || seen.top >= seen.quantity || seen.top > top) return false;
  // Whoever makes a block goes alone, and looks again: another unit may just have made it.
  await tx.first(lockLicense, { accountId });
  const now = await tx.first(measure, { accountId });
  if (now === undefined) return false;
  if (now.top > seen.top) return true;
  if (now.top >= now.quantity) return false;
  // Blocks end at multiples, whatever was bought before: the one in the middle of a block is known by its number.
  const to = Math.min((Math.floor(now.top / BLOCK) + 1) * BLOCK, now.quantity);
  await tx.run(grow, { accountId, from: now.top + 1, to, purchased: now.quantity });
  return true;
}

type Release = { accountId: string; kind: SeatHolder['kind']; ids: readonly string[] };

const release = statement('seats.release', (db, p: Placeholders<Release>, dialect) =>
  db
    .updateTable('seats')
    .set({ holder_kind: null, holder_id: null, claimed_at: null })
    .where('account_id', '=', p.accountId)
    .where('holder_kind', '=', p.kind)
    .where('holder_id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.ids).as('said')).select('said.value'),
    ),
);

/** Frees the seats of these holders. Serve who waits in the same unit. */
export async function releaseSeats(
  tx: Transaction,
  accountId: string,
  kind: SeatHolder['kind'],
  ids: readonly string[],
): Promise<void> {
  tx.send(release, { accountId, kind, ids });
}

type Transfer = { accountId: string; invitationId: string; userId: string; at: number };

const transfer = statement('seats.transfer', (db, p: Placeholders<Transfer>) =>
  db
    .updateTable('seats')
    .set({ holder_kind: 'user', holder_id: p.userId, claimed_at: p.at })
    .where('account_id', '=', p.accountId)
    .where('holder_kind', '=', 'invitation')
    .where('holder_id', '=', p.invitationId),
);

/** Gives the seat that an invitation reserved to the person who accepted it; false where it reserved none. */
export async function transferSeat(tx: Transaction, seat: Transfer): Promise<boolean> {
  return (await tx.run(transfer, seat)) > 0;
}
