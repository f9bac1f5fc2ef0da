import { type AttributeDefinition, attribute, complex, keyLength, text } from './attribute.ts';

const readOnly = { mutability: 'readOnly' } as const;

/** The attributes of every resource (RFC 7643 §3, §3.1); they belong to no schema and are not published in one. */
export const commonAttributes: readonly AttributeDefinition[] = [
  attribute('schemas', 'reference', 'URNs of the schemas that the resource uses.', {
    multiValued: true,
    required: true,
    // URNs are compared without case (RFC 7644 §3.10).
    caseExact: false,
    returned: 'always',
    referenceTypes: ['uri'],
  }),
  text('id', 'Identifier issued by the service provider.', {
    ...readOnly,
    caseExact: true,
    returned: 'always',
    uniqueness: 'server',
  }),
  text('externalId', 'Identifier issued by the provisioning client.', {
    caseExact: true,
    maxLength: keyLength,
  }),
  complex(
    'meta',
    'What the service provider knows about the resource.',
    [
      text('resourceType', 'Name of the resource type.', { ...readOnly, caseExact: true }),
      attribute('created', 'dateTime', 'When the resource was created.', readOnly),
      attribute('lastModified', 'dateTime', 'When the resource last changed.', readOnly),
      attribute('location', 'reference', 'URI of the resource.', {
        ...readOnly,
        referenceTypes: ['uri'],
      }),
      text('version', 'Entity tag of the resource.', { ...readOnly, caseExact: true }),
    ],
    readOnly,
  ),
];
