import { isObject, type JsonObject, type JsonValue, memberOf } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import { commonAttributes } from '../schema/common-attributes.ts';
import { type ResourceTable, type SchemaTable, tableOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';

/**
 * Gives a document its `schemas` (RFC 7643 §3.3): the core schema and each extension that has values. Empty extensions
 * vanish, and members come in the order of the schemas, so that equal documents are equal texts.
 */
export function completed(resourceType: ResourceType, members: JsonObject): JsonObject {
  const table = tableOf(resourceType);
  const document: Record<string, JsonValue> = { schemas: [] };
  const used = [table.core.schema.id];
  for (const { name } of table.core.attributes.all) {
    const value = name === schemasAttribute ? undefined : memberOf(members, name);
    if (value !== undefined) document[name] = value;
  }
  for (const { schema, attributes } of table.extensions) {
    const container = memberOf(members, schema.id);
    if (!isObject(container)) continue;
    const values = ordered(container, attributes.all);
    if (Object.keys(values).length === 0) continue;
    document[schema.id] = values;
    used.push(schema.id);
  }
  document[schemasAttribute] = used;
  return document;
}

const schemasAttribute = 'schemas';

function ordered(container: JsonObject, attributes: readonly { readonly name: string }[]) {
  const values: Record<string, JsonValue> = {};
  for (const { name } of attributes) {
    const value = memberOf(container, name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** A-14, D-24: every required attribute that a client may write is there, and so is every required extension. */
export function refuseMissingRequired(resourceType: ResourceType, document: JsonObject): void {
  const table = tableOf(resourceType);
  refuseMissing(table.core, document, '');
  for (const extension of table.extensions) refuseMissingExtension(extension, document);
}

function refuseMissingExtension(extension: SchemaTable, document: JsonObject): void {
  const container = memberOf(document, extension.schema.id);
  if (isObject(container)) {
    refuseMissing(extension, container, `${extension.schema.id}:`);
  } else if (extension.required) {
    throw scimError(
      'invalidValue',
      `The extension ${extension.schema.id} is required: send it with its attributes.`,
    );
  }
}

function refuseMissing(table: SchemaTable, values: JsonObject, prefix: string): void {
  for (const attribute of table.attributes.all) {
    if (!attribute.required || attribute.mutability === 'readOnly') continue;
    if (attribute.membership || Object.hasOwn(values, attribute.name)) continue;
    throw scimError(
      'invalidValue',
      `${prefix}${attribute.name} is required and may not be empty. Map a value to it in the identity provider.`,
    );
  }
}

/**
 * Reads the `schemas` member of a request: the URN of the resource type must be in it.
 *
 * @returns the URNs that are no schema of this resource type.
 * @throws ScimError 400 invalidSyntax when it is missing or names another resource type.
 */
export function readSchemas(resourceType: ResourceType, given: JsonValue | undefined): string[] {
  const table: ResourceTable = tableOf(resourceType);
  const expected = table.core.schema.id;
  if (!Array.isArray(given) || !given.every((urn) => typeof urn === 'string')) {
    throw scimError(
      'invalidSyntax',
      `"schemas" must be an array of URNs that contains "${expected}".`,
    );
  }
  const unknown: string[] = [];
  let hasCore = false;
  for (const urn of given) {
    const found = table.findSchema(urn);
    if (found === undefined) unknown.push(urn);
    else if (found === table.core) hasCore = true;
  }
  if (hasCore) return unknown;
  throw scimError(
    'invalidSyntax',
    `"schemas" must contain "${expected}", since this endpoint serves ${resourceType.name} resources.`,
  );
}

/** Names the members that every resource has besides those of its schemas; the server assigns all but `externalId`. */
export const envelopeNames: ReadonlySet<string> = new Set(
  commonAttributes
    .filter(({ name, mutability }) => mutability === 'readOnly' || name === schemasAttribute)
    .map(({ name }) => name),
);
