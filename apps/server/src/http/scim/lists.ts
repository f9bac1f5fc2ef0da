import { type ListQuery, type Projection, type RootQuery, wants } from '@rollcall/scim';
import { groupSource, listGroups, type StoredGroup } from '../../domain/directory-groups/index.ts';
import { listResources } from '../../domain/directory-resources/index.ts';
import {
  listUsers,
  type ReadUser,
  renderUsers,
  userSource,
} from '../../domain/directory-users/index.ts';
import { type Answer, found } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { groupBody } from './groups.ts';
import {
  listBody,
  listHead,
  listOperation,
  listQueryOf,
  listTail,
  rootQueryOf,
  rootSearchOf,
  searchOf,
  shaped,
} from './listing.ts';
import { type Page, readPage } from './paging.ts';

/** GET /Users (RFC 7644 §3.4.2). */
export async function getUsers(exchange: Exchange): Promise<Answer> {
  return users(exchange, listQueryOf(exchange, exchange.types.user));
}

/** POST /Users/.search (RFC 7644 §3.4.3). */
export async function searchUsers(exchange: Exchange): Promise<Answer> {
  return users(exchange, await searchOf(exchange, exchange.types.user));
}

/** GET /Groups. */
export async function getGroups(exchange: Exchange): Promise<Answer> {
  return groups(exchange, listQueryOf(exchange, exchange.types.group));
}

/** POST /Groups/.search. */
export async function searchGroups(exchange: Exchange): Promise<Answer> {
  return groups(exchange, await searchOf(exchange, exchange.types.group));
}

const everyType = ({ types }: Exchange) => [types.user, types.group];

/** GET at the connector URL itself: users, then groups (RFC 7644 §3.4.2.1). */
export async function getAll(exchange: Exchange): Promise<Answer> {
  return all(exchange, rootQueryOf(exchange, everyType(exchange)));
}

/** POST /.search. */
export async function searchAll(exchange: Exchange): Promise<Answer> {
  return all(exchange, await rootSearchOf(exchange, everyType(exchange)));
}

async function users(exchange: Exchange, query: ListQuery): Promise<Answer> {
  const { id: directoryId, provider } = exchange.requireCaller().directory;
  const { read } = exchange.context.database;
  const { filter, sortBy, projection } = query;
  const page = await readPage(exchange, 'users', query, (request) =>
    listUsers(read, { ...request, provider, filter, sortBy }),
  );
  const { baseUrl } = exchange;
  const withGroups = wants(projection, 'groups');
  const texts = await renderUsers(read, directoryId, baseUrl, page.rows, withGroups);
  const resources = texts.map((text) => shaped(exchange.types.user, text, projection));
  return found(listBody(page, resources), aboutList('users', query, page));
}

async function groups(exchange: Exchange, query: ListQuery): Promise<Answer> {
  const { read } = exchange.context.database;
  const { filter, sortBy, projection } = query;
  const page = await readPage(exchange, 'groups', query, (request) =>
    listGroups(read, { ...request, filter, sortBy }),
  );
  const bodies = (row: StoredGroup) => groupBody(exchange, row, projection);
  return found(streamed(page, bodies), aboutList('groups', query, page));
}

async function all(exchange: Exchange, query: RootQuery): Promise<Answer> {
  const { read } = exchange.context.database;
  const [ofUsers, ofGroups] = query.parts;
  const parts = [
    { ...ofUsers, source: userSource },
    { ...ofGroups, source: groupSource },
  ];
  const page = await readPage<ReadUser | StoredGroup>(exchange, 'all', query, (request) =>
    listResources<ReadUser | StoredGroup>(read, parts, request),
  );
  const bodies = (row: ReadUser | StoredGroup) => anyBody(exchange, row, query.projection);
  return found(streamed(page, bodies), { operation: 'Find users and groups' });
}

type Body = string | AsyncIterable<string>;

async function anyBody(
  exchange: Exchange,
  row: ReadUser | StoredGroup,
  projection: Projection | undefined,
): Promise<Body> {
  if (!('has_groups' in row)) return groupBody(exchange, row, projection);
  const { address, baseUrl, context } = exchange;
  const withGroups = wants(projection, 'groups');
  const { read } = context.database;
  const [text = ''] = await renderUsers(read, address.directoryId, baseUrl, [row], withGroups);
  return shaped(exchange.types.user, text, projection);
}

/** One resource after the other, so that a page of large groups never stands in memory as a whole. */
async function* streamed<Row>(
  page: Page<Row>,
  bodyOf: (row: Row) => Promise<Body>,
): AsyncGenerator<string, void, undefined> {
  yield listHead(page, page.rows.length);
  let separator = '';
  for (const row of page.rows) {
    yield separator;
    separator = ',';
    const body = await bodyOf(row);
    if (typeof body === 'string') yield body;
    else yield* body;
  }
  yield listTail;
}

function aboutList(
  plural: string,
  query: ListQuery,
  { total, rows: [only] }: Page<{ readonly id: string; readonly label: string }>,
): Partial<Answer> {
  const operation = listOperation(plural, query);
  if (only === undefined || total !== 1) return { operation };
  return { operation, subject: { id: only.id, name: only.label } };
}
