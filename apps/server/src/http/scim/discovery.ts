import {
  type JsonObject,
  listResponse,
  type ResourceType,
  resourceTypeDocuments,
  schemaDocuments,
  serviceProviderConfig,
} from '@rollcall/scim';
import { refuse } from '../../domain/request-log/index.ts';
import { type Answer, found } from './answer.ts';
import { bodyLimit } from './body.ts';
import { maxBulkOperations } from './bulk-limits.ts';
import { catalogTypes } from './catalog.ts';
import type { Exchange } from './exchange.ts';
import { defaultCount, maximumCount } from './listing.ts';
import { cursorTimeout } from './paging.ts';

function resourceTypesOf(exchange: Exchange): readonly ResourceType[] {
  return [exchange.types.user, groupTypeOf(exchange), ...catalogTypes(exchange)];
}

/** Where the directory lets groups share names, its schema says so; all else that holds for a name still holds. */
function groupTypeOf({ directory, types: { group } }: Exchange): ResourceType {
  if (directory?.groupNames !== 'shared') return group;
  const attributes = group.schema.attributes.map((attribute) =>
    attribute.name === 'displayName' ? { ...attribute, uniqueness: 'none' as const } : attribute,
  );
  return { ...group, schema: { ...group.schema, attributes } };
}

/** What this service can do; every flag is true to what it does (D-03). */
export async function getConfiguration(exchange: Exchange): Promise<Answer> {
  refuseFilter(exchange);
  const configuration = serviceProviderConfig({
    baseUrl: exchange.baseUrl,
    maxResults: maximumCount,
    defaultCount,
    sort: true,
    cursor: { cursorTimeout },
    etag: true,
    bulk: { maxOperations: maxBulkOperations, maxPayloadSize: bodyLimit },
  });
  return found(JSON.stringify(configuration));
}

export async function getResourceTypes(exchange: Exchange): Promise<Answer> {
  return listed(exchange, resourceTypeDocuments(exchange.baseUrl, resourceTypesOf(exchange)));
}

export async function getResourceType(exchange: Exchange): Promise<Answer> {
  return one(exchange, resourceTypeDocuments(exchange.baseUrl, resourceTypesOf(exchange)));
}

export async function getSchemas(exchange: Exchange): Promise<Answer> {
  return listed(exchange, schemaDocuments(exchange.baseUrl, resourceTypesOf(exchange)));
}

export async function getSchema(exchange: Exchange): Promise<Answer> {
  return one(exchange, schemaDocuments(exchange.baseUrl, resourceTypesOf(exchange)));
}

/** Paging and projection are ignored here (D-19, D-20). */
function listed(exchange: Exchange, resources: readonly JsonObject[]): Answer {
  refuseFilter(exchange);
  const list = listResponse({ totalResults: resources.length, resources, startIndex: 1 });
  return found(JSON.stringify(list));
}

function one(exchange: Exchange, resources: readonly JsonObject[]): Answer {
  refuseFilter(exchange);
  const { endpoint } = exchange.address;
  const wanted = 'id' in endpoint ? endpoint.id.toLowerCase() : '';
  const resource = resources.find(({ id }) => String(id).toLowerCase() === wanted);
  if (resource !== undefined) return found(JSON.stringify(resource));
  throw refuse('address_unknown', 404, exchange.directory?.provider ?? 'generic');
}

/** D-18. */
function refuseFilter(exchange: Exchange): void {
  const names = Object.keys(exchange.parameters);
  if (!names.some((name) => name.toLowerCase() === 'filter')) return;
  throw refuse('discovery_filter', 403, exchange.directory?.provider ?? 'generic');
}
