import { ScimError, scimError } from '../message/error.ts';
import { isCleanText } from '../text/clean-text.ts';
import { findJsonFault } from './json-fault.ts';
import { isArray, isObject, type JsonValue } from './json-value.ts';

/** Bounds for a JSON text. */
export interface JsonLimits {
  /** Arrays and objects that are open at once. */
  readonly depth: number;
  /** Members of one object, repeated ones included. */
  readonly members: number;
  /** Values of any kind in the whole text. */
  readonly values: number;
}

/**
 * The bounds that apply when a caller gives none. A SCIM message needs about six levels and a hundred members an object; a
 * group of 100,000 members with all that may be said of them has half a million values.
 */
export const defaultJsonLimits: JsonLimits = { depth: 32, members: 1_000, values: 600_000 };

/**
 * Reads a JSON text strictly (RFC 8259): no member twice in one object, whatever its case, no U+0000, no half
 * of a surrogate pair (I-05), bounded depth, members and values. A leading byte-order mark is skipped (H-09). A member named `__proto__` is an
 * ordinary own member of the result.
 *
 * @throws ScimError 400 invalidSyntax with line and column, or with the bound that is exceeded.
 */
export function parseJson(
  text: string,
  { depth, members, values }: JsonLimits = defaultJsonLimits,
): JsonValue {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const outline = outlineOf(json, depth);
  if (outline === undefined) {
    throw tooMuch(`nests arrays and objects more than ${depth} deep. Send it flatter.`);
  }
  if (outline.widest > members) {
    throw tooMuch(`has an object of more than ${members} members. Send those that SCIM knows.`);
  }
  if (outline.values > values) {
    throw tooMuch(`has more than ${values} values. Send several requests.`);
  }
  const value = parsed(json);
  if (value === undefined || !isClean(value, json, outline)) throw faultOf(json);
  return value;
}

interface Outline {
  /** Colons outside of texts: the members of all objects, repeated ones included. */
  readonly members: number;
  /** Most members of one object. */
  readonly widest: number;
  /** At least so many values; exactly where no array or object is empty. */
  readonly values: number;
  readonly hasUnicodeEscape: boolean;
}

function tooMuch(problem: string): ScimError {
  return scimError('invalidSyntax', `The body ${problem}`);
}

// One pass over the text decides whether the cheap way is safe: native parsing keeps the last of two equal members
// silently, so the members in the text are counted and compared with those of the value. Undefined where it is too deep.
function outlineOf(json: string, deepest: number): Outline | undefined {
  let depth = 0;
  let members = 0;
  let widest = 0;
  let values = 1;
  // Members of the objects that are open, by their depth.
  const open = [0];
  let hasUnicodeEscape = false;
  for (let at = 0; at < json.length; at += 1) {
    switch (json.charCodeAt(at)) {
      case 0x22:
        for (at += 1; at < json.length && json.charCodeAt(at) !== 0x22; at += 1) {
          if (json.charCodeAt(at) !== 0x5c) continue;
          at += 1;
          hasUnicodeEscape ||= json.charCodeAt(at) === 0x75;
        }
        break;
      case 0x2c:
        values += 1;
        break;
      case 0x3a: {
        const count = (open[depth] ?? 0) + 1;
        open[depth] = count;
        widest = Math.max(widest, count);
        members += 1;
        break;
      }
      case 0x5b:
      case 0x7b:
        values += 1;
        depth += 1;
        open[depth] = 0;
        if (depth > deepest) return undefined;
        break;
      case 0x5d:
      case 0x7d:
        if (depth > 0) depth -= 1;
        break;
    }
  }
  return { members, widest, values, hasUnicodeEscape };
}

function parsed(json: string): JsonValue | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isClean(value: JsonValue, json: string, outline: Outline): boolean {
  if (!json.isWellFormed()) return false;
  const members = countMembers(value, outline.hasUnicodeEscape);
  return members === outline.members;
}

/** Counts the members of all objects; `undefined` when something in the value is refused. */
function countMembers(value: JsonValue, checksText: boolean): number | undefined {
  if (typeof value === 'string') return checksText && !isCleanText(value) ? undefined : 0;
  if (isArray(value)) return countItems(value, checksText);
  if (!isObject(value)) return 0;
  const names = Object.keys(value);
  if (hasTwins(names) || (checksText && !names.every(isCleanText))) return undefined;
  const inside = countItems(Object.values(value), checksText);
  return inside === undefined ? undefined : names.length + inside;
}

function countItems(items: readonly JsonValue[], checksText: boolean): number | undefined {
  let total = 0;
  for (const item of items) {
    const members = countMembers(item, checksText);
    if (members === undefined) return undefined;
    total += members;
  }
  return total;
}

// Most objects have a handful of members: comparing lengths first makes a set needless.
function hasTwins(names: readonly string[]): boolean {
  if (names.length > 24)
    return new Set(names.map((name) => name.toLowerCase())).size < names.length;
  return names.some((name, index) => {
    for (let other = 0; other < index; other += 1) {
      const twin = names[other];
      if (twin?.length === name.length && twin.toLowerCase() === name.toLowerCase()) return true;
    }
    return false;
  });
}

function faultOf(json: string): ScimError {
  const { at, problem } = findJsonFault(json);
  const before = json.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return new ScimError(
    400,
    `The body is not valid JSON: ${problem} at line ${line}, column ${column}.`,
    'invalidSyntax',
  );
}
