import { comparable } from '../filter/matches.ts';
import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  memberOf,
} from '../json/json-value.ts';
import { attributeValue, type ResolvedPath } from '../path/resolved-path.ts';
import { keyLength } from '../schema/attribute.ts';
import { compareText } from '../text/compare-text.ts';

/** What a resource is sorted by, folded and normalized as its attribute is compared; null where it has no value. */
export type SortKey = string | number | boolean | null;

/**
 * Reads what a resource is sorted by (RFC 7644 §3.4.2.3): of several elements the primary one, else the first. The first 800
 * characters of a text decide.
 */
export function sortKey(resource: JsonObject, path: ResolvedPath): SortKey {
  const element = leading(attributeValue(resource, path));
  const { subAttribute } = path;
  const value =
    subAttribute !== undefined && isObject(element)
      ? memberOf(element, subAttribute.name)
      : element;
  if (value === undefined || value === null || value === '') return null;
  const key = comparable(subAttribute ?? path.attribute, value);
  if (typeof key !== 'string') return key ?? null;
  return key.length > keyLength ? key.slice(0, keyLength) : key;
}

function leading(value: JsonValue | undefined): JsonValue | undefined {
  if (!isArray(value)) return value;
  return value.find((element) => isObject(element) && element.primary === true) ?? value[0];
}

/** Orders two keys of one attribute, ascending: texts by code point, what has no value last (O-04, O-05). */
export function compareSortKeys(one: SortKey, other: SortKey): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  if (typeof one === 'string' && typeof other === 'string') return compareText(one, other);
  return Number(one) - Number(other);
}
