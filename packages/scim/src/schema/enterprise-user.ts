import { attribute, complex, keyLength, text } from './attribute.ts';
import type { SchemaDefinition } from './resource-type.ts';

/** The enterprise extension of User (RFC 7643 §4.3; `manager.value` is caseExact by erratum 8472). */
export const enterpriseUserSchema: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'Enterprise user',
  attributes: [
    text('employeeNumber', 'Identifier that the organization gave to the person.'),
    text('costCenter', 'Cost center.'),
    text('organization', 'Organization.'),
    text('division', 'Division.'),
    text('department', 'Department.'),
    complex('manager', 'The manager of the user.', [
      text('value', 'Identifier of the manager.', { caseExact: true, maxLength: keyLength }),
      attribute('$ref', 'reference', 'URI of the manager.', { referenceTypes: ['User'] }),
      text('displayName', 'Name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
};
