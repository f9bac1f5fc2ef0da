import type { SeatWeek } from '@rollcall/api';
import type { Database, Reader } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { readSeats } from './seat-summary.ts';

/** Weeks of the plot, the running one among them. */
const WEEKS = 53;

/** Notes the seats of every account as they are today; the last note of a day stays. For the job runner, hourly. */
export async function noteSeats(database: Database, now: number): Promise<void> {
  const { read } = database;
  const accounts = await read.query.selectFrom('licenses').select('account_id').execute();
  for (const { account_id } of accounts) {
    const { purchased, used, reserved } = await readSeats(read, account_id);
    const counts = { purchased, used, reserved };
    await database.write((tx) =>
      tx.query
        .insertInto('seat_days')
        .values({ account_id, day: dayOf(now), ...counts })
        .onConflict((conflict) => conflict.columns(['account_id', 'day']).doUpdateSet(counts))
        .execute(),
    );
  }
}

/**
 * Seats week by week, oldest first, from the first week that is known on and a year at most. A week is as its last
 * noted day, one without a note as the one before, and the running week as it is now.
 */
export async function readSeatWeeks(
  read: Reader,
  accountId: string,
  now: number,
): Promise<SeatWeek[]> {
  const current = mondayOf(dayOf(now));
  const notes = await read.query
    .selectFrom('seat_days')
    .select(['day', 'purchased', 'used', 'reserved'])
    .where('account_id', '=', accountId)
    .where('day', '>=', current - (WEEKS - 1) * 7)
    .orderBy('day')
    .execute();
  const last = new Map(notes.map((note) => [mondayOf(note.day), note]));
  const weeks: SeatWeek[] = [];
  let known = notes[0];
  for (let week = mondayOf(known?.day ?? current); known && week < current; week += 7) {
    known = last.get(week) ?? known;
    weeks.push(weekView(week, known));
  }
  return [...weeks, weekView(current, await readSeats(read, accountId))];
}

function weekView(monday: number, { purchased, used, reserved }: Omit<SeatWeek, 'week'>): SeatWeek {
  const week = new Date(monday * day).toISOString().slice(0, 10);
  return { week, purchased, used, reserved };
}

function dayOf(at: number): number {
  return Math.floor(at / day);
}

/** Day 0 was a Thursday. */
function mondayOf(dayNumber: number): number {
  return dayNumber - ((dayNumber + 3) % 7);
}
