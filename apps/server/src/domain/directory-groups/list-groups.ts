import { fold, pathName, type ResolvedFilter, type ResolvedPath, scimError } from '@rollcall/scim';
import { sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import {
  type AttributeIndex,
  type IndexedAttribute,
  type ListedDirectory,
  type ListRequest,
  type ListResult,
  type ListSource,
  listResources,
  type SortColumns,
  someRow,
} from '../directory-resources/index.ts';
import { renderGroup } from './render-group.ts';
import {
  NAME_LIMIT,
  readGroupPage,
  readGroupsByIds,
  readGroupsByName,
  type StoredGroup,
} from './stored-group.ts';

/** Characters of a group up to which its members are compared one by one: some 10,000 members, parsed in about 15 ms. */
const COMPARED_CHARACTERS = 2_097_152;

const members: IndexedAttribute = {
  type: 'rows',
  folded: false,
  column: sql`m.member_id`,
  some: ({ condition }, directoryId) =>
    someRow(sql`
    select 1 from directory_group_members as m
    where m.directory_id = ${directoryId} and m.group_id = r.id and ${condition}`),
  ids: ({ condition }, directoryId) => sql`
    select m.group_id as id from directory_group_members as m
    where m.directory_id = ${directoryId} and ${condition}`,
};

const index: AttributeIndex = new Map<string, IndexedAttribute>([
  ['id', text('id', { nullable: false, folded: false })],
  ['displayName', text('display_name_folded', { nullable: false, folded: true })],
  ['externalId', text('external_id', { nullable: true, folded: false })],
  ['meta.created', { type: 'time', column: sql`r.created_at` }],
  ['meta.lastModified', { type: 'time', column: sql`r.last_modified_at` }],
  ['meta.resourceType', { type: 'fixed', value: 'Group' }],
  ['members', members],
  ['members.value', members],
]);

const sortColumns: SortColumns = new Map([
  ['id', { type: 'text', column: sql`r.id`, nullable: false, indexed: true }],
  [
    'displayName',
    { type: 'text', column: sql`r.display_name_folded`, nullable: false, indexed: true },
  ],
  ['externalId', { type: 'text', column: sql`r.external_id`, nullable: true, indexed: true }],
  ['meta.created', { type: 'time', column: sql`r.created_at`, nullable: false, indexed: false }],
  [
    'meta.lastModified',
    { type: 'time', column: sql`r.last_modified_at`, nullable: false, indexed: false },
  ],
]);

function text(
  column: string,
  { nullable, folded }: { nullable: boolean; folded: boolean },
): IndexedAttribute {
  return { type: 'text', column: sql.ref(`r.${column}`), nullable, folded, selective: true };
}

/** Groups, as they are listed. */
export const groupSource: ListSource<StoredGroup> = {
  resourceType: 'Group',
  table: 'directory_groups',
  sortColumns,
  index: async () => index,
  page: readGroupPage,
  byIds: readGroupsByIds,
  async *complete(read, directory, rows, paths) {
    const withMembers = paths.some(({ attribute }) => attribute.membership === true);
    for (const row of rows) yield await comparedText(read, directory, row, withMembers);
  },
};

async function comparedText(
  read: Reader,
  { directoryId, baseUrl }: ListedDirectory,
  row: StoredGroup,
  withMembers: boolean,
): Promise<string> {
  let text = '';
  for await (const piece of renderGroup(read, directoryId, baseUrl, row, withMembers)) {
    text += piece;
    if (text.length > COMPARED_CHARACTERS) throw tooLarge(row);
  }
  return text;
}

function tooLarge({ label }: StoredGroup) {
  return scimError(
    'tooMany',
    `The group ${label} has too many members to compare them one by one. Ask for members.value eq, which has an index, or narrow the list by displayName or id.`,
  );
}

/** What a list of groups asks for. */
export interface GroupListRequest extends ListRequest {
  readonly filter: ResolvedFilter | undefined;
  readonly sortBy: ResolvedPath | undefined;
}

/**
 * One page of the live groups and how many match in all; an equality of displayName is one prepared statement.
 *
 * @throws ScimError 400 tooMany where a filter or an order without index would read too much
 */
export async function listGroups(
  read: Reader,
  request: GroupListRequest,
): Promise<ListResult<StoredGroup>> {
  const { filter, sortBy, range, count, withPlaces } = request;
  const isPlain = range.kind === 'index' && sortBy === undefined && !withPlaces;
  const named = isPlain ? await lookUp(read, request) : undefined;
  if (isPlain && named !== undefined && named.length < NAME_LIMIT) {
    return { total: named.length, rows: named.slice(range.skip, range.skip + count), places: [] };
  }
  return listResources(read, [{ source: groupSource, filter, sortBy }], request);
}

function lookUp(
  read: Reader,
  { directoryId, filter }: GroupListRequest,
): Promise<StoredGroup[]> | undefined {
  if (filter?.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  if (typeof filter.value !== 'string' || pathName(filter.path) !== 'displayName') return undefined;
  return readGroupsByName(read, directoryId, fold(filter.value));
}
