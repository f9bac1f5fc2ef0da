/** What a path under the connector URL names. */
export type Endpoint =
  | { readonly kind: 'users' | 'groups' | 'user_search' | 'group_search' }
  | { readonly kind: 'root' | 'root_search' }
  | { readonly kind: 'user' | 'group'; readonly id: string }
  | { readonly kind: 'configuration' | 'resource_types' | 'schemas' }
  | { readonly kind: 'resource_type' | 'schema'; readonly id: string }
  | { readonly kind: 'roles' | 'entitlements' }
  | { readonly kind: 'role' | 'entitlement'; readonly id: string }
  | { readonly kind: 'me' | 'bulk' | 'unknown' };

/** A request's address: `/scim/{directoryId}/v2/…`. */
export interface Address {
  readonly directoryId: string;
  readonly endpoint: Endpoint;
  /** What stands after `?`; empty where nothing does. */
  readonly query: string;
}

/** The id that an address names; empty where it names none. Nothing that is stored holds U+0000, which PostgreSQL refuses. */
export function idOf({ endpoint }: Address): string {
  const id = 'id' in endpoint ? endpoint.id : '';
  return id.includes('\0') ? '' : id;
}

const unknown: Endpoint = { kind: 'unknown' };

/**
 * Takes the target of a request apart, be it absolute (RFC 9112 §3.2.2). Doubled slashes and one at the end say nothing
 * (H-17), parts are percent-decoded once (H-20).
 */
export function addressOf(target: string): Address {
  const url = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '');
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  const [, directoryId = '', version, resource, id, more] = partsOf(path);
  const endpoint = version !== 'v2' || more !== undefined ? unknown : endpointOf(resource, id);
  return { directoryId, endpoint, query };
}

function partsOf(path: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < path.length; ) {
    const slash = path.indexOf('/', from);
    const end = slash < 0 ? path.length : slash;
    if (end > from) parts.push(path.slice(from, end));
    from = end + 1;
  }
  return parts;
}

function endpointOf(resource: string | undefined, encodedId: string | undefined): Endpoint {
  if (resource === undefined) return { kind: 'root' };
  const entry = resources.get(resource);
  if (entry === undefined) return unknown;
  if (encodedId === undefined) return { kind: entry.all };
  if (encodedId === '.search' && entry.search !== undefined) return { kind: entry.search };
  const id = decoded(encodedId);
  return entry.one === undefined || id === undefined ? unknown : { kind: entry.one, id };
}

type One = Extract<Endpoint, { readonly id: string }>['kind'];

interface Resource {
  readonly all: Exclude<Endpoint['kind'], One>;
  readonly one?: One;
  readonly search?: 'user_search' | 'group_search';
}

const resources: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  ['.search', { all: 'root_search' }],
  ['Users', { all: 'users', one: 'user', search: 'user_search' }],
  ['Groups', { all: 'groups', one: 'group', search: 'group_search' }],
  ['ServiceProviderConfig', { all: 'configuration' }],
  ['ResourceTypes', { all: 'resource_types', one: 'resource_type' }],
  ['Schemas', { all: 'schemas', one: 'schema' }],
  ['Roles', { all: 'roles', one: 'role' }],
  ['Entitlements', { all: 'entitlements', one: 'entitlement' }],
  ['Me', { all: 'me' }],
  ['Bulk', { all: 'bulk' }],
]);

function decoded(part: string): string | undefined {
  if (!part.includes('%')) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
