import { aliasedPath } from '../client-quirks/path-alias.ts';
import type { Quirks } from '../client-quirks/quirk.ts';
import { isObject, type JsonObject, type JsonValue, memberOf } from '../json/json-value.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { type ResourceTable, subAttributesOf, tableOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { AttributePath } from './attribute-path.ts';

/** An attribute of a resource type that a path names, with its characteristics. */
export interface ResolvedPath {
  /** URN of the schema that defines the attribute, in its canonical spelling; the core schema for common attributes. */
  readonly schema: string;
  /** Whether the value lives in the extension object under `schema`. */
  readonly extension: boolean;
  readonly attribute: AttributeDefinition;
  readonly subAttribute?: AttributeDefinition;
}

/**
 * Finds what a path names, without case (RFC 7644 §3.10); `undefined` when the resource type has no such attribute. A
 * name without URN is sought in the core schema first and then in the extensions.
 */
export function resolvePath(
  resourceType: ResourceType,
  path: AttributePath,
  quirks: Quirks,
): ResolvedPath | undefined {
  const table = tableOf(resourceType);
  return findAttribute(table, path) ?? aliasedPath(table, path, quirks, findAttribute);
}

/** The canonical text of a resolved path: `emails.value`, `urn:…:User:manager.value`. It is a stable key for indexes. */
export function pathName(path: ResolvedPath): string {
  const prefix = path.extension ? `${path.schema}:` : '';
  const suffix = path.subAttribute === undefined ? '' : `.${path.subAttribute.name}`;
  return `${prefix}${path.attribute.name}${suffix}`;
}

/** The path of the whole attribute, without its sub-attribute. */
export function wholePath({ schema, extension, attribute }: ResolvedPath): ResolvedPath {
  return { schema, extension, attribute };
}

/** Reads the value of the path's attribute (not of its sub-attribute) from a resource. */
export function attributeValue(resource: JsonObject, path: ResolvedPath): JsonValue | undefined {
  if (!path.extension) return memberOf(resource, path.attribute.name);
  const container = memberOf(resource, path.schema);
  return isObject(container) ? memberOf(container, path.attribute.name) : undefined;
}

function findAttribute(table: ResourceTable, path: AttributePath): ResolvedPath | undefined {
  for (const candidate of candidates(table, path.urn)) {
    const attribute = candidate.attributes.find(path.attribute);
    if (attribute === undefined) continue;
    const found = {
      schema: candidate.schema.id,
      extension: candidate.extension,
      attribute,
    };
    if (path.subAttribute === undefined) return found;
    const subAttribute = subAttributesOf(attribute).find(path.subAttribute);
    return subAttribute === undefined ? undefined : { ...found, subAttribute };
  }
  return undefined;
}

function candidates(table: ResourceTable, urn: string | undefined) {
  if (urn === undefined) return [table.core, ...table.extensions];
  const named = table.findSchema(urn);
  return named === undefined ? [] : [named];
}
