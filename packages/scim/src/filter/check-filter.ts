import { booleanFromText } from '../client-quirks/boolean-text.ts';
import type { ClientProfile, Quirks } from '../client-quirks/quirk.ts';
import { quirksFor } from '../client-quirks/quirks.ts';
import { scimError } from '../message/error.ts';
import { type AttributePath, formatAttributePath } from '../path/attribute-path.ts';
import { pathName, type ResolvedPath, resolvePath } from '../path/resolved-path.ts';
import type { AttributeDefinition, AttributeType } from '../schema/attribute.ts';
import { subAttributesOf } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { instantKey } from '../text/instant.ts';
import { quotedPiece } from '../text/quoted-piece.ts';
import {
  type ComparisonOperator,
  everything,
  type Filter,
  type FilterValue,
  nothing,
  type ResolvedFilter,
} from './filter.ts';

/**
 * Checks a filter against the schemas of a resource type and resolves its paths (RFC 7644 §3.4.2.2, Table 3).
 *
 * @throws ScimError 400 invalidFilter when an attribute is unknown or may not be asked for, or when an operator or a value
 *   does not fit its type.
 */
export function checkFilter(
  resourceType: ResourceType,
  filter: Filter,
  profile: ClientProfile,
): ResolvedFilter {
  const quirks = quirksFor(profile);
  return checked(
    filter,
    (path) => known(resourceType, path, quirks) ?? unknown(resourceType, path),
  );
}

/**
 * Checks a filter against several resource types at once, for each of them a filter (RFC 7644 §3.4.2.1): an attribute that a
 * type does not have counts as having no value there.
 *
 * @throws ScimError as {@link checkFilter}; an attribute is unknown where no type has it.
 */
export function checkFilterAcross(
  resourceTypes: readonly ResourceType[],
  filter: Filter,
  profile: ClientProfile,
): ResolvedFilter[] {
  const quirks = quirksFor(profile);
  return resourceTypes.map((resourceType) =>
    checked(filter, (path) => {
      const found = known(resourceType, path, quirks);
      if (found !== undefined) return found;
      const elsewhere = resourceTypes.some((other) => known(other, path, quirks) !== undefined);
      return elsewhere ? undefined : unknown(resourceType, path);
    }),
  );
}

/** Checks the filter of `path[filter]`, where paths name sub-attributes of the attribute before the bracket. */
export function checkElementFilter(parent: ResolvedPath, filter: Filter): ResolvedFilter {
  return checked(filter, (path) => elementPath(parent, path));
}

/** Finds an attribute; undefined where it counts as having no value. */
type Resolve = (path: AttributePath) => ResolvedPath | undefined;

function checked(filter: Filter, resolve: Resolve): ResolvedFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return {
        kind: filter.kind,
        operands: filter.operands.map((operand) => checked(operand, resolve)),
      };
    case 'not':
      return { kind: 'not', operand: checked(filter.operand, resolve) };
    default:
      return condition(filter, resolve(filter.path));
  }
}

type Condition = Extract<Filter, { readonly kind: 'present' | 'compare' | 'element' }>;

function condition(filter: Condition, path: ResolvedPath | undefined): ResolvedFilter {
  switch (filter.kind) {
    case 'present':
      return path === undefined ? nothing : { kind: 'present', path };
    case 'compare':
      if (path === undefined) return ofNoValue(filter.operator, filter.value);
      return comparison(path, filter.operator, filter.value);
    case 'element':
      return path === undefined ? nothing : element(path, filter.filter);
  }
}

/** F-23, F-24: what is unassigned differs from every value and equals null. */
function ofNoValue(operator: ComparisonOperator, value: FilterValue): ResolvedFilter {
  return (operator === 'ne') === (value !== null) && (operator === 'ne' || operator === 'eq')
    ? everything
    : nothing;
}

function known(
  resourceType: ResourceType,
  path: AttributePath,
  quirks: Quirks,
): ResolvedPath | undefined {
  const found = resolvePath(resourceType, path, quirks);
  // F-35: answering would let a client guess the value.
  if (found?.attribute.returned === 'never' || found?.subAttribute?.returned === 'never') {
    throw scimError('invalidFilter', `The filter may not ask for ${pathName(found)}.`);
  }
  return found;
}

function unknown(resourceType: ResourceType, path: AttributePath): never {
  throw scimError(
    'invalidFilter',
    `The filter names ${quotedPiece(formatAttributePath(path))}, which ${resourceType.name} does not have. Use an attribute listed under /Schemas.`,
  );
}

