import {
  compareSortKeys,
  entitlementResourceType,
  type JsonObject,
  listResponse,
  matches,
  project,
  type ResourceType,
  roleResourceType,
  sortKey,
} from '@rollcall/scim';
import { refuse } from '../../domain/request-log/index.ts';
import { type Answer, found } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { listQueryOf, projectionOf } from './listing.ts';

/** A value that the product knows; identity providers send its id as `value`. */
interface Entry {
  readonly id: string;
  readonly displayName: string;
  readonly type: string;
  readonly description: string;
}

interface Catalog {
  readonly resourceType: ResourceType;
  readonly entries: readonly Entry[];
}

const roles: Catalog = {
  resourceType: roleResourceType,
  entries: [
    {
      id: 'member',
      displayName: 'Member',
      type: 'Account role',
      description:
        'What everybody is who is provisioned. Rights in organizations come from teams, which follow the groups; owners and co-owners are appointed in the console alone.',
    },
  ],
};

const entitlements: Catalog = {
  resourceType: entitlementResourceType,
  entries: [
    {
      id: 'seat',
      displayName: 'License seat',
      type: 'License',
      description: 'Everybody who is active takes one license seat of the account.',
    },
  ],
};

/** Okta alone asks for what a user can be given (its Identity Governance); others would find two types that mean nothing. */
export function catalogTypes(exchange: Exchange): readonly ResourceType[] {
  return offersCatalogs(exchange) ? [roleResourceType, entitlementResourceType] : [];
}

/** GET /Roles. */
export async function getRoles(exchange: Exchange): Promise<Answer> {
  return listed(exchange, roles);
}

/** GET /Roles/{id}. */
export async function getRole(exchange: Exchange): Promise<Answer> {
  return one(exchange, roles);
}

/** GET /Entitlements. */
export async function getEntitlements(exchange: Exchange): Promise<Answer> {
  return listed(exchange, entitlements);
}

/** GET /Entitlements/{id}. */
export async function getEntitlement(exchange: Exchange): Promise<Answer> {
  return one(exchange, entitlements);
}

function listed(exchange: Exchange, catalog: Catalog): Answer {
  requireOffer(exchange);
  const { resourceType } = catalog;
  const query = listQueryOf(exchange, resourceType);
  const { filter, sortBy, sortOrder, startIndex, count, projection } = query;
  const matching = catalog.entries
    .map((entry) => resourceOf(exchange, resourceType, entry))
    .filter((resource) => filter === undefined || matches(filter, resource));
  const direction = sortOrder === 'descending' ? -1 : 1;
  const ordered =
    sortBy === undefined
      ? matching
      : matching.toSorted(
          (a, b) => direction * compareSortKeys(sortKey(a, sortBy), sortKey(b, sortBy)),
        );
  const page = ordered.slice(startIndex - 1, startIndex - 1 + count);
  const resources = page.map((resource) => project(resourceType, resource, projection));
  return found(
    JSON.stringify(listResponse({ totalResults: matching.length, resources, startIndex })),
  );
}

function one(exchange: Exchange, { resourceType, entries }: Catalog): Answer {
  requireOffer(exchange);
  const { endpoint } = exchange.address;
  const entry = entries.find(({ id }) => 'id' in endpoint && id === endpoint.id);
  if (entry === undefined) throw unknown(exchange);
  const resource = resourceOf(exchange, resourceType, entry);
  return found(JSON.stringify(project(resourceType, resource, projectionOf(exchange))));
}

function resourceOf({ baseUrl }: Exchange, { name, endpoint, schema }: ResourceType, entry: Entry) {
  const resource: JsonObject = {
    schemas: [schema.id],
    ...entry,
    meta: { resourceType: name, location: `${baseUrl}${endpoint}/${entry.id}` },
  };
  return resource;
}

function offersCatalogs({ directory }: Exchange): boolean {
  return directory?.provider === 'okta';
}

function requireOffer(exchange: Exchange): void {
  if (!offersCatalogs(exchange)) throw unknown(exchange);
}

function unknown(exchange: Exchange) {
  return refuse('address_unknown', 404, exchange.directory?.provider ?? 'generic');
}
