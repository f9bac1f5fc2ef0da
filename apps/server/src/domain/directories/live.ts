import type { LiveMessage } from '@rollcall/api';
import { type Placeholders, type Reader, type Schema, statement } from '../../database/index.ts';
import { milestonesOf } from './status.ts';

/** Who watches which directory. */
export interface Watch {
  readonly accountId: string;
  readonly directoryId: string;
  readonly sessionId: string;
}

type MilestoneRow = Schema['directory_milestones'];

/** One row a milestone, and one where there is none yet: whether the session goes on, the role, the last request. */
const look = statement('directory.live', (db, p: Placeholders<Watch>) =>
  db
    .selectFrom('sessions')
    .innerJoin('memberships', 'memberships.user_id', 'sessions.user_id')
    .leftJoin('directory_milestones as milestone', (join) =>
      join.on('milestone.directory_id', '=', p.directoryId),
    )
    .select([
      'sessions.expires_at',
      'memberships.role',
      'milestone.directory_id',
      'milestone.kind',
      'milestone.request_id',
      'milestone.subject_id',
      'milestone.subject_name',
      'milestone.at',
    ])
    .select((eb) =>
      eb
        .selectFrom('request_log')
        .select('request_log.id')
        .where('request_log.directory_id', '=', p.directoryId)
        .orderBy('request_log.id', 'desc')
        .limit(1)
        .as('last_request_id'),
    )
    // What another owner decides is no request: it is seen by what was written down of it.
    .select((eb) =>
      eb
        .selectFrom('audit_events')
        .select('audit_events.id')
        .where('audit_events.account_id', '=', p.accountId)
        .orderBy('audit_events.id', 'desc')
        .limit(1)
        .as('last_change_id'),
    )
    .where('sessions.id', '=', p.sessionId)
    .where('sessions.ended_at', 'is', null)
    .where('memberships.account_id', '=', p.accountId)
    .where('memberships.state', '=', 'active'),
);

export interface Sight {
  readonly role: Schema['memberships']['role'];
  readonly message: LiveMessage;
}

/** What a watcher may see now; undefined once the session is over or its person no longer in the account. One prepared statement. */
export async function lookAt(reader: Reader, watch: Watch, at: number): Promise<Sight | undefined> {
  const rows = await reader.all(look, watch);
  const [first] = rows;
  if (first === undefined || first.expires_at <= at) return undefined;
  const milestones = milestonesOf(rows.filter((row) => isMilestone(row)));
  const { last_request_id: lastRequestId, last_change_id: lastChangeId } = first;
  return { role: first.role, message: { milestones, lastRequestId, lastChangeId } };
}

function isMilestone(
  row: { [K in keyof MilestoneRow]: MilestoneRow[K] | null },
): row is MilestoneRow {
  return row.kind !== null;
}
