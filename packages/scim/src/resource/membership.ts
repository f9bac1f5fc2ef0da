import type { ResolvedFilter } from '../filter/filter.ts';
import { isArray, isObject, type JsonValue } from '../json/json-value.ts';

/**
 * One step of changing a membership, to be applied in order. `values` are the ids of the members, each once. Values are not
 * checked for existence, and adding what is there or removing what is not changes nothing (G-12, G-13).
 */
export type MemberChange =
  | {
      readonly kind: 'add' | 'replace';
      readonly values: readonly string[];
      /** What the client claims a member to be (`User`, `Group`), where it said so (G-06). */
      readonly claimedTypes: ReadonlyMap<string, string>;
    }
  | { readonly kind: 'remove'; readonly values: readonly string[] }
  | { readonly kind: 'removeAll' }
  /** Removes the members that satisfy a filter other than a list of ids. */
  | { readonly kind: 'removeWhere'; readonly filter: ResolvedFilter };

/** Turns the elements of a membership attribute, as they were read, into a change. */
export function membershipOf(
  kind: 'add' | 'replace',
  elements: JsonValue | undefined,
): MemberChange {
  const values: string[] = [];
  const claimedTypes = new Map<string, string>();
  for (const element of isArray(elements) ? elements : []) {
    if (!isObject(element) || typeof element.value !== 'string') continue;
    values.push(element.value);
    if (typeof element.type === 'string') claimedTypes.set(element.value, element.type);
  }
  if (kind === 'replace' && values.length === 0) return { kind: 'removeAll' };
  return { kind, values, claimedTypes };
}
