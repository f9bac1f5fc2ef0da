import { sql } from 'kysely';
import type { Placeholders, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

type Whose = { directoryId: string; memberId: string; at: number };

const touchParents = statement('directory_group.touch_parents', (db, p: Placeholders<Whose>) =>
  db
    .updateTable('directory_groups')
    .set({ version: sql`version + 1`, last_modified_at: p.at })
    .where('directory_id', '=', p.directoryId)
    .where('id', 'in', (groups) =>
      groups
        .selectFrom('directory_group_members')
        .select('group_id')
        .where('directory_id', '=', p.directoryId)
        .where('member_id', '=', p.memberId),
    ),
);

const leaveGroups = statement(
  'directory_group_members.leave_all',
  (db, p: Placeholders<Omit<Whose, 'at'>>) =>
    db
      .deleteFrom('directory_group_members')
      .where('directory_id', '=', p.directoryId)
      .where('member_id', '=', p.memberId),
);

/** Takes a resource that is gone out of all groups, which are thereby changed (X-03, G-22). */
export async function leaveAllGroups(
  tx: Transaction,
  directoryId: string,
  memberId: string,
  at: number,
): Promise<void> {
  if ((await tx.run(touchParents, { directoryId, memberId, at })) === 0) return;
  tx.send(leaveGroups, { directoryId, memberId });
}
