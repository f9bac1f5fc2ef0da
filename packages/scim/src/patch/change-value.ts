import { matchesElement } from '../filter/matches.ts';
import { jsonEqual } from '../json/json-equal.ts';
import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  memberOf,
} from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import { pathName } from '../path/resolved-path.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { PatchOperation } from './patch-operation.ts';

/** Tells whether an operation finds an element: everything without a filter, else what the filter chooses. */
export function isTarget({ path }: PatchOperation, element: JsonValue): boolean {
  return path.filter === undefined || matchesElement(path.filter, element);
}

/** Merges parts into a complex value; null takes a part away (P-48, P-49). */
export function merged(value: JsonValue | undefined, parts: JsonObject): JsonObject | undefined {
  const result: Record<string, JsonValue> = isObject(value) ? { ...value } : {};
  for (const name of Object.keys(parts)) {
    const part = memberOf(parts, name);
    if (part === undefined || part === null) delete result[name];
    else result[name] = part;
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

/** Takes one part out of a complex value; `undefined` when nothing is left (P-38). */
export function withoutPart(value: JsonValue, name: string): JsonObject | undefined {
  return merged(value, { [name]: null });
}

/** The elements of a multi-valued attribute as they are stored. */
export function elementsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

/** P-17, G-03: a part that may be set once stays what it is. */
export function refuseImmutable(
  { path }: PatchOperation,
  definition: AttributeDefinition,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): void {
  if (definition.mutability !== 'immutable' || before === undefined) return;
  if (jsonEqual(before, after)) return;
  throw scimError('mutability', `${pathName(path)} cannot be changed once it has a value.`);
}
