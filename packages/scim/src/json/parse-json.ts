import { ScimError, scimError } from '../message/error.ts';
import { finish, type Steps } from '../steps.ts';
import { isCleanText } from '../text/clean-text.ts';
import { findJsonFault } from './json-fault.ts';
import { JsonOutline, type LongArray } from './json-outline.ts';
import { isArray, isObject, type JsonValue } from './json-value.ts';
import { markWholeDecimals } from './whole-decimals.ts';

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

/** Characters that are looked at in one step: a millisecond. */
const SCANNED_AT_ONCE = 262_144;

/**
 * Reads a JSON text strictly (RFC 8259): no member twice in one object, whatever its case, no U+0000, no half
 * of a surrogate pair (I-05), bounded depth, members and values. A leading byte-order mark is skipped (H-09). A member named `__proto__` is an
 * ordinary own member of the result. An integer that is written with a fraction or an exponent is a {@link WholeDecimal}.
 *
 * @throws ScimError 400 invalidSyntax with line and column, or with the bound that is exceeded.
 */
export function parseJson(text: string, limits: JsonLimits = defaultJsonLimits): JsonValue {
  return finish(parseJsonInSteps(text, limits));
}

/** As {@link parseJson}, in steps: a long array in the outermost object is read in pieces. */
export function* parseJsonInSteps(
  text: string,
  { depth, members, values }: JsonLimits = defaultJsonLimits,
): Steps<JsonValue> {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const outline = new JsonOutline(json, depth);
  while (outline.scan(SCANNED_AT_ONCE)) yield;
  if (outline.tooDeep) {
    throw tooMuch(`nests arrays and objects more than ${depth} deep. Send it flatter.`);
  }
  if (outline.widest > members) {
    throw tooMuch(`has an object of more than ${members} members. Send those that SCIM knows.`);
  }
  if (outline.values > values) {
    throw tooMuch(`has more than ${values} values. Send several requests.`);
  }
  const reader = new PartReader(json, outline.hasUnicodeEscape);
  const { longArray } = outline;
  const value =
    longArray === undefined ? reader.read(json) : yield* readInPieces(json, longArray, reader);
  // Native parsing keeps the last of two equal members silently: then the value has fewer than the text.
  if (value === undefined || reader.members !== outline.members) throw yield* faultOf(json);
  return outline.hasDecimal ? yield* markWholeDecimals(json, value) : value;
}

function tooMuch(problem: string): ScimError {
  return scimError('invalidSyntax', `The body ${problem}`);
}

/** Undefined where the text is not the JSON that is taken. */
function* readInPieces(
  json: string,
  { name, from, cuts, to }: LongArray,
  reader: PartReader,
): Steps<JsonValue | undefined> {
  const rest = reader.read(json.slice(0, from) + json.slice(to));
  if (!isObject(rest)) return undefined;
  const items: JsonValue[] = [];
  let start = from;
  for (const end of [...cuts, to]) {
    yield;
    const piece = reader.read(`[${json.slice(start, end)}]`);
    // A piece of nothing stands beside a comma too many.
    if (!isArray(piece) || piece.length === 0) return undefined;
    for (const item of piece) items.push(item);
    start = end + 1;
  }
  // Defined, not set: the name may be __proto__.
  return Object.defineProperty(rest, JSON.parse(name), { value: items });
}

/** Reads parts of a text, and counts the members of all objects in them. */
class PartReader {
  members = 0;
  readonly #isWellFormed: boolean;
  readonly #checksText: boolean;

  constructor(json: string, hasUnicodeEscape: boolean) {
    this.#isWellFormed = json.isWellFormed();
    this.#checksText = hasUnicodeEscape;
  }

  /** Undefined where a part is no JSON, or something in it is refused. */
  read(json: string): JsonValue | undefined {
    const value = this.#isWellFormed ? parsed(json) : undefined;
    const members = value === undefined ? undefined : countMembers(value, this.#checksText);
    this.members += members ?? 0;
    return members === undefined ? undefined : value;
  }
}

function parsed(json: string): JsonValue | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
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

// Most objects have a handful of short names: comparing lengths first makes a set needless.
function hasTwins(names: readonly string[]): boolean {
  if (names.length > 24 || names.some((name) => name.length > 100))
    return new Set(names.map((name) => name.toLowerCase())).size < names.length;
  return names.some((name, index) => {
    for (let other = 0; other < index; other += 1) {
      const twin = names[other];
      if (twin?.length === name.length && twin.toLowerCase() === name.toLowerCase()) return true;
    }
    return false;
  });
}

function* faultOf(json: string): Steps<ScimError> {
  const { at, problem } = yield* findJsonFault(json);
  let line = 1;
  let lineStart = 0;
  for (let end = 0; end < at; end += 1) {
    if (json.charCodeAt(end) !== 0x0a) continue;
    line += 1;
    lineStart = end + 1;
  }
  const column = at - lineStart + 1;
  return new ScimError(
    400,
    `The body is not valid JSON: ${problem} at line ${line}, column ${column}.`,
    'invalidSyntax',
  );
}
