import type { ResolvedFilter } from '../filter/filter.ts';
import type { JsonObject, JsonValue } from '../json/json-value.ts';
import type { ResolvedPath } from '../path/resolved-path.ts';

/** The attribute that an operation is about, and which of its elements (RFC 7644 §3.5.2, Figure 7). */
export interface PatchPath extends ResolvedPath {
  /** The filter in brackets, over the elements of the attribute. */
  readonly filter?: ResolvedFilter;
}

/**
 * One change of one attribute. Operations without a path have been taken apart, values are read and canonical, and one that
 * clears an optional attribute has become a removal.
 */
export type PatchOperation =
  | {
      readonly op: 'add' | 'replace';
      readonly path: PatchPath;
      /** For a single complex attribute an object in which null clears a part. */
      readonly value: JsonValue;
    }
  | {
      readonly op: 'remove';
      readonly path: PatchPath;
      /** The elements to remove; without it all of them go (Z-14). */
      readonly elements?: readonly JsonValue[];
    };

/** A PATCH request, read. */
export interface Patch {
  readonly operations: readonly PatchOperation[];
  /** Paths that were sent and not taken, for the request log. */
  readonly ignored: readonly string[];
}

/** What applying operations gave. */
export interface PatchResult {
  /** The changed document; the very same object when nothing changed. */
  readonly document: JsonObject;
  readonly changed: boolean;
  readonly ignored: readonly string[];
}
