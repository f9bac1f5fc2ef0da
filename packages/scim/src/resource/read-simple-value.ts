import { booleanFromText } from '../client-quirks/boolean-text.ts';
import { isArray, type JsonValue, jsonTypeOf, WholeDecimal } from '../json/json-value.ts';
import { scimError } from '../message/error.ts';
import type { AttributeDefinition, AttributeType } from '../schema/attribute.ts';
import { instantKey } from '../text/instant.ts';

/**
 * Checks a value against a simple type (RFC 7643 §2.3). Text is kept as it was sent; a time gets a zone where it has none.
 *
 * @throws ScimError 400 invalidValue that names the attribute and the form or the length that is right.
 */
export function readSimpleValue(
  attribute: AttributeDefinition,
  path: string,
  given: JsonValue,
): JsonValue {
  if (typeof given === 'string') refuseTooLong(attribute, path, given);
  const value = conforming(attribute.type, given);
  if (value !== undefined) return withoutControls(attribute, path, value);
  // The value itself stays out of the text: it may be a secret, and the client's log has it anyway.
  throw scimError(
    'invalidValue',
    `${path} must be ${forms[attribute.type]}${got(attribute.type, given)}.`,
  );
}

/** Text that is no key; and what may carry a picture or a certificate. */
const textLength = 50_000;
const dataLength = 1_048_576;

// First of all checks, so that none of them meets more than a value may have.
function refuseTooLong(attribute: AttributeDefinition, path: string, value: string): void {
  const carriesData = attribute.type === 'reference' || attribute.type === 'binary';
  const limit = attribute.maxLength ?? (carriesData ? dataLength : textLength);
  if (value.length <= limit) return;
  throw scimError(
    'invalidValue',
    `${path} has ${inWords(value.length)} characters; at most ${inWords(limit)} are taken. Shorten it.`,
  );
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}

// I-03, Z-42: a name that people are found by must not hold what nobody can see or type.
function withoutControls(attribute: AttributeDefinition, path: string, value: JsonValue) {
  if (attribute.uniqueness === 'none' || typeof value !== 'string') return value;
  if (!invisible.test(value)) return value;
  throw scimError('invalidValue', `${path} contains a control or unassigned character. Remove it.`);
}

const invisible = /[\p{Cc}\p{Cn}]/u;

const forms: Readonly<Record<AttributeType, string>> = {
  string: 'a text',
  boolean: 'true or false',
  integer:
    'a whole number between -9007199254740991 and 9007199254740991, without fraction and exponent',
  decimal: 'a number between -1.79e308 and 1.79e308',
  dateTime: 'a date and time such as "2026-01-31T12:00:00Z"',
  reference: 'a URI, in which spaces and other special characters are percent-encoded',
  binary: 'base64 text',
  complex: 'an object',
};

function got(type: AttributeType, given: JsonValue): string {
  if (typeof given === 'string') return '';
  const found = jsonTypeOf(given);
  // It is a number, but not such a one.
  if (found === 'a number' && (type === 'integer' || type === 'decimal')) return '';
  const single = isArray(given) ? ', since it takes one value only' : '';
  return `, not ${found}${single}`;
}

function conforming(type: AttributeType, given: JsonValue): JsonValue | undefined {
  if (typeof given === 'string') return conformingText(type, given);
  if (typeof given === 'boolean') return type === 'boolean' ? given : undefined;
  if (type === 'decimal') return finiteNumber(given);
  return type === 'integer' && Number.isSafeInteger(given) ? given : undefined;
}

// A number too great for a double is parsed as infinite, which no JSON can say.
function finiteNumber(given: JsonValue): number | undefined {
  const number = given instanceof WholeDecimal ? given.number : given;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function conformingText(type: AttributeType, given: string): JsonValue | undefined {
  switch (type) {
    case 'string':
      return given;
    case 'boolean':
      return booleanFromText(given);
    case 'dateTime':
      return instantKey(given) === undefined ? undefined : withZone(given);
    case 'reference':
      return uri.test(given) && !badEscape.test(given) ? given : undefined;
    case 'binary':
      return isBase64(given) ? given : undefined;
    default:
      return undefined;
  }
}

/** what is answered has a zone; none means UTC (F-21). */
function withZone(time: string): string {
  return /Z$|[+-]\d\d:\d\d$/.test(time) ? time : `${time}Z`;
}

// RFC 3986 with the letters of RFC 3987; relative references are references too (RFC 7643 §2.3.7).
const uri = /^[^\p{C}\s"<>\\^`{|}]+$/u;
const badEscape = /%(?![\da-f]{2})/i;
// RFC 4648 §4 and §5; padding may be left out (RFC 7643 §2.3.6). One regular expression for all of it would exhaust the
// stack on a text of megabytes.
function isBase64(text: string): boolean {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const letters = text.length - padding;
  if (/[^\w+/-]/.test(padding === 0 ? text : text.slice(0, letters))) return false;
  // A single letter left over is no whole byte, and padding fills up to four letters.
  return padding === 0 ? letters % 4 !== 1 : letters % 4 === 4 - padding;
}
