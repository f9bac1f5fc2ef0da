/** Bodies as Okta writes them. */

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupSchema = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** A create of somebody called `name`, with the constants that Okta always sends. */
export function oktaUser(name: string, more: Record<string, unknown> = {}) {
  const userName = `${name}@example.com`;
  return {
    schemas: [userSchema],
    userName,
    name: { givenName: capitalized(name), familyName: 'Byron' },
    emails: [{ primary: true, value: userName, type: 'work' }],
    displayName: `${capitalized(name)} Byron`,
    locale: 'en-US',
    externalId: `00u-${name}`,
    groups: [],
    password: 'k3nq9v2x',
    active: true,
    ...more,
  };
}

export function group(displayName: string, members: readonly string[] = []) {
  return {
    schemas: [groupSchema],
    displayName,
    members: members.map((value) => ({ value, display: null })),
  };
}

export function patch(...operations: readonly object[]) {
  return { schemas: [patchSchema], Operations: operations };
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
