import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  memberOf,
} from '../json/json-value.ts';
import { attributeValue, type ResolvedPath } from '../path/resolved-path.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import { compareText } from '../text/compare-text.ts';
import { fold } from '../text/fold.ts';
import { instantKey } from '../text/instant.ts';
import type { ComparisonOperator, ResolvedComparison, ResolvedFilter } from './filter.ts';

/**
 * Tells whether a resource satisfies a filter, by the types and case rules of its schema (RFC 7644 §3.4.2.2). The resource
 * is the complete one as it is returned, with `id` and `meta`.
 */
export function matches(filter: ResolvedFilter, resource: JsonObject): boolean {
  return holds(filter, (path) => attributeValue(resource, path));
}

/** Tells whether one element of a multi-valued attribute satisfies the filter in the brackets after it. */
export function matchesElement(filter: ResolvedFilter, element: JsonValue): boolean {
  return holds(filter, () => element);
}

type Read = (path: ResolvedPath) => JsonValue | undefined;

function holds(filter: ResolvedFilter, read: Read): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.operands.every((operand) => holds(operand, read));
    case 'or':
      return filter.operands.some((operand) => holds(operand, read));
    case 'not':
      return !holds(filter.operand, read);
    case 'present':
      return values(filter.path, read).some(isAssigned);
    case 'compare':
      return compares(filter, read);
    case 'element':
      return elements(read(filter.path)).some((element) => matchesElement(filter.filter, element));
  }
}

/** Tells whether a value counts as assigned (RFC 7643 §2.5, RFC 7644 Table 3: `pr`). */
export function isAssigned(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (isArray(value)) return value.some(isAssigned);
  if (isObject(value)) return Object.values(value).some(isAssigned);
  return true;
}

function values(path: ResolvedPath, read: Read): readonly JsonValue[] {
  const found = elements(read(path));
  const { subAttribute } = path;
  if (subAttribute === undefined) return found;
  return found.flatMap((element) => {
    const value = isObject(element) ? memberOf(element, subAttribute.name) : undefined;
    return value === undefined ? [] : [value];
  });
}

function elements(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return isArray(value) ? value : [value];
}

// F-23, F-25, Z-28: one value that satisfies is enough; `ne` is also true of an attribute, or of an element, without value.
function compares(filter: ResolvedComparison, read: Read): boolean {
  const { path, operator, value } = filter;
  const found = values(path, read);
  if (operator === 'ne' && (found.length === 0 || found.length < elements(read(path)).length)) {
    return true;
  }
  const definition = path.subAttribute ?? path.attribute;
  const expected = comparable(definition, value);
  return found.some((item) => satisfies(operator, comparable(definition, item), expected));
}

type Comparable = string | number | boolean | undefined;

/**
 * Turns a value into one that JavaScript compares as the attribute's type demands: text folded unless it is caseExact,
 * times as instants. `undefined` for a value of another type.
 */
export function comparable(definition: AttributeDefinition, value: JsonValue): Comparable {
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string') return undefined;
  if (definition.type === 'dateTime') return instantKey(value);
  return definition.caseExact ? value : fold(value);
}

function satisfies(
  operator: ComparisonOperator,
  actual: Comparable,
  expected: Comparable,
): boolean {
  if (operator === 'eq') return actual !== undefined && actual === expected;
  if (operator === 'ne') return actual !== expected;
  if (typeof actual === 'number' && typeof expected === 'number') {
    return ordered(operator, Math.sign(actual - expected));
  }
  if (typeof actual !== 'string' || typeof expected !== 'string') return false;
  switch (operator) {
    case 'co':
      return actual.includes(expected);
    case 'sw':
      return actual.startsWith(expected);
    case 'ew':
      return actual.endsWith(expected);
    default:
      return ordered(operator, compareText(actual, expected));
  }
}

function ordered(operator: ComparisonOperator, sign: number): boolean {
  switch (operator) {
    case 'gt':
      return sign > 0;
    case 'ge':
      return sign >= 0;
    case 'lt':
      return sign < 0;
    case 'le':
      return sign <= 0;
    default:
      return false;
  }
}
