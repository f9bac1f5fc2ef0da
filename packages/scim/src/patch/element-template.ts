import type { ResolvedFilter } from '../filter/filter.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';

/**
 * The element that a filter describes when it is nothing but equalities joined by and: `type eq "work"` describes
 * `{type: "work"}` (Z-26). `undefined` for any other filter.
 */
export function elementTemplate(filter: ResolvedFilter): JsonObject | undefined {
  const parts: Record<string, JsonValue> = {};
  return collect(filter, parts) ? parts : undefined;
}

function collect(filter: ResolvedFilter, parts: Record<string, JsonValue>): boolean {
  if (filter.kind === 'and') return filter.operands.every((operand) => collect(operand, parts));
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return false;
  const { subAttribute } = filter.path;
  if (subAttribute === undefined || Object.hasOwn(parts, subAttribute.name)) return false;
  parts[subAttribute.name] = filter.value;
  return true;
}
