import type { Reader, Soon } from '../../database/index.ts';
import {
  Ancestry,
  locationOf,
  type Parent,
  spliceManager,
  spliceResource,
} from '../directory-resources/index.ts';
import type { ReadUser } from './stored-user.ts';

/**
 * The complete SCIM resources as text, in the order of the rows. `groups` is derived from the members of the groups (U-17),
 * with one statement for all rows, and one a level where the directory has groups inside others; none where nobody is in a group
 * or nobody asks.
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
  const ancestry = await Ancestry.of(read, directoryId, ids);
  const texts = new Map<string, string>();
  for (const id of ids) {
    const direct = ancestry.direct(id).map((group) => entryOf(baseUrl, group, 'direct'));
    const indirect = ancestry.indirect(id).map((group) => entryOf(baseUrl, group, 'indirect'));
    const entries = [...direct, ...indirect].join(',');
    if (entries !== '') texts.set(id, entries);
  }
  return texts;
}

/** One element of `groups` (U-18, U-19). */
function entryOf(baseUrl: string, { id, label }: Parent, type: 'direct' | 'indirect'): string {
  const reference = JSON.stringify(locationOf(baseUrl, 'Group', id));
  return `{"value":"${id}","$ref":${reference},"display":${JSON.stringify(label)},"type":"${type}"}`;
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
