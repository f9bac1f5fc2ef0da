import { type RawBuilder, sql } from 'kysely';
import type { Placeholders, Reader, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

/** Ordinals that share one count. */
const BUCKET_SIZE = 1024;

export type ResourceKind = 'User' | 'Group';

type Change = {
  directoryId: string;
  resourceType: ResourceKind;
  bucket: number;
  lane: number;
  by: number;
};

const changeCount = statement<Change, unknown>(
  'resource_counts.change',
  (db, p: Placeholders<Change>) =>
    db
      .insertInto('resource_counts')
      .values({
        directory_id: p.directoryId,
        resource_type: p.resourceType,
        bucket: p.bucket,
        lane: p.lane,
        live: p.by,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['directory_id', 'resource_type', 'bucket', 'lane'])
          .doUpdateSet({ live: sql`resource_counts.live + excluded.live` }),
      ),
);

/** Counts a resource in (`by` 1) or out (-1). Concurrent units of one process have a row each, so none waits. */
export async function countResource(
  tx: Transaction,
  directoryId: string,
  resourceType: ResourceKind,
  ordinal: number,
  by: 1 | -1,
): Promise<void> {
  const bucket = Math.floor(ordinal / BUCKET_SIZE);
  tx.send(changeCount, { directoryId, resourceType, bucket, lane: tx.dialect.lane, by });
}

type Whose = { directoryId: string; resourceType: ResourceKind };

const totalOf = statement('resource_counts.total', (db, p: Placeholders<Whose>) =>
  db
    .selectFrom('resource_counts')
    .select(sumOf('live').as('total'))
    .where('directory_id', '=', p.directoryId)
    .where('resource_type', '=', p.resourceType),
);

/** How many resources a directory has now. */
export async function countResources(
  read: Reader,
  directoryId: string,
  resourceType: ResourceKind,
): Promise<number> {
  const row = await read.first(totalOf, { directoryId, resourceType });
  return Number(row?.total ?? 0);
}

const bucketsOf = statement('resource_counts.buckets', (db, p: Placeholders<Whose>) =>
  db
    .selectFrom('resource_counts')
    .select(['bucket', sumOf('live').as('live')])
    .where('directory_id', '=', p.directoryId)
    .where('resource_type', '=', p.resourceType)
    .groupBy('bucket')
    .orderBy('bucket'),
);

/** Where a page begins: read from `ordinal` on and pass over `skip` resources, which are fewer than a bucket holds. */
export interface PageStart {
  readonly total: number;
  readonly ordinal: number;
  readonly skip: number;
}

/** Finds the resource with a 1-based place in the list without walking to it. */
export async function pageStart(
  read: Reader,
  directoryId: string,
  resourceType: ResourceKind,
  startIndex: number,
): Promise<PageStart> {
  if (startIndex <= 1) {
    return { total: await countResources(read, directoryId, resourceType), ordinal: 0, skip: 0 };
  }
  const buckets = await read.all(bucketsOf, { directoryId, resourceType });
  let before = 0;
  let start: { ordinal: number; skip: number } | undefined;
  for (const { bucket, live } of buckets) {
    const here = Number(live);
    if (start === undefined && before + here >= startIndex) {
      start = { ordinal: bucket * BUCKET_SIZE, skip: startIndex - 1 - before };
    }
    before += here;
  }
  return {
    total: before,
    ordinal: start?.ordinal ?? Number.MAX_SAFE_INTEGER,
    skip: start?.skip ?? 0,
  };
}

/** How many resources a directory has now, and how many of them after an ordinal. */
export async function countBeyond(
  read: Reader,
  directoryId: string,
  resourceType: ResourceKind,
  ordinal: number,
): Promise<{ readonly total: number; readonly rest: number }> {
  const own = Math.floor(ordinal / BUCKET_SIZE);
  let total = 0;
  let later = 0;
  for (const { bucket, live } of await read.all(bucketsOf, { directoryId, resourceType })) {
    total += Number(live);
    if (bucket > own) later += Number(live);
  }
  const table = resourceType === 'User' ? 'directory_users' : 'directory_groups';
  const { rows } = await sql<{ live: number }>`
    select count(*) as live from ${sql.table(table)} as r
    where r.directory_id = ${directoryId} and r.deleted_at is null
      and r.ordinal > ${ordinal} and r.ordinal < ${(own + 1) * BUCKET_SIZE}`.execute(read.query);
  return { total, rest: later + Number(rows[0]?.live ?? 0) };
}

/** A sum is numeric on PostgreSQL, which would be read as text. */
function sumOf(column: 'live'): RawBuilder<number> {
  return sql<number>`cast(coalesce(sum(${sql.ref(column)}), 0) as bigint)`;
}

/** A range of ordinals. */
export interface OrdinalWindow {
  readonly first: number;
  readonly last: number;
}

/**
 * Cuts the live resources into ranges of about `size` each, so that none is read for too long; a range spans at most `size`
 * ordinals or one bucket.
 */
export async function windowsOf(
  read: Reader,
  directoryId: string,
  resourceType: ResourceKind,
  size: number,
): Promise<OrdinalWindow[]> {
  const buckets = await read.all(bucketsOf, { directoryId, resourceType });
  const windows: OrdinalWindow[] = [];
  let open: OrdinalWindow | undefined;
  let live = 0;
  for (const { bucket, live: here } of buckets) {
    if (Number(here) === 0) continue;
    const first = bucket * BUCKET_SIZE;
    const last = first + BUCKET_SIZE - 1;
    if (size < BUCKET_SIZE) {
      windows.push(...slices(first, last, size));
      continue;
    }
    if (open !== undefined && live + Number(here) > size) {
      windows.push(open);
      open = undefined;
      live = 0;
    }
    open = { first: open?.first ?? first, last };
    live += Number(here);
  }
  return open === undefined ? windows : [...windows, open];
}

function slices(first: number, last: number, size: number): OrdinalWindow[] {
  const windows: OrdinalWindow[] = [];
  for (let at = first; at <= last; at += size) {
    windows.push({ first: at, last: Math.min(at + size - 1, last) });
  }
  return windows;
}
