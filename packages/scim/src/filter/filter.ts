import type { AttributePath } from '../path/attribute-path.ts';
import type { ResolvedPath } from '../path/resolved-path.ts';

/** The comparison operators of RFC 7644 Table 3. */
export type ComparisonOperator = 'eq' | 'ne' | 'co' | 'sw' | 'ew' | 'gt' | 'ge' | 'lt' | 'le';

/** What a filter may compare with: a JSON literal. */
export type FilterValue = string | number | boolean | null;

/**
 * A filter as a tree (RFC 7644 §3.4.2.2). `Path` is {@link AttributePath} as the client wrote it, or
 * {@link ResolvedPath} once it has been checked against a resource type.
 */
export type Filter<Path = AttributePath> =
  | { readonly kind: 'and'; readonly operands: readonly Filter<Path>[] }
  | { readonly kind: 'or'; readonly operands: readonly Filter<Path>[] }
  | { readonly kind: 'not'; readonly operand: Filter<Path> }
  | {
      readonly kind: 'compare';
      readonly path: Path;
      readonly operator: ComparisonOperator;
      readonly value: FilterValue;
    }
  | { readonly kind: 'present'; readonly path: Path }
  /** `path[filter]`: one element satisfies the whole inner filter. */
  | { readonly kind: 'element'; readonly path: Path; readonly filter: Filter<Path> };

/** Of a filter that was checked for several resource types: what holds of every resource of a type, or of none. */
export const everything: { readonly kind: 'and'; readonly operands: readonly never[] } = {
  kind: 'and',
  operands: [],
};
export const nothing: { readonly kind: 'or'; readonly operands: readonly never[] } = {
  kind: 'or',
  operands: [],
};

/**
 * A filter that a resource type can answer. An `and` of nothing is true, an `or` of nothing false. Comparison values fit the type of their attribute, `eq null` has become
 * absence, and a complex attribute that was named alone stands for its `value`. Inside an `element` node every path names
 * the same attribute as the node and a sub-attribute of it.
 */
export type ResolvedFilter = Filter<ResolvedPath>;

/** A comparison of a checked filter. */
export type ResolvedComparison = Extract<ResolvedFilter, { kind: 'compare' }>;

/** Bounds that keep a hostile filter cheap (F-38). */
export interface FilterLimits {
  /** Characters. */
  readonly length: number;
  /** Parentheses and brackets that are open at once. */
  readonly depth: number;
  /** Comparisons. */
  readonly terms: number;
}

/** The bounds that apply when a caller gives none. */
export const defaultFilterLimits: FilterLimits = { length: 8_192, depth: 24, terms: 200 };
