import { type AttributeDefinition, text } from './attribute.ts';
import type { ResourceType } from './resource-type.ts';

const readOnly = { mutability: 'readOnly' } as const;

/** What Okta's governance reads of a value that it may give to somebody. */
function attributes(what: string): readonly AttributeDefinition[] {
  return [
    text('displayName', `Name of the ${what}.`, readOnly),
    text('type', `Kind of the ${what}.`, readOnly),
    text('description', `What the ${what} means.`, readOnly),
  ];
}

/** The roles that a user can be given, as Okta discovers them. */
export const roleResourceType: ResourceType = {
  name: 'Role',
  description: 'A value of the roles of a user',
  endpoint: '/Roles',
  schema: {
    id: 'urn:okta:scim:schemas:core:1.0:Role',
    name: 'Role',
    description: 'A role that a user can be given',
    attributes: attributes('role'),
  },
  extensions: [],
};

/** The entitlements that a user can be given, as Okta discovers them. */
export const entitlementResourceType: ResourceType = {
  name: 'Entitlement',
  description: 'A value of the entitlements of a user',
  endpoint: '/Entitlements',
  schema: {
    id: 'urn:okta:scim:schemas:core:1.0:Entitlement',
    name: 'Entitlement',
    description: 'An entitlement that a user can be given',
    attributes: attributes('entitlement'),
  },
  extensions: [],
};
