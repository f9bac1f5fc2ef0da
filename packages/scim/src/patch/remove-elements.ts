import { isObject, type JsonValue, memberOf } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import { pathName } from '../path/resolved-path.ts';
import { isSameElement } from '../resource/elements.ts';
import { elementsOf, isTarget, withoutPart } from './change-value.ts';
import type { PatchOperation } from './patch-operation.ts';

type Removal = Extract<PatchOperation, { op: 'remove' }>;

/** Removes from a multi-valued attribute (RFC 7644 §3.5.2.2); what is not there is no error (Z-13). */
export function removeElements(
  operation: Removal,
  stored: JsonValue | undefined,
): readonly JsonValue[] {
  const { path, elements: listed } = operation;
  const elements = elementsOf(stored);
  if (path.subAttribute !== undefined) return withoutParts(operation, elements);
  if (path.filter !== undefined) return elements.filter((one) => !isTarget(operation, one));
  if (listed === undefined) return [];
  return elements.filter(
    (one) => !listed.some((given) => isSameElement(path.attribute, one, given)),
  );
}

function withoutParts(operation: Removal, elements: readonly JsonValue[]): readonly JsonValue[] {
  const { subAttribute } = operation.path;
  if (subAttribute === undefined) return elements;
  return elements.flatMap((element) => {
    if (!isObject(element) || !isTarget(operation, element)) return [element];
    if (memberOf(element, subAttribute.name) === undefined) return [element];
    if (subAttribute.required || subAttribute.mutability === 'immutable') {
      throw scimError(
        'mutability',
        `${pathName(operation.path)} cannot be removed from a value. Remove the whole value instead.`,
      );
    }
    return withoutPart(element, subAttribute.name) ?? [];
  });
}
