import { jsonEqual } from '../json/json-equal.ts';
import { isObject, type JsonObject, type JsonValue, memberOf } from '../json/json-value.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { tableOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/** One attribute that differs; `undefined` where it has no value. */
export interface AttributeDifference {
  /** Canonical path, such as `name.givenName` or `urn:…:User:department`. */
  readonly path: string;
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
}

/**
 * Lists the attributes that differ between two resources, in the order of the schemas: the parts of a single complex value
 * one by one, a multi-valued attribute as a whole. `schemas` follows from the rest and is left out.
 */
export function difference(
  resourceType: ResourceType,
  before: JsonObject,
  after: JsonObject,
): AttributeDifference[] {
  const table = tableOf(resourceType);
  const core = table.core.attributes.all.filter(({ name }) => name !== 'schemas');
  const found = differing(core, '', before, after);
  for (const { schema, attributes } of table.extensions) {
    const [left, right] = [before, after].map((resource) => objectIn(resource, schema.id));
    found.push(...differing(attributes.all, `${schema.id}:`, left ?? {}, right ?? {}));
  }
  return found;
}

function differing(
  attributes: readonly AttributeDefinition[],
  prefix: string,
  before: JsonObject,
  after: JsonObject,
): AttributeDifference[] {
  return attributes.flatMap((attribute) => {
    const left = memberOf(before, attribute.name);
    const right = memberOf(after, attribute.name);
    if (jsonEqual(left, right)) return [];
    const path = `${prefix}${attribute.name}`;
    if (attribute.multiValued || attribute.type !== 'complex') {
      return [{ path, before: left, after: right }];
    }
    const parts = attribute.subAttributes;
    return differing(parts, `${path}.`, objectOr(left), objectOr(right));
  });
}

function objectIn(resource: JsonObject, name: string): JsonObject {
  return objectOr(memberOf(resource, name));
}

function objectOr(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}
