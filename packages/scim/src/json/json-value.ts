/** A value that JSON can carry. Read-only, because nothing in this package changes what it was given. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | WholeDecimal
  | readonly JsonValue[]
  | JsonObject;

/**
 * A number that equals an integer and is not written as one, such as 1.0 or 1e2: SCIM takes it as a decimal, not as an
 * integer (RFC 7643 §2.3.4). Only what was parsed from a text holds any.
 */
export class WholeDecimal {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }

  toJSON(): number {
    return this.number;
  }
}

/** A JSON object. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/** Tells an array; `Array.isArray` alone does not narrow a read-only array. */
export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Tells a JSON object: neither null nor an array, nor a number. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof WholeDecimal)
  );
}

/** Reads an own member; `undefined` when there is none, whatever the prototype offers. */
export function memberOf(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Names the JSON type of a value as an administrator would say it. */
export function jsonTypeOf(value: JsonValue): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'an array';
  if (value instanceof WholeDecimal) return 'a number';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}
