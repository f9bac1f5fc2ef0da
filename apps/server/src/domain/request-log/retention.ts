import { sql } from 'kysely';
import type { Database } from '../../database/index.ts';
import { day } from '../../duration.ts';
import { idFrom } from '../id-bounds.ts';

/** How long requests are kept. */
const requestLogRetention = 90 * day;

/** Rows of one unit, so that nobody waits long for the writer. */
const SLICE = 500;

/**
 * Deletes requests that are older than the retention, in small units. For the job runner, daily.
 *
 * @returns how many were deleted
 */
export async function purgeRequestLog(database: Database, now: number): Promise<number> {
  const end = idFrom(now - requestLogRetention);
  const directories = await database.read.query.selectFrom('directories').select('id').execute();
  let deleted = 0;
  for (const { id } of directories) {
    let gone: number;
    do {
      gone = await deleteSlice(database, id, end);
      deleted += gone;
    } while (gone === SLICE);
  }
  return deleted;
}

function deleteSlice(database: Database, directoryId: string, end: string): Promise<number> {
  return database.write(async (tx) => {
    const { numAffectedRows } = await sql`
      delete from request_log where directory_id = ${directoryId} and id in (
        select id from request_log where directory_id = ${directoryId} and id < ${end}
        order by id limit ${sql.lit(SLICE)})`.execute(tx.query);
    return Number(numAffectedRows ?? 0);
  });
}
