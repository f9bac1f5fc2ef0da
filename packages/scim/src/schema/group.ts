import { attribute, complex, keyLength, text } from './attribute.ts';
import type { SchemaDefinition } from './resource-type.ts';

const immutable = { mutability: 'immutable' } as const;
const memberTypes = ['User', 'Group'] as const;

/**
 * The core Group schema (RFC 7643 §4.2, §8.7.1; `displayName` is required by erratum 5368). Names are unique in a
 * directory, since every identity provider matches groups by name; `members.display` follows RFC 7643 §2.4.
 */
export const groupSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'Group',
  attributes: [
    text('displayName', 'Name of the group.', {
      required: true,
      uniqueness: 'server',
      maxLength: keyLength,
    }),
    complex(
      'members',
      'The users and groups in the group.',
      [
        text('value', 'Identifier of the member.', {
          ...immutable,
          caseExact: true,
          required: true,
          maxLength: keyLength,
        }),
        attribute('$ref', 'reference', 'URI of the member.', {
          ...immutable,
          referenceTypes: memberTypes,
        }),
        text('type', 'Kind of the member.', { ...immutable, canonicalValues: memberTypes }),
        text('display', 'Name of the member.', { mutability: 'readOnly' }),
      ],
      { multiValued: true, membership: true },
    ),
  ],
};
