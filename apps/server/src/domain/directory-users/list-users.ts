import {
  type ClientProfile,
  enterpriseUserSchema,
  fold,
  pathName,
  quirksFor,
  type ResolvedFilter,
  type ResolvedPath,
} from '@rollcall/scim';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reader } from '../../database/index.ts';
import {
  Ancestry,
  type AttributeIndex,
  type IndexedAttribute,
  type ListRequest,
  type ListResult,
  type ListSource,
  listResources,
  pathsIn,
  type RowTest,
  readNestedGroups,
  type SortColumns,
  someRow,
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

const manager = `${enterpriseUserSchema.id}:manager.value`;

const emails: IndexedAttribute = {
  type: 'rows',
  folded: true,
  column: sql`e.value_folded`,
  some: ({ condition }, directoryId) =>
    someRow(sql`
    select 1 from directory_user_emails as e
    where e.directory_id = ${directoryId} and e.directory_user_id = r.id and ${condition}`),
  ids: ({ condition }, directoryId) => sql`
    select e.directory_user_id as id from directory_user_emails as e
    where e.directory_id = ${directoryId} and ${condition}`,
};

const index: AttributeIndex = new Map<string, IndexedAttribute>([
  ['id', text('id', { nullable: false, folded: false })],
  ['userName', text('user_name_folded', { nullable: false, folded: true })],
  ['externalId', text('external_id', { nullable: true, folded: false })],
  ['displayName', text('display_name_folded', { nullable: true, folded: true })],
  [manager, text('manager_id', { nullable: true, folded: false })],
  ['active', { type: 'flag', column: sql`r.active` }],
  ['meta.created', { type: 'time', column: sql`r.created_at` }],
  ['meta.lastModified', { type: 'time', column: sql`r.last_modified_at` }],
  ['meta.resourceType', { type: 'fixed', value: 'User' }],
  ['emails', emails],
  ['emails.value', emails],
]);

const primaryEmail = sql`(select e.value_folded from directory_user_emails as e
  where e.directory_id = r.directory_id and e.directory_user_id = r.id and e.is_primary = 1)`;

const sortColumns: SortColumns = new Map([
  ['id', { type: 'text', column: sql`r.id`, nullable: false, indexed: true }],
  ['userName', { type: 'text', column: sql`r.user_name_folded`, nullable: false, indexed: true }],
  ['externalId', { type: 'text', column: sql`r.external_id`, nullable: true, indexed: true }],
  [
    'displayName',
    { type: 'text', column: sql`r.display_name_folded`, nullable: true, indexed: true },
  ],
  [
    'emails.value',
    { type: 'text', column: primaryEmail, nullable: true, indexed: false, weight: 8 },
  ],
  [manager, { type: 'text', column: sql`r.manager_id`, nullable: true, indexed: false }],
  ['active', { type: 'flag', column: sql`r.active`, nullable: false, indexed: false }],
  ['meta.created', { type: 'time', column: sql`r.created_at`, nullable: false, indexed: false }],
  [
    'meta.lastModified',
    { type: 'time', column: sql`r.last_modified_at`, nullable: false, indexed: true },
  ],
]);

function text(
  column: string,
  { nullable, folded }: { nullable: boolean; folded: boolean },
): IndexedAttribute {
  return { type: 'text', column: sql.ref(`r.${column}`), nullable, folded, selective: true };
}

/** Users, as they are listed. */
export const userSource: ListSource<ReadUser> = {
  resourceType: 'User',
  table: 'directory_users',
  sortColumns,
  async index(read, directoryId, filter) {
    if (!pathsIn(filter).some(isGroups)) return index;
    const groups = await groupsAttribute(read, directoryId);
    if (groups === undefined) return index;
    return new Map([...index, ['groups', groups], ['groups.value', groups]]);
  },
  page: readUserPage,
  byIds: readUsersByIds,
  async *complete(read, { directoryId, baseUrl }, rows, paths) {
    yield* await renderUsers(read, directoryId, baseUrl, rows, paths.some(isGroups));
  },
};

/** What a list of users asks for. */
export interface UserListRequest extends ListRequest {
  readonly provider: ClientProfile;
  readonly filter: ResolvedFilter | undefined;
  readonly sortBy: ResolvedPath | undefined;
}

/**
 * One page of the live users and how many match in all. What identity providers ask before every create (an equality of
 * userName, externalId or an address) is one prepared statement.
 *
 * @throws ScimError 400 tooMany where a filter or an order without index would read too much
 */
export async function listUsers(
  read: Reader,
  request: UserListRequest,
): Promise<ListResult<ReadUser>> {
  const { filter, sortBy, range, count, withPlaces } = request;
  const isPlain = range.kind === 'index' && sortBy === undefined && !withPlaces;
  const hot = isPlain ? await lookUp(read, request) : undefined;
  if (isPlain && hot !== undefined && hot.length < HOT_LIMIT) {
    return { total: hot.length, rows: hot.slice(range.skip, range.skip + count), places: [] };
  }
  return listResources(read, [{ source: userSource, filter, sortBy }], request);
}

function lookUp(
  read: Reader,
  { directoryId, filter, provider }: UserListRequest,
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

function isGroups({ extension, attribute }: ResolvedPath): boolean {
  return !extension && attribute.name === 'groups';
}

/**
 * The groups of a user, those that they are in through other groups with them: a group inside another counts for the others
 * above it. Undefined where the directory has too many of these to be held.
 */
async function groupsAttribute(
  read: Reader,
  directoryId: string,
): Promise<IndexedAttribute | undefined> {
  const nested = await readNestedGroups(read, directoryId);
  if (nested === undefined) return undefined;
  const ancestry = await Ancestry.of(read, directoryId, nested);
  const { dialect } = read;
  const counts = ({ condition, matches }: RowTest): RawBuilder<SqlBool> => {
    const below = nested.filter((id) =>
      [...ancestry.direct(id), ...ancestry.indirect(id)].some((above) => matches(above.id)),
    );
    if (below.length === 0) return condition;
    return sql<SqlBool>`(${condition} or ${dialect.inList('g.group_id', sql.val(below))})`;
  };
  return {
    type: 'rows',
    folded: false,
    column: sql`g.group_id`,
    some: (test) =>
      someRow(sql`
      select 1 from directory_group_members as g
      where g.directory_id = ${directoryId} and g.member_id = r.id and ${counts(test)}`),
    ids: (test) => sql`
      select g.member_id as id from directory_group_members as g
      where g.directory_id = ${directoryId} and ${counts(test)}`,
  };
}
