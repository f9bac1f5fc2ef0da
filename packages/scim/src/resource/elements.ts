import { isObject, type JsonObject, type JsonValue, memberOf } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { subAttributesOf } from '../schema/lookup.ts';
import { fold } from '../text/fold.ts';

/**
 * A key that is equal for two elements of a multi-valued attribute exactly when they stand for the same value: the same
 * `value` and `type` (RFC 7643 §2.4), for a membership the same `value`, else everything (Z-25).
 */
export function elementKey(attribute: AttributeDefinition, element: JsonValue): string {
  if (!isObject(element)) return partKey(attribute, element);
  const table = subAttributesOf(attribute);
  const valuePart = table.find('value');
  const value = valuePart && memberOf(element, valuePart.name);
  if (valuePart === undefined || value === undefined) return wholeKey(attribute, element);
  if (attribute.membership) return partKey(valuePart, value);
  const typePart = table.find('type');
  const type = typePart && memberOf(element, typePart.name);
  return JSON.stringify([
    partKey(valuePart, value),
    typePart && type ? partKey(typePart, type) : '',
  ]);
}

/** Keeps the first of the elements that stand for the same value, in their order. */
export function distinctElements(
  attribute: AttributeDefinition,
  elements: readonly JsonValue[],
): readonly JsonValue[] {
  if (elements.length < 2) return elements;
  const seen = new Set<string>();
  return elements.filter((element) => {
    const key = elementKey(attribute, element);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * Drops the elements that say nothing because their `value` is missing, where the attribute has such a part.
 */
export function meaningfulElements(
  attribute: AttributeDefinition,
  elements: readonly JsonValue[],
): readonly JsonValue[] {
  const valuePart = subAttributesOf(attribute).find('value');
  if (valuePart === undefined) return elements;
  const meaningful = (element: JsonValue) =>
    isObject(element) && Object.hasOwn(element, valuePart.name);
  return elements.every(meaningful) ? elements : elements.filter(meaningful);
}

/**
 * Tells whether an element is the one that a client lists for removal (P-43): its `value` is equal and so is its `type` where
 * both have one; without a `value` every part that is given is equal.
 */
export function isSameElement(
  attribute: AttributeDefinition,
  element: JsonValue,
  given: JsonValue,
): boolean {
  if (!isObject(element) || !isObject(given)) {
    return partKey(attribute, element) === partKey(attribute, given);
  }
  const value = subAttributesOf(attribute).find('value');
  if (value === undefined || !Object.hasOwn(given, value.name)) {
    return attribute.subAttributes.every((part) => hasEqualPart(part, element, given));
  }
  if (!Object.hasOwn(element, value.name) || !hasEqualPart(value, element, given)) return false;
  const type = subAttributesOf(attribute).find('type');
  if (attribute.membership || type === undefined || !Object.hasOwn(element, type.name)) return true;
  return hasEqualPart(type, element, given);
}

/** Tells whether an element has the part that is given, by the case rule of the part; a part that is not given is equal. */
export function hasEqualPart(
  part: AttributeDefinition,
  element: JsonObject,
  given: JsonObject,
): boolean {
  const wanted = memberOf(given, part.name);
  if (wanted === undefined) return true;
  const actual = memberOf(element, part.name);
  return actual !== undefined && partKey(part, actual) === partKey(part, wanted);
}

/** Most elements of one attribute that is stored in the document (C-11); memberships have no bound here. */
const maxElements = 1_000;

/** Refuses an attribute with more elements than a document may hold. */
export function refuseTooMany(
  attribute: AttributeDefinition,
  path: string,
  elements: readonly JsonValue[],
): void {
  if (attribute.membership || elements.length <= maxElements) return;
  throw scimError(
    'invalidValue',
    `${path} has ${elements.length} values; at most ${maxElements} are taken.`,
  );
}

function partKey(definition: AttributeDefinition, value: JsonValue): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return definition.caseExact ? value : fold(value);
}

function wholeKey(attribute: AttributeDefinition, element: JsonObject): string {
  const parts = subAttributesOf(attribute).all.flatMap((part) => {
    const value = memberOf(element, part.name);
    return value === undefined ? [] : [[part.name, partKey(part, value)]];
  });
  return JSON.stringify(parts);
}
