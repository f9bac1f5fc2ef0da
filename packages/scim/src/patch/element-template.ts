import type { ResolvedFilter } from '../filter/filter.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import { pathName } from '../path/resolved-path.ts';
import { readSimpleValue } from '../resource/read-simple-value.ts';

/**
 * The element that a filter describes when it is nothing but equalities joined by and: `type eq "work"` describes
 * `{type: "work"}` (Z-26). `undefined` for any other filter.
 *
 * @throws ScimError 400 invalidValue when the filter asks for a value that the attribute cannot have.
 */
export function elementTemplate(filter: ResolvedFilter): JsonObject | undefined {
  const parts: Record<string, JsonValue> = {};
  return collect(filter, parts) ? parts : undefined;
}

function collect(filter: ResolvedFilter, parts: Record<string, JsonValue>): boolean {
  if (filter.kind === 'and') return filter.operands.every((operand) => collect(operand, parts));
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return false;
  const { subAttribute } = filter.path;
  if (subAttribute === undefined || filter.value === '') return false;
  if (Object.hasOwn(parts, subAttribute.name)) return false;
  parts[subAttribute.name] = readSimpleValue(subAttribute, pathName(filter.path), filter.value);
  return true;
}
