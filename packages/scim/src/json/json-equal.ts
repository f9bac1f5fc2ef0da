import { isArray, isObject, type JsonObject, type JsonValue } from './json-value.ts';

/** Tells whether two JSON values are equal, ignoring the order of object members. */
export function jsonEqual(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (left === right) return true;
  if (isArray(left)) return isArray(right) && arraysEqual(left, right);
  if (isObject(left)) return isObject(right) && objectsEqual(left, right);
  return false;
}

function arraysEqual(left: readonly JsonValue[], right: readonly JsonValue[]): boolean {
  return left.length === right.length && left.every((item, index) => jsonEqual(item, right[index]));
}

function objectsEqual(left: JsonObject, right: JsonObject): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && jsonEqual(left[name], right[name]));
}
