import { isArray, type JsonValue } from '../json/json-value.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { subAttributesOf } from '../schema/lookup.ts';

/**
 * U-25, Z-08: Entra sends the manager as a bare id, as an object or as an array of one object. A single complex value
 * that has a `value` is read from all three, from every client.
 */
export function wholeComplexValue(attribute: AttributeDefinition, given: JsonValue): JsonValue {
  if (attribute.multiValued || subAttributesOf(attribute).find('value') === undefined) return given;
  if (typeof given === 'string') return given === '' ? null : { value: given };
  if (isArray(given) && given.length < 2) return given[0] ?? null;
  return given;
}
