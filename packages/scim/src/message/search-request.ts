import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  jsonTypeOf,
} from '../json/json-value.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { scimError } from './error.ts';
import {
  type ListOptions,
  type ListQuery,
  parseListQuery,
  parseRootQuery,
  type RootQuery,
} from './list-query.ts';
import { searchRequestSchema } from './urns.ts';

/**
 * Reads the body of POST `/.search` (RFC 7644 §3.4.3); its members mean what the query parameters of the same name do.
 *
 * @throws ScimError 400: invalidSyntax for the shape, else as `parseListQuery`.
 */
export function parseSearchRequest(
  resourceType: ResourceType,
  body: JsonValue,
  options: ListOptions,
): ListQuery {
  return parseListQuery(resourceType, searchParameters(body), options);
}

/** As {@link parseSearchRequest} at the root, for several resource types at once. */
export function parseRootSearchRequest(
  resourceTypes: readonly ResourceType[],
  body: JsonValue,
  options: ListOptions,
): RootQuery {
  return parseRootQuery(resourceTypes, searchParameters(body), options);
}

function searchParameters(body: JsonValue): Record<string, string> {
  if (!isObject(body)) {
    throw scimError('invalidSyntax', `The body must be a JSON object, not ${jsonTypeOf(body)}.`);
  }
  const members = Object.entries(body);
  const schemas = members.find(([name]) => name.toLowerCase() === 'schemas')?.[1];
  if (!isArray(schemas) || !schemas.includes(searchRequestSchema)) {
    throw scimError('invalidSyntax', `"schemas" must be ["${searchRequestSchema}"].`);
  }
  return parametersOf(body);
}

const numbers: ReadonlySet<string> = new Set(['startindex', 'count']);
const lists: ReadonlySet<string> = new Set(['attributes', 'excludedattributes']);
const texts: ReadonlySet<string> = new Set(['filter', 'sortby', 'sortorder', 'cursor']);

function parametersOf(body: JsonObject): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) {
    const folded = name.toLowerCase();
    if (value === null) continue;
    if (numbers.has(folded)) parameters[folded] = numberText(name, value);
    else if (lists.has(folded)) parameters[folded] = listText(name, value);
    else if (texts.has(folded)) parameters[folded] = plainText(name, value);
  }
  return parameters;
}

function numberText(name: string, value: JsonValue): string {
  if (typeof value === 'number' && Number.isInteger(value)) return String(value);
  throw scimError('invalidValue', `${name} must be a whole number, without fraction and exponent.`);
}

// some clients send the list as the text of the query parameter.
function listText(name: string, value: JsonValue): string {
  if (typeof value === 'string') return value;
  if (isArray(value) && value.every((item) => typeof item === 'string')) return value.join(',');
  throw scimError('invalidValue', `${name} must be an array of attribute names.`);
}

function plainText(name: string, value: JsonValue): string {
  if (typeof value === 'string') return value;
  throw scimError('invalidValue', `${name} must be a text, not ${jsonTypeOf(value)}.`);
}
