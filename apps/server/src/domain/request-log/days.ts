import type { RequestDay } from '@rollcall/api';
import { sql } from 'kysely';
import type { Database, Reader, Schema } from '../../database/index.ts';
import { day, hour, minute } from '../../duration.ts';
import { idFrom } from '../id-bounds.ts';

/** Days of the chart. */
const DAYS = 30;
/**
 * Only requests with a token of the directory count, be it expired or revoked: whoever knows the connector URL can send others.
 */
const ofClient = sql<boolean>`token_id is not null`;
/** Lines are written a little after their request came; by then an hour is complete. */
const GRACE = 5 * minute;
/** Hours that one run counts at most, so that the first run after a long pause does not hold others up. */
const HOURS_A_RUN = 24 * DAYS;

const fact = 'request_log_rolled_up_to';

/** The start of the first hour that is not counted yet; 0 where none ever was. */
async function rolledUpTo(read: Reader): Promise<number> {
  const row = await read.query
    .selectFrom('database_facts')
    .select('value')
    .where('name', '=', fact)
    .executeTakeFirst();
  return Number(row?.value ?? 0);
}

/**
 * Counts the client's requests of the hours that are over, each hour in a unit of its own. For the job runner, hourly.
 *
 * @returns how many hours were counted
 */
export async function rollUpRequestLog(database: Database, now: number): Promise<number> {
  const end = startOf(now - GRACE, hour);
  const known = await rolledUpTo(database.read);
  let from = Math.max(known, end - HOURS_A_RUN * hour);
  let hours = 0;
  for (; from < end; from += hour) {
    await countHour(database, from);
    hours += 1;
  }
  return hours;
}

async function countHour(database: Database, from: number): Promise<void> {
  const directories = await database.read.query.selectFrom('directories').select('id').execute();
  await database.write(async (tx) => {
    for (const { id } of directories) {
      await sql`
        insert into request_log_hours (directory_id, hour, outcome, requests)
        select directory_id, ${sql.lit(from)}, outcome, count(*) from request_log
        where directory_id = ${id} and id >= ${idFrom(from)} and id < ${idFrom(from + hour)} and ${ofClient}
        group by directory_id, outcome
        on conflict (directory_id, hour, outcome) do update set requests = excluded.requests`.execute(
        tx.query,
      );
    }
    await tx.query
      .insertInto('database_facts')
      .values({ name: fact, value: String(from + hour) })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: String(from + hour) }))
      .execute();
  });
}

/** How many requests the directory's client sent, and how many of them in vain. */
export interface OutcomeCounts {
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
}

/** How many requests of the client had which outcome since a moment: counted hours, and the log itself before and after them. */
export async function countOutcomes(
  read: Reader,
  directoryId: string,
  since: number,
): Promise<OutcomeCounts> {
  const counted = await rolledUpTo(read);
  const whole = startOf(since + hour - 1, hour);
  const rows =
    counted <= whole
      ? await countBetween(read, directoryId, since)
      : [
          ...(await countBetween(read, directoryId, since, whole)),
          ...(await countedHours(read, directoryId, whole, counted)),
          ...(await countBetween(read, directoryId, counted)),
        ];
  const of = (wanted: Outcome) =>
    rows.reduce((sum, row) => sum + (row.outcome === wanted ? Number(row.requests) : 0), 0);
  const refused = of('refused');
  const failed = of('failed');
  return { requests: of('changed') + of('unchanged') + refused + failed, refused, failed };
}

type Outcome = Schema['request_log']['outcome'];

/** Requests of the client by outcome of the last 30 UTC days, oldest first: counted hours, and the log itself since then. */
export async function readRequestDays(
  read: Reader,
  directoryId: string,
  now: number,
): Promise<RequestDay[]> {
  const first = startOf(now, day) - (DAYS - 1) * day;
  const counted = await rolledUpTo(read);
  const hours = await countedHours(read, directoryId, first, counted);
  const days = new Map<string, RequestDay>();
  for (let at = first; at <= now; at += day) days.set(dateOf(at), emptyDay(at));
  for (const { hour: at, outcome, requests } of hours) {
    const entry = days.get(dateOf(at));
    if (entry !== undefined) entry[outcome] += requests;
  }
  for (let at = Math.max(first, startOf(counted, day)); at <= now; at += day) {
    const entry = days.get(dateOf(at));
    if (entry === undefined) continue;
    const recent = await countBetween(read, directoryId, Math.max(at, counted), at + day);
    for (const { outcome, requests } of recent) entry[outcome] += Number(requests);
  }
  return [...days.values()];
}

function countedHours(read: Reader, directoryId: string, from: number, to: number) {
  return read.query
    .selectFrom('request_log_hours')
    .select(['hour', 'outcome', 'requests'])
    .where('directory_id', '=', directoryId)
    .where('hour', '>=', from)
    .where('hour', '<', to)
    .execute();
}

/** In the log itself; up to now where `to` is left out. */
function countBetween(read: Reader, directoryId: string, from: number, to?: number) {
  return read.query
    .selectFrom('request_log')
    .select((eb) => ['outcome', eb.fn.countAll<number>().as('requests')])
    .where('directory_id', '=', directoryId)
    .where('id', '>=', idFrom(from))
    .where(ofClient)
    .$if(to !== undefined, (query) => query.where('id', '<', idFrom(to ?? 0)))
    .groupBy('outcome')
    .execute();
}

function emptyDay(at: number): RequestDay {
  return { day: dateOf(at), changed: 0, unchanged: 0, refused: 0, failed: 0 };
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function startOf(at: number, length: number): number {
  return Math.floor(at / length) * length;
}
