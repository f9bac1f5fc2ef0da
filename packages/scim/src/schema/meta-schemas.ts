import { type AttributeDefinition, attribute, complex, text } from './attribute.ts';
import type { SchemaDefinition } from './resource-type.ts';

const readOnly = { mutability: 'readOnly' } as const;
const needed = { mutability: 'readOnly', required: true } as const;
const several = { mutability: 'readOnly', multiValued: true } as const;
const page = { mutability: 'readOnly', referenceTypes: ['external'] } as const;

function supported(name: string, description: string, ...more: readonly AttributeDefinition[]) {
  const flag = attribute('supported', 'boolean', 'Whether it is offered.', needed);
  return complex(name, description, [flag, ...more], needed);
}

/** The schema of `/ServiceProviderConfig` (RFC 7643 §5, §8.7.2 with errata 7921 and 8011, RFC 9865 §4). */
export const serviceProviderConfigSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
  name: 'ServiceProviderConfig',
  description: 'What the service provider offers',
  attributes: [
    attribute('documentationUri', 'reference', 'Page for administrators.', page),
    supported('patch', 'PATCH requests.'),
    supported(
      'bulk',
      'Bulk requests.',
      attribute('maxOperations', 'integer', 'Most operations in one request.', needed),
      attribute('maxPayloadSize', 'integer', 'Largest body in bytes.', needed),
    ),
    supported(
      'filter',
      'Filters.',
      attribute('maxResults', 'integer', 'Most resources on one page.', needed),
    ),
    supported('changePassword', 'Changing passwords.'),
    supported('sort', 'Sorting.'),
    supported('etag', 'Entity tags.'),
    complex(
      'pagination',
      'How lists are paged.',
      [
        attribute('cursor', 'boolean', 'Whether cursors are offered.', needed),
        attribute('index', 'boolean', 'Whether startIndex is offered.', needed),
        text('defaultPaginationMethod', 'What a request without either gets.', {
          ...readOnly,
          canonicalValues: ['cursor', 'index'],
        }),
        attribute('defaultPageSize', 'integer', 'Page size without count.', readOnly),
        attribute('maxPageSize', 'integer', 'Largest page size.', readOnly),
        attribute('cursorTimeout', 'integer', 'Seconds that a cursor lives.', readOnly),
      ],
      readOnly,
    ),
    complex(
      'authenticationSchemes',
      'Ways to authenticate.',
      [
        text('type', 'Kind of the scheme.', {
          ...needed,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        }),
        text('name', 'Name of the scheme.', needed),
        text('description', 'What the scheme is.', needed),
        attribute('specUri', 'reference', 'Its specification.', page),
        attribute('documentationUri', 'reference', 'Page for administrators.', page),
        attribute('primary', 'boolean', 'Whether it is the preferred one.', readOnly),
      ],
      { ...needed, multiValued: true },
    ),
  ],
};

/** The schema of a resource type (RFC 7643 §6, §8.7.2 with errata 7522 and 8475). */
export const resourceTypeSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  name: 'ResourceType',
  description: 'A kind of resource',
  attributes: [
    text('id', 'Identifier, the same as the name.', readOnly),
    text('name', 'Name of the resource type.', { ...needed, uniqueness: 'server' }),
    text('description', 'What the resources are.', readOnly),
    attribute('endpoint', 'reference', 'Path of the resources under the base URL.', {
      ...needed,
      referenceTypes: ['uri'],
      uniqueness: 'server',
    }),
    attribute('schema', 'reference', 'URN of the core schema.', {
      ...needed,
      referenceTypes: ['uri'],
    }),
    complex(
      'schemaExtensions',
      'Extensions of the resources.',
      [
        attribute('schema', 'reference', 'URN of the extension.', {
          ...needed,
          referenceTypes: ['uri'],
        }),
        attribute('required', 'boolean', 'Whether every resource carries it.', needed),
      ],
      several,
    ),
  ],
};

const mutabilities = ['readOnly', 'readWrite', 'immutable', 'writeOnly'];
const returnedValues = ['always', 'never', 'default', 'request'];
const types = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'];
const exact = { mutability: 'readOnly', caseExact: true } as const;

function characteristics(typeNames: readonly string[]): readonly AttributeDefinition[] {
  return [
    text('name', 'Name of the attribute.', { ...exact, required: true }),
    text('type', 'Data type.', { ...needed, canonicalValues: typeNames }),
    attribute('multiValued', 'boolean', 'Whether it takes several values.', needed),
    text('description', 'What the attribute holds.', exact),
    attribute('required', 'boolean', 'Whether every resource has it.', readOnly),
    text('canonicalValues', 'Suggested values.', { ...exact, multiValued: true }),
    attribute('caseExact', 'boolean', 'Whether case matters.', readOnly),
    text('mutability', 'Who may write it, and when.', { ...exact, canonicalValues: mutabilities }),
    text('returned', 'When it is returned.', { ...exact, canonicalValues: returnedValues }),
    text('uniqueness', 'How far a value is unique.', {
      ...exact,
      canonicalValues: ['none', 'server', 'global'],
    }),
    text('referenceTypes', 'What a reference may point to.', { ...exact, multiValued: true }),
  ];
}

/**
 * The schema of a schema (RFC 7643 §7, §8.7.2). It is the one schema that nests complex attributes, so it describes
 * documents that are never written by clients and is no part of a resource type.
 */
export const schemaSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  name: 'Schema',
  description: 'A schema',
  attributes: [
    text('id', 'URN of the schema.', { ...needed, returned: 'always' }),
    text('name', 'Name of the schema.', needed),
    text('description', 'What the schema is for.', readOnly),
    complex(
      'attributes',
      'The attributes of the schema.',
      [
        ...characteristics([...types, 'complex']),
        complex(
          'subAttributes',
          'The parts of a complex attribute.',
          characteristics(types),
          several,
        ),
      ],
      { ...needed, multiValued: true },
    ),
  ],
};

/** The schemas of the discovery documents themselves. */
export const metaSchemas: readonly SchemaDefinition[] = [
  serviceProviderConfigSchema,
  resourceTypeSchema,
  schemaSchema,
];
