import type { Quirks } from '../client-quirks/quirk.ts';
import { isObject, type JsonObject, type JsonValue, memberOf } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import { pathName } from '../path/resolved-path.ts';
import { merged, refuseImmutable } from './change-value.ts';
import type { PatchOperation } from './patch-operation.ts';
import { removeElements } from './remove-elements.ts';
import { setElements } from './set-elements.ts';

/**
 * Gives the value that an attribute has after an operation; `undefined` when it has none.
 *
 * @throws ScimError 400 mutability or noTarget.
 */
export function changedValue(
  operation: PatchOperation,
  stored: JsonValue | undefined,
  quirks: Quirks,
): JsonValue | undefined {
  const { attribute } = operation.path;
  const value = attribute.multiValued
    ? changedElements(operation, stored, quirks)
    : changedSingle(operation, stored);
  refuseImmutable(operation, attribute, stored, value);
  if (value === undefined && (attribute.required || attribute.defaultValue !== undefined)) {
    throw scimError(
      'mutability',
      `${pathName(operation.path)} cannot be removed. Replace it by another value.`,
    );
  }
  return value;
}

function changedElements(
  operation: PatchOperation,
  stored: JsonValue | undefined,
  quirks: Quirks,
): JsonValue | undefined {
  const elements =
    operation.op === 'remove'
      ? removeElements(operation, stored)
      : setElements(operation, stored, quirks.absentElementCreated);
  return elements.length === 0 ? undefined : elements;
}

function changedSingle(
  operation: PatchOperation,
  stored: JsonValue | undefined,
): JsonValue | undefined {
  const { path } = operation;
  if (path.subAttribute !== undefined) {
    const value = operation.op === 'remove' ? null : operation.value;
    return changedParts(operation, stored, { [path.subAttribute.name]: value });
  }
  if (operation.op === 'remove') return undefined;
  if (!isObject(operation.value)) return operation.value;
  return changedParts(operation, stored, operation.value);
}

function changedParts(
  operation: PatchOperation,
  stored: JsonValue | undefined,
  parts: JsonObject,
): JsonObject | undefined {
  const value = merged(stored, parts);
  if (!isObject(stored)) return value;
  for (const part of operation.path.attribute.subAttributes) {
    const after = value && memberOf(value, part.name);
    refuseImmutable(operation, part, memberOf(stored, part.name), after);
  }
  return value;
}
