import type { Placeholders, Reader, Soon } from '../../database/index.ts';
import { statement } from '../../database/index.ts';
import { locationOf, spliceManager, spliceResource } from '../directory-resources/index.ts';
import type { ReadUser } from './stored-user.ts';

type Groups = { directoryId: string; ids: readonly string[] };

/** A cross join, so that SQLite goes through the ids and looks each up, as PostgreSQL does by itself. */
const findGroups = statement('directory_user.groups', (db, p: Placeholders<Groups>, dialect) =>
  db
    .selectFrom(dialect.unnest(p.ids).as('ids'))
    .crossJoin('directory_group_members as m')
    .innerJoin('directory_groups as g', (join) =>
      join.onRef('g.directory_id', '=', 'm.directory_id').onRef('g.id', '=', 'm.group_id'),
    )
    .select(['m.member_id', 'g.id', 'g.label'])
    .where('m.directory_id', '=', p.directoryId)
    .whereRef('m.member_id', '=', 'ids.value')
    .orderBy('g.ordinal'),
);

/**
 * The complete SCIM resources as text, in the order of the rows. `groups` is derived from the members of the groups (U-17),
 * with one statement for all rows, and none where nobody is in a group or nobody asks.
 */
export function renderUsers(
  read: Reader,
  directoryId: string,
  baseUrl: string,
  rows: readonly ReadUser[],
  withGroups: boolean,
): Soon<string[]> {
  const render = (groups: ReadonlyMap<string, string>) =>
    rows.map((row) => renderUser(row, baseUrl, groups.get(row.id)));
  const ids = withGroups ? rows.filter((row) => row.has_groups === 1).map(({ id }) => id) : [];
  return ids.length === 0
    ? render(noGroups)
    : groupsOf(read, directoryId, baseUrl, ids).then(render);
}

const noGroups: ReadonlyMap<string, string> = new Map();

async function groupsOf(
  read: Reader,
  directoryId: string,
  baseUrl: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const { member_id, id, label } of await read.all(findGroups, { directoryId, ids })) {
    const before = texts.get(member_id);
    const entry = `{"value":"${id}","$ref":${JSON.stringify(locationOf(baseUrl, 'Group', id))},"display":${JSON.stringify(label)},"type":"direct"}`;
    texts.set(member_id, before === undefined ? entry : `${before},${entry}`);
  }
  return texts;
}

function renderUser(row: ReadUser, baseUrl: string, groups: string | undefined): string {
  const document =
    row.manager_id !== null && row.manager_label !== null
      ? spliceManager(row.document, baseUrl, { id: row.manager_id, label: row.manager_label })
      : row.document;
  const envelope = {
    resourceType: 'User',
    baseUrl,
    id: row.id,
    version: row.version,
    createdAt: row.created_at,
    lastModifiedAt: row.last_modified_at,
  } as const;
  return spliceResource(document, envelope, groups === undefined ? '' : `,"groups":[${groups}]`);
}
