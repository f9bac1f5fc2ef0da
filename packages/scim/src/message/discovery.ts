import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import {
  metaSchemas,
  resourceTypeSchema,
  schemaSchema,
  serviceProviderConfigSchema,
} from '../schema/meta-schemas.ts';
import type { ResourceType, SchemaDefinition } from '../schema/resource-type.ts';

/** What the service provider can do; every flag must be true to what it does (D-03). */
export interface ServiceProviderOptions {
  /** Base URL of the SCIM endpoint, without a trailing slash. */
  readonly baseUrl: string;
  /** Page about the service, for administrators. */
  readonly documentationUri?: string;
  /** Largest page. */
  readonly maxResults: number;
  /** Page of a request that names no size. */
  readonly defaultCount: number;
  readonly sort: boolean;
  readonly etag: boolean;
  /** Absent when bulk requests are refused; the size is in bytes. */
  readonly bulk?: { readonly maxOperations: number; readonly maxPayloadSize: number };
  /** Absent when only index paging is offered; the time is in seconds. */
  readonly cursor?: { readonly cursorTimeout: number };
}

/** Writes `/ServiceProviderConfig` (RFC 7643 §5, RFC 9865 §4). */
export function serviceProviderConfig(options: ServiceProviderOptions): JsonObject {
  const { documentationUri, bulk, cursor, maxResults } = options;
  return {
    schemas: [serviceProviderConfigSchema.id],
    ...(documentationUri === undefined ? {} : { documentationUri }),
    patch: { supported: true },
    bulk: {
      supported: bulk !== undefined,
      maxOperations: bulk?.maxOperations ?? 0,
      maxPayloadSize: bulk?.maxPayloadSize ?? 0,
    },
    filter: { supported: true, maxResults },
    changePassword: { supported: false },
    sort: { supported: options.sort },
    etag: { supported: options.etag },
    pagination: {
      cursor: cursor !== undefined,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: options.defaultCount,
      maxPageSize: maxResults,
      ...cursor,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Connector token',
        description: 'The token of the directory, sent as a bearer token.',
        specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
        primary: true,
      },
    ],
    meta: {
      resourceType: serviceProviderConfigSchema.name,
      location: `${options.baseUrl}/ServiceProviderConfig`,
    },
  };
}

/** Writes the resources of `/ResourceTypes` (RFC 7643 §6). */
export function resourceTypeDocuments(
  baseUrl: string,
  resourceTypes: readonly ResourceType[],
): JsonObject[] {
  return resourceTypes.map(({ name, description, endpoint, schema, extensions }) => ({
    schemas: [resourceTypeSchema.id],
    id: name,
    name,
    description,
    endpoint,
    schema: schema.id,
    ...(extensions.length === 0
      ? {}
      : {
          schemaExtensions: extensions.map(({ schema: { id }, required }) => ({
            schema: id,
            required,
          })),
        }),
    meta: { resourceType: resourceTypeSchema.name, location: `${baseUrl}/ResourceTypes/${name}` },
  }));
}

/** Writes the resources of `/Schemas`: those of the resource types and the three that describe discovery (RFC 7643 §7). */
export function schemaDocuments(
  baseUrl: string,
  resourceTypes: readonly ResourceType[],
): JsonObject[] {
  const schemas = new Map<string, SchemaDefinition>();
  for (const { schema, extensions } of resourceTypes) {
    for (const used of [schema, ...extensions.map((extension) => extension.schema)]) {
      schemas.set(used.id, used);
    }
  }
  for (const schema of metaSchemas) schemas.set(schema.id, schema);
  return [...schemas.values()].map((schema) => ({
    schemas: [schemaSchema.id],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(published),
    meta: { resourceType: schemaSchema.name, location: `${baseUrl}/Schemas/${schema.id}` },
  }));
}

// D-15; Entra fails on nulls and empty members in a schema, so what does not apply is left out.
function published(attribute: AttributeDefinition): JsonObject {
  const { name, type, multiValued, description, required, mutability, returned } = attribute;
  const isText = type === 'string' || type === 'reference' || type === 'binary';
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(isText ? { caseExact: attribute.caseExact } : {}),
    mutability,
    returned,
    ...(type === 'complex' ? {} : { uniqueness: attribute.uniqueness }),
    ...unlessEmpty('canonicalValues', attribute.canonicalValues),
    ...unlessEmpty('referenceTypes', attribute.referenceTypes),
    ...unlessEmpty('subAttributes', attribute.subAttributes.map(published)),
  };
}

function unlessEmpty(name: string, values: readonly JsonValue[]): JsonObject {
  return values.length === 0 ? {} : { [name]: values };
}
