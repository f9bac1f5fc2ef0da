import {
  type JsonObject,
  type ListQuery,
  listResponseSchema,
  type Projection,
  parseListQuery,
  parseProjection,
  parseRootQuery,
  parseRootSearchRequest,
  parseSearchRequest,
  pathName,
  project,
  type ResourceType,
  type RootQuery,
} from '@rollcall/scim';
import type { Exchange } from './exchange.ts';
import type { Page } from './paging.ts';

/** Largest page; Okta asks for 100 and counts on getting them. */
export const maximumCount = 1_000;
export const defaultCount = 100;

/** Reads the parameters of a list. */
export function listQueryOf(exchange: Exchange, resourceType: ResourceType): ListQuery {
  return parseListQuery(resourceType, exchange.parameters, optionsOf(exchange));
}

/** Reads the parameters of a list of several types. */
export function rootQueryOf(exchange: Exchange, resourceTypes: readonly ResourceType[]): RootQuery {
  return parseRootQuery(resourceTypes, exchange.parameters, optionsOf(exchange));
}

/** Reads the body of POST `/.search` as a list. */
export async function searchOf(exchange: Exchange, resourceType: ResourceType): Promise<ListQuery> {
  return parseSearchRequest(resourceType, await exchange.json(), optionsOf(exchange));
}

/** Reads the body of POST `/.search` at the root. */
export async function rootSearchOf(
  exchange: Exchange,
  resourceTypes: readonly ResourceType[],
): Promise<RootQuery> {
  return parseRootSearchRequest(resourceTypes, await exchange.json(), optionsOf(exchange));
}

function optionsOf(exchange: Exchange) {
  const { provider: profile } = exchange.requireCaller().directory;
  return { profile, defaultCount, maxCount: maximumCount };
}

/** Which attributes the answer is to carry; undefined for all. */
export function projectionOf(exchange: Exchange): Projection | undefined {
  return exchange.address.query === '' ? undefined : parseProjection(exchange.parameters);
}

/** Shapes a resource; the text stays as it is where nothing is asked. */
export function shaped(
  resourceType: ResourceType,
  text: string,
  projection: Projection | undefined,
): string {
  if (projection === undefined) return text;
  // The text is a resource that we wrote.
  return JSON.stringify(project(resourceType, JSON.parse(text) as JsonObject, projection));
}

/** What a list says of its page. */
export type PageWords = Pick<Page<never>, 'total' | 'startIndex' | 'nextCursor' | 'previousCursor'>;

/** The text of a list before its resources. Cursors are of characters that JSON takes as they are. */
export function listHead(page: PageWords, itemsPerPage: number): string {
  const { total, startIndex, nextCursor, previousCursor } = page;
  const start = startIndex === undefined ? '' : `"startIndex":${startIndex},`;
  const next = nextCursor === undefined ? '' : `"nextCursor":"${nextCursor}",`;
  const previous = previousCursor === undefined ? '' : `"previousCursor":"${previousCursor}",`;
  return `{"schemas":["${listResponseSchema}"],"totalResults":${total},${start}"itemsPerPage":${itemsPerPage},${next}${previous}"Resources":[`;
}

export const listTail = ']}';

/** Characters above which a list is put together as bytes: a string of more is given memory of its own at each step. */
const LONG_LIST = 65_536;

/** A whole list, of resources that are text already. */
export function listBody(page: PageWords, resources: readonly string[]): string | Buffer {
  const head = listHead(page, resources.length);
  const length = resources.reduce((sum, text) => sum + text.length, 0);
  if (length < LONG_LIST) return head + resources.join(',') + listTail;
  const pieces = resources.map((text, at) => Buffer.from(at === 0 ? head + text : `,${text}`));
  return Buffer.concat([...pieces, Buffer.from(listTail)]);
}

/** What a list asks for, in the words of the log. */
export function listOperation(plural: string, { filter }: ListQuery): string {
  if (filter === undefined) return `List ${plural}`;
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return `Find ${plural}`;
  return `Look up by ${pathName(filter.path)}`;
}
