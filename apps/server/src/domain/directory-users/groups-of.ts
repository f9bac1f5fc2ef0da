import type { Reference } from '@rollcall/api';
import type { Reader } from '../../database/index.ts';

/** The groups of which a directory user is a member, by name. */
export function readGroupsOf(
  read: Reader,
  directoryId: string,
  directoryUserId: string,
): Promise<Reference[]> {
  return read.query
    .selectFrom('directory_group_members as m')
    .innerJoin('directory_groups as g', (join) =>
      join.onRef('g.directory_id', '=', 'm.directory_id').onRef('g.id', '=', 'm.group_id'),
    )
    .select(['g.id', 'g.label as name'])
    .where('m.directory_id', '=', directoryId)
    .where('m.member_id', '=', directoryUserId)
    .orderBy('g.display_name_folded')
    .orderBy('g.id')
    .execute();
}
