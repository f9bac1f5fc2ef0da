import { fold, pathName, type ResolvedFilter } from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import {
  type AttributeIndex,
  type IndexedAttribute,
  type ListRequest,
  type ListResult,
  type ListSource,
  listResources,
} from '../directory-resources/index.ts';
import { renderWholeGroup } from './render-group.ts';
import {
  NAME_LIMIT,
  readGroupPage,
  readGroupsByIds,
  readGroupsByName,
  type StoredGroup,
} from './stored-group.ts';

const members: IndexedAttribute = {
  type: 'rows',
  folded: false,
  column: sql`m.member_id`,
  some: (condition: RawBuilder<SqlBool>, directoryId: string) => sql<SqlBool>`r.id in (
    select m.group_id from directory_group_members as m
    where m.directory_id = ${directoryId} and ${condition})`,
};

const index: AttributeIndex = new Map<string, IndexedAttribute>([
  ['id', text('id', { nullable: false, folded: false })],
  ['displayName', text('display_name_folded', { nullable: false, folded: true })],
  ['externalId', text('external_id', { nullable: true, folded: false })],
  ['meta.created', { type: 'time', column: sql`r.created_at` }],
  ['meta.lastModified', { type: 'time', column: sql`r.last_modified_at` }],
  ['members', members],
  ['members.value', members],
]);

function text(
  column: string,
  { nullable, folded }: { nullable: boolean; folded: boolean },
): IndexedAttribute {
  return { type: 'text', column: sql.ref(`r.${column}`), nullable, folded, selective: true };
}

const source: ListSource<StoredGroup> = {
  resourceType: 'Group',
  table: 'directory_groups',
  index,
  page: readGroupPage,
  byIds: readGroupsByIds,
  async complete(read, directoryId, rows, filter, baseUrl) {
    const withMembers = mentionsMembers(filter);
    const texts: string[] = [];
    for (const row of rows) {
      texts.push(await renderWholeGroup(read, directoryId, baseUrl, row, withMembers));
    }
    return texts;
  },
};

/**
 * One page of the live groups and how many match in all; an equality of displayName is one prepared statement.
 *
 * @throws ScimError 400 tooMany where a filter without index would read too much
 */
export async function listGroups(
  read: Reader,
  request: ListRequest,
): Promise<ListResult<StoredGroup>> {
  const named = await lookUp(read, request);
  if (named !== undefined && named.length < NAME_LIMIT) {
    const { startIndex, count } = request;
    return { total: named.length, rows: named.slice(startIndex - 1, startIndex - 1 + count) };
  }
  return listResources(read, source, request);
}

function lookUp(
  read: Reader,
  { directoryId, filter }: ListRequest,
): Promise<StoredGroup[]> | undefined {
  if (filter?.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  if (typeof filter.value !== 'string' || pathName(filter.path) !== 'displayName') return undefined;
  return readGroupsByName(read, directoryId, fold(filter.value));
}

function mentionsMembers(filter: ResolvedFilter): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.some(mentionsMembers);
    case 'not':
      return mentionsMembers(filter.operand);
    default:
      return filter.path.attribute.membership === true;
  }
}
