import {
  type ClientProfile,
  checkFilter,
  type JsonObject,
  type JsonValue,
  parseFilter,
  parsePatch,
  patchOpSchema,
  type ResolvedFilter,
  type ResourceType,
  readResource,
  ScimError,
  userResourceType,
} from '@rollcall/scim';

export const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const group = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Runs something that must be refused and returns the refusal; any other failure, or none, fails the test. */
export function refusalOf(run: () => unknown): ScimError {
  try {
    run();
  } catch (error) {
    if (error instanceof ScimError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The scimType of a refusal, and its status where it has none. */
export function codeOf(run: () => unknown): string {
  const { scimType, status } = refusalOf(run);
  return scimType ?? String(status);
}

/** Freezes a value all the way down, so that changing it throws. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

export function filterOf(
  text: string,
  resourceType: ResourceType = userResourceType,
  profile: ClientProfile = 'generic',
): ResolvedFilter {
  return checkFilter(resourceType, parseFilter(text), profile);
}

/** Reads a user as it would be created, with the least that a user needs filled in. */
export function createdUser(
  members: JsonObject,
  profile: ClientProfile = 'generic',
  resourceType: ResourceType = userResourceType,
) {
  const body = { schemas: [user], userName: 'ada@example.com', ...members };
  return readResource(resourceType, frozen(body), { mode: 'create', profile });
}

/** Writes a PATCH body. */
export function patchBody(...operations: readonly JsonValue[]): JsonObject {
  return { schemas: [patchOpSchema], Operations: operations };
}

export function operationsOf(
  resourceType: ResourceType,
  profile: ClientProfile,
  ...operations: readonly JsonValue[]
) {
  return parsePatch(resourceType, frozen(patchBody(...operations)), { profile }).operations;
}
