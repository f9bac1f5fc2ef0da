import type { ResolvedFilter } from '../filter/filter.ts';
import { isArray, isObject, type JsonValue } from '../json/json-value.ts';
import type { AttributeDefinition } from '../schema/attribute.ts';
import type { Steps } from '../steps.ts';
import { type ReadContext, readValue } from './read-value.ts';

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
  const membership = new Membership();
  membership.take(elements);
  return membership.changeOf(kind);
}

/** Elements of a membership that are read in one step: a millisecond. */
const SLICE = 1_000;

/** Reads the value of a membership attribute in slices, as what all of it is to be. */
export function* readMembership(
  attribute: AttributeDefinition,
  sent: JsonValue,
  context: ReadContext,
): Steps<MemberChange> {
  const membership = new Membership();
  const slices = isArray(sent) ? slicesOf(sent) : [sent];
  for (const slice of slices) {
    membership.take(readValue(attribute, attribute.name, slice, context));
    yield;
  }
  return membership.changeOf('replace');
}

function* slicesOf(elements: readonly JsonValue[]): Iterable<JsonValue> {
  for (let at = 0; at < elements.length; at += SLICE) yield elements.slice(at, at + SLICE);
}

/** Members as a client named them, each once. */
class Membership {
  readonly #values = new Set<string>();
  readonly #claimedTypes = new Map<string, string>();

  take(elements: JsonValue | undefined): void {
    for (const element of isArray(elements) ? elements : []) {
      if (!isObject(element) || typeof element.value !== 'string') continue;
      const { value, type } = element;
      if (this.#values.has(value)) continue;
      this.#values.add(value);
      if (typeof type === 'string') this.#claimedTypes.set(value, type);
    }
  }

  changeOf(kind: 'add' | 'replace'): MemberChange {
    if (kind === 'replace' && this.#values.size === 0) return { kind: 'removeAll' };
    return { kind, values: [...this.#values], claimedTypes: this.#claimedTypes };
  }
}
