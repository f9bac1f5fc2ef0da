import {
  type JsonObject,
  type ListQuery,
  listResponseSchema,
  type Projection,
  parseListQuery,
  parseProjection,
  parseSearchRequest,
  pathName,
  project,
  type ResourceType,
  scimError,
} from '@rollcall/scim';
import type { Exchange } from './exchange.ts';

/** Largest page; Okta asks for 100 and counts on getting them. */
export const maximumCount = 1_000;
const defaultCount = 100;

/** Reads the parameters of a list. Cursors are not offered, so that parameter says nothing here. */
export function listQueryOf(exchange: Exchange, resourceType: ResourceType): ListQuery {
  const { cursor: _, ...parameters } = exchange.parameters;
  const query = parseListQuery(resourceType, parameters, optionsOf(exchange));
  refuseNul(parameters.filter);
  return query;
}

/** Reads the body of POST `/.search` as a list. */
export async function searchOf(exchange: Exchange, resourceType: ResourceType): Promise<ListQuery> {
  return parseSearchRequest(resourceType, await exchange.json(), optionsOf(exchange));
}

function optionsOf(exchange: Exchange) {
  const { provider: profile } = exchange.requireCaller().directory;
  return { profile, defaultCount, maxCount: maximumCount };
}

/** No stored text has U+0000, and PostgreSQL cannot even be asked for it. */
function refuseNul(filter: string | readonly string[] | undefined): void {
  const text = String(filter ?? '');
  if (!text.includes('\0') && !text.includes('\\u0000')) return;
  throw scimError('invalidFilter', 'The filter has the character U+0000, which no value can have.');
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

/** The text of a list before its resources. */
export function listHead(total: number, startIndex: number, itemsPerPage: number): string {
  return `{"schemas":["${listResponseSchema}"],"totalResults":${total},"startIndex":${startIndex},"itemsPerPage":${itemsPerPage},"Resources":[`;
}

export const listTail = ']}';

/** Characters above which a list is put together as bytes: a string of more is given memory of its own at each step. */
const LONG_LIST = 65_536;

/** A whole list, of resources that are text already. */
export function listBody(
  total: number,
  startIndex: number,
  resources: readonly string[],
): string | Buffer {
  const head = listHead(total, startIndex, resources.length);
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
