import { quirksFor } from '../client-quirks/quirks.ts';
import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  memberOf,
} from '../json/json-value.ts';
import { type AttributePath, parseAttributePath } from '../path/attribute-path.ts';
import { resolvePath } from '../path/resolved-path.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { type SchemaTable, subAttributesOf, tableOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/** Which attributes an answer carries (RFC 7644 §3.9); texts that are no path name nothing (J-09). */
export interface Projection {
  readonly mode: 'only' | 'without';
  /** What the client named, as it wrote it. */
  readonly names: readonly string[];
}

/**
 * Tells, without a resource, whether an answer can carry a top-level attribute of the core schema, so that a server need
 * not load it (J-13).
 */
export function wants(projection: Projection | undefined, attribute: string): boolean {
  if (projection === undefined) return true;
  const paths = projection.names.map(parseAttributePath);
  const folded = attribute.toLowerCase();
  if (projection.mode === 'only') {
    // A name with a URN may be a whole schema (J-06), which only the resource type can tell.
    return paths.some(
      (path) => path?.urn !== undefined || path?.attribute.toLowerCase() === folded,
    );
  }
  return !paths.some(
    (path) => path?.attribute.toLowerCase() === folded && path.subAttribute === undefined,
  );
}

/**
 * Shapes a complete resource for an answer by the `returned` characteristic and the projection (RFC 7643 §7, RFC 7644
 * §3.4.2.5). What is always returned stays, what is never returned goes.
 */
export function project(
  resourceType: ResourceType,
  resource: JsonObject,
  projection?: Projection,
): JsonObject {
  const selection = projection === undefined ? everything : selectionOf(resourceType, projection);
  const table = tableOf(resourceType);
  const answer = projectedAttributes(table.core, resource, selection);
  for (const extension of table.extensions) {
    const container = memberOf(resource, extension.schema.id);
    if (!isObject(container)) continue;
    const values = projectedAttributes(extension, container, selection);
    if (Object.keys(values).length > 0) answer[extension.schema.id] = values;
  }
  return answer;
}

interface Selection {
  readonly mode: 'only' | 'without' | 'default';
  readonly schemas: ReadonlySet<string>;
  readonly attributes: ReadonlySet<AttributeDefinition>;
  /** Sub-attributes that were named, by their attribute. */
  readonly parts: ReadonlyMap<AttributeDefinition, ReadonlySet<AttributeDefinition>>;
}

const everything: Selection = {
  mode: 'default',
  schemas: new Set(),
  attributes: new Set(),
  parts: new Map(),
};

// The resources of a page share one projection, which names the same attributes for all of them.
const selections = new WeakMap<Projection, WeakMap<ResourceType, Selection>>();

function selectionOf(resourceType: ResourceType, projection: Projection): Selection {
  const byType = selections.get(projection) ?? new WeakMap<ResourceType, Selection>();
  const selection = byType.get(resourceType) ?? buildSelection(resourceType, projection);
  selections.set(projection, byType.set(resourceType, selection));
  return selection;
}

function buildSelection(resourceType: ResourceType, projection: Projection): Selection {
  const schemas = new Set<string>();
  const attributes = new Set<AttributeDefinition>();
  const parts = new Map<AttributeDefinition, Set<AttributeDefinition>>();
  for (const name of projection.names) {
    const schema = tableOf(resourceType).findSchema(name);
    if (schema !== undefined) schemas.add(schema.schema.id);
    const path = parseAttributePath(name);
    const found = path && resolved(resourceType, path);
    if (found === undefined) continue;
    if (found.subAttribute === undefined) attributes.add(found.attribute);
    else
      parts.set(found.attribute, (parts.get(found.attribute) ?? new Set()).add(found.subAttribute));
  }
  return { mode: projection.mode, schemas, attributes, parts };
}

function resolved(resourceType: ResourceType, path: AttributePath) {
  return resolvePath(resourceType, path, quirksFor('generic'));
}

function projectedAttributes(table: SchemaTable, values: JsonObject, selection: Selection) {
  const answer: Record<string, JsonValue> = {};
  for (const attribute of table.attributes.all) {
    const value = memberOf(values, attribute.name);
    if (value === undefined) continue;
    const projected = projectedValue(table, attribute, value, selection);
    if (projected !== undefined) answer[attribute.name] = projected;
  }
  return answer;
}

function projectedValue(
  table: SchemaTable,
  attribute: AttributeDefinition,
  value: JsonValue,
  selection: Selection,
): JsonValue | undefined {
  if (attribute.returned === 'never') return undefined;
  if (attribute.returned === 'always') return value;
  const named = selection.attributes.has(attribute) || selection.schemas.has(table.schema.id);
  const parts = selection.parts.get(attribute);
  if (selection.mode === 'only') {
    if (named) return value;
    return parts && withParts(attribute, value, (part) => parts.has(part));
  }
  if (named && selection.mode === 'without') return undefined;
  if (attribute.returned === 'request') return undefined;
  return parts ? withParts(attribute, value, (part) => !parts.has(part)) : value;
}

function withParts(
  attribute: AttributeDefinition,
  value: JsonValue,
  keeps: (part: AttributeDefinition) => boolean,
): JsonValue | undefined {
  if (isArray(value)) {
    const elements = value.flatMap((element) => withParts(attribute, element, keeps) ?? []);
    return elements.length === 0 ? undefined : elements;
  }
  if (!isObject(value)) return undefined;
  const parts: Record<string, JsonValue> = {};
  for (const part of subAttributesOf(attribute).all) {
    const given = memberOf(value, part.name);
    if (given !== undefined && (keeps(part) || part.returned === 'always'))
      parts[part.name] = given;
  }
  return Object.keys(parts).length === 0 ? undefined : parts;
}
