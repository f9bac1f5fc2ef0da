import { wholeComplexValue } from '../client-quirks/bare-complex-value.ts';
import type { Quirks } from '../client-quirks/quirk.ts';
import { unpackedElement } from '../client-quirks/role-as-json-text.ts';
import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  jsonTypeOf,
} from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { subAttributesOf } from '../schema/lookup.ts';
import { distinctElements, refuseTooMany } from './elements.ts';
import { readSimpleValue } from './read-simple-value.ts';
import { settleReference } from './referenced-id.ts';

/** What reading a value needs to know besides its definition. */
export interface ReadContext {
  readonly quirks: Quirks;
  /** Collects the paths of what was sent and not taken. */
  readonly ignored: Set<string>;
  /** A single complex value keeps nulls for the parts that it clears (PATCH, P-49). */
  readonly keepsNulls: boolean;
}

/**
 * Reads the value of an attribute as a client sent it: checked against its type, spelled canonically, without what the
 * client may not write. `undefined` means unassigned (null, "", [] or an object of nothing: RFC 7643 §2.5).
 *
 * @throws ScimError 400 invalidValue that names the attribute.
 */
export function readValue(
  attribute: AttributeDefinition,
  path: string,
  given: JsonValue,
  context: ReadContext,
): JsonValue | undefined {
  if (given === null) return undefined;
  if (attribute.multiValued) return readElements(attribute, path, given, context);
  return readSingle(attribute, path, given, context);
}

/** Reads one element of a multi-valued attribute, or the value of a single-valued one. */
export function readSingle(
  attribute: AttributeDefinition,
  path: string,
  given: JsonValue,
  context: ReadContext,
): JsonValue | undefined {
  if (given === null || given === '') return undefined;
  if (attribute.type === 'complex') return readComplex(attribute, path, given, context);
  return readSimpleValue(attribute, path, given);
}

function readElements(
  attribute: AttributeDefinition,
  path: string,
  given: JsonValue,
  context: ReadContext,
): JsonValue | undefined {
  if (!isArray(given)) {
    throw scimError(
      'invalidValue',
      `${path} takes several values: send an array, not ${jsonTypeOf(given)}.`,
    );
  }
  refuseTooMany(attribute, path, given);
  const elements: JsonValue[] = [];
  for (const item of given) {
    const element = readSingle(attribute, path, item, context);
    if (element !== undefined) elements.push(element);
  }
  if (elements.length === 0) return undefined;
  refuseTwoPrimaries(path, elements);
  return distinctElements(attribute, elements);
}

/** A-23, P-32: at most one element is the primary one. */
export function refuseTwoPrimaries(path: string, elements: readonly JsonValue[]): void {
  let primaries = 0;
  for (const element of elements) if (isObject(element) && element.primary === true) primaries += 1;
  if (primaries < 2) return;
  throw scimError(
    'invalidValue',
    `${path} has ${primaries} values with "primary": true. Set it on one value only.`,
  );
}

function readComplex(
  attribute: AttributeDefinition,
  path: string,
  sent: JsonValue,
  context: ReadContext,
): JsonObject | undefined {
  const given = wholeComplexValue(attribute, sent);
  if (given === null) return undefined;
  if (!isObject(given)) {
    throw scimError(
      'invalidValue',
      `${path} has several parts: send an object, not ${jsonTypeOf(given)}.`,
    );
  }
  const object = context.quirks.roleAsJsonText ? unpackedElement(attribute, given) : given;
  const parts = readParts(attribute, path, object, context);
  settleReference(attribute, parts);
  refuseMissingParts(attribute, path, parts);
  return Object.keys(parts).length === 0 ? undefined : parts;
}

function readParts(
  attribute: AttributeDefinition,
  path: string,
  given: JsonObject,
  context: ReadContext,
): Record<string, JsonValue> {
  const table = subAttributesOf(attribute);
  const nullStays = context.keepsNulls && !attribute.multiValued;
  const parts: Record<string, JsonValue> = {};
  for (const name of Object.keys(given)) {
    const sent = given[name];
    if (sent === undefined) continue;
    const part = table.find(name);
    if (part === undefined || part.mutability === 'readOnly') {
      if (part === undefined) context.ignored.add(`${path}.${name}`);
      continue;
    }
    const value = readValue(part, `${path}.${part.name}`, sent, context);
    if (value !== undefined) parts[part.name] = value;
    else if (nullStays) parts[part.name] = null;
  }
  return parts;
}

function refuseMissingParts(attribute: AttributeDefinition, path: string, parts: JsonObject): void {
  for (const { name, required } of attribute.subAttributes) {
    if (!required || Object.hasOwn(parts, name)) continue;
    throw scimError('invalidValue', `Every value of ${path} needs "${name}".`);
  }
}