function elementPath(parent: ResolvedPath, path: AttributePath): ResolvedPath {
  const alone = path.urn === undefined && path.subAttribute === undefined;
  const subAttribute = alone ? subAttributesOf(parent.attribute).find(path.attribute) : undefined;
  if (subAttribute === undefined) {
    throw scimError(
      'invalidFilter',
      `The brackets after ${pathName(parent)} name ${quotedPiece(formatAttributePath(path))}. Name one of ${subAttributeNames(parent.attribute)} there.`,
    );
  }
  return { ...parent, subAttribute };
}

function element(path: ResolvedPath, filter: Filter): ResolvedFilter {
  if (!takesBrackets(path)) {
    throw scimError(
      'invalidFilter',
      `${pathName(path)} has no elements to choose from, so it takes no brackets in a filter. Compare it directly.`,
    );
  }
  return { kind: 'element', path, filter: checkElementFilter(path, filter) };
}

/** Whether a path may be followed by brackets: it names a multi-valued complex attribute as a whole. */
export function takesBrackets(path: ResolvedPath): boolean {
  return (
    path.attribute.multiValued &&
    path.attribute.type === 'complex' &&
    path.subAttribute === undefined
  );
}

function comparison(
  named: ResolvedPath,
  operator: ComparisonOperator,
  value: FilterValue,
): ResolvedFilter {
  if (value === null) return absence(named, operator);
  const path = comparablePath(named);
  const { type } = path.subAttribute ?? path.attribute;
  if (!operatorsOf[type].has(operator)) {
    throw scimError(
      'invalidFilter',
      `The operator ${operator} does not fit ${pathName(path)}, which is ${typeNames[type]}. Use ${[...operatorsOf[type], 'pr'].join(', ')}.`,
    );
  }
  const fitting = fittingValue(type, value);
  if (fitting === undefined) {
    throw scimError(
      'invalidFilter',
      `${pathName(path)} is ${typeNames[type]} and cannot be compared with ${quotedPiece(JSON.stringify(value))}. ${literalHints[type]}`,
    );
  }
  return { kind: 'compare', path, operator, value: fitting };
}

// F-24, Z-29: null means unassigned.
function absence(path: ResolvedPath, operator: ComparisonOperator): ResolvedFilter {
  if (operator === 'ne') return { kind: 'present', path };
  if (operator === 'eq') return { kind: 'not', operand: { kind: 'present', path } };
  throw scimError(
    'invalidFilter',
    `The operator ${operator} does not fit null. Use ${pathName(path)} pr, or eq null.`,
  );
}

// F-26: a complex attribute that is named alone stands for its `value`.
function comparablePath(path: ResolvedPath): ResolvedPath {
  if (path.attribute.type !== 'complex' || path.subAttribute !== undefined) return path;
  const value = subAttributesOf(path.attribute).find('value');
  if (value === undefined) {
    throw scimError(
      'invalidFilter',
      `${pathName(path)} has several parts. Name one of them: ${subAttributeNames(path.attribute)}.`,
    );
  }
  return { ...path, subAttribute: value };
}

function subAttributeNames(attribute: AttributeDefinition): string {
  return attribute.subAttributes.map(({ name }) => name).join(', ');
}

const equality: ReadonlySet<ComparisonOperator> = new Set(['eq', 'ne']);
const ordering: ReadonlySet<ComparisonOperator> = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const textual: ReadonlySet<ComparisonOperator> = new Set([
  ...ordering,
  'co',
  'sw',
  'ew',
] satisfies ComparisonOperator[]);

const operatorsOf: Readonly<Record<AttributeType, ReadonlySet<ComparisonOperator>>> = {
  string: textual,
  reference: textual,
  boolean: equality,
  binary: equality,
  integer: ordering,
  decimal: ordering,
  dateTime: ordering,
  complex: new Set(),
};

const typeNames: Readonly<Record<AttributeType, string>> = {
  string: 'a text',
  reference: 'a reference',
  boolean: 'a boolean',
  binary: 'binary',
  integer: 'an integer',
  decimal: 'a number',
  dateTime: 'a time',
  complex: 'complex',
};

const literalHints: Readonly<Record<AttributeType, string>> = {
  string: 'Put the value in double quotes.',
  reference: 'Put the URI in double quotes.',
  boolean: 'Write true or false.',
  binary: 'Put the base64 text in double quotes.',
  integer: 'Write a number without quotes.',
  decimal: 'Write a number without quotes.',
  dateTime: 'Write it like "2026-01-31T12:00:00Z".',
  complex: 'Name a sub-attribute.',
};

function fittingValue(type: AttributeType, value: string | number | boolean) {
  switch (type) {
    case 'boolean':
      return typeof value === 'string' ? booleanFromText(value) : booleanOnly(value);
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? value : undefined;
    case 'dateTime':
      return typeof value === 'string' && instantKey(value) !== undefined ? value : undefined;
    default:
      return typeof value === 'string' ? value : undefined;
  }
}

function booleanOnly(value: number | boolean): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
