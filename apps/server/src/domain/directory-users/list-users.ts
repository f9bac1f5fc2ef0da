import {
  type ClientProfile,
  enterpriseUserSchema,
  fold,
  pathName,
  quirksFor,
  type ResolvedFilter,
} from '@rollcall/scim';
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
import { renderUsers } from './render-user.ts';
import {
  type ReadUser,
  readUserPage,
  readUsersByEmail,
  readUsersByExternalId,
  readUsersByIds,
  readUsersByUserName,
} from './stored-user.ts';

/** Matches that the prepared look-ups return; more go the long way. */
const HOT_LIMIT = 100;

const emails: IndexedAttribute = {
  type: 'rows',
  folded: true,
  column: sql`e.value_folded`,
  some: (condition: RawBuilder<SqlBool>, directoryId: string) => sql<SqlBool>`r.id in (
    select e.directory_user_id from directory_user_emails as e
    where e.directory_id = ${directoryId} and ${condition})`,
};

const groups: IndexedAttribute = {
  type: 'rows',
  folded: false,
  column: sql`g.group_id`,
  some: (condition: RawBuilder<SqlBool>, directoryId: string) => sql<SqlBool>`exists (
    select 1 from directory_group_members as g
    where g.directory_id = ${directoryId} and g.member_id = r.id and ${condition})`,
};

const index: AttributeIndex = new Map<string, IndexedAttribute>([
  ['id', text('id', { nullable: false, folded: false })],
  ['userName', text('user_name_folded', { nullable: false, folded: true })],
  ['externalId', text('external_id', { nullable: true, folded: false })],
  ['displayName', text('display_name_folded', { nullable: true, folded: true })],
  [
    `${enterpriseUserSchema.id}:manager.value`,
    text('manager_id', { nullable: true, folded: false }),
  ],
  ['active', { type: 'flag', column: sql`r.active` }],
  ['meta.created', { type: 'time', column: sql`r.created_at` }],
  ['meta.lastModified', { type: 'time', column: sql`r.last_modified_at` }],
  ['emails', emails],
  ['emails.value', emails],
  ['groups', groups],
  ['groups.value', groups],
]);

function text(
  column: string,
  { nullable, folded }: { nullable: boolean; folded: boolean },
): IndexedAttribute {
  return { type: 'text', column: sql.ref(`r.${column}`), nullable, folded, selective: true };
}

const source: ListSource<ReadUser> = {
  resourceType: 'User',
  table: 'directory_users',
  index,
  page: readUserPage,
  byIds: readUsersByIds,
  complete: (read, directoryId, rows, filter, baseUrl) =>
    renderUsers(read, directoryId, baseUrl, rows, mentions(filter, 'groups')),
};

/**
 * One page of the live users and how many match in all. What identity providers ask before every create (an equality of
 * userName, externalId or an address) is one prepared statement.
 *
 * @throws ScimError 400 tooMany where a filter without index would read too much
 */
export async function listUsers(
  read: Reader,
  request: ListRequest & { readonly provider: ClientProfile },
): Promise<ListResult<ReadUser>> {
  const hot = await lookUp(read, request);
  if (hot !== undefined && hot.length < HOT_LIMIT) {
    const { startIndex, count } = request;
    return { total: hot.length, rows: hot.slice(startIndex - 1, startIndex - 1 + count) };
  }
  return listResources(read, source, request);
}

function lookUp(
  read: Reader,
  { directoryId, filter, provider }: ListRequest & { readonly provider: ClientProfile },
): Promise<ReadUser[]> | undefined {
  if (filter?.kind !== 'compare' || filter.operator !== 'eq') return undefined;
  if (typeof filter.value !== 'string') return undefined;
  const { value } = filter;
  switch (pathName(filter.path)) {
    case 'userName':
      return byUserName(read, directoryId, fold(value), provider);
    case 'externalId':
      return readUsersByExternalId(read, directoryId, value, HOT_LIMIT);
    case 'emails.value':
      return readUsersByEmail(read, directoryId, fold(value), 'any', HOT_LIMIT);
    default:
      return undefined;
  }
}

async function byUserName(
  read: Reader,
  directoryId: string,
  folded: string,
  provider: ClientProfile,
): Promise<ReadUser[]> {
  const found = await readUsersByUserName(read, directoryId, folded);
  if (found.length > 0 || !quirksFor(provider).addressAsUserName || !folded.includes('@'))
    return found;
  const byAddress = await readUsersByEmail(read, directoryId, folded, 'primary', 2);
  // Two people with one primary address: neither is the one.
  return byAddress.length === 1 ? byAddress : [];
}

function mentions(filter: ResolvedFilter, attribute: string): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.some((operand) => mentions(operand, attribute));
    case 'not':
      return mentions(filter.operand, attribute);
    default:
      return filter.path.attribute.name === attribute;
  }
}
