import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  jsonTypeOf,
} from '../json/json-value.ts';
import { ScimError, scimError } from '../message/error.ts';
import { patchOpSchema } from '../message/urns.ts';
import { quotedPiece } from '../text/quoted-piece.ts';

/** An operation as the client wrote it, with its members under their names. */
export interface RawOperation {
  /** Where the operation stands, counted from 1, for error texts. */
  readonly number: number;
  readonly op: 'add' | 'remove' | 'replace';
  readonly path?: string;
  readonly value?: JsonValue;
}

/** Most operations in one request, and attributes that they set together (P-60). */
const maxOperations = 2_000;

/**
 * Reads the outer shape of a PATCH body (RFC 7644 §3.5.2). Member names and `op` are taken in any case (P-03).
 *
 * @throws ScimError 400 invalidSyntax, or 413 for too many operations.
 */
export function readMessage(body: JsonValue): RawOperation[] {
  if (!isObject(body)) throw syntax(`The body must be a JSON object, not ${jsonTypeOf(body)}`);
  const members = byFoldedName(body);
  refuseOtherSchemas(members.get('schemas'));
  const operations = members.get('operations');
  if (!isArray(operations)) throw syntax('"Operations" must be an array');
  refuseTooMany(operations.length);
  const read = operations.map((operation, index) => readOperation(operation, index + 1));
  refuseTooMany(read.reduce((total, operation) => total + attributesOf(operation), 0));
  return read;
}

/** An operation without a path is one an attribute. */
function attributesOf({ path, value }: RawOperation): number {
  return path === undefined && isObject(value) ? Object.keys(value).length : 1;
}

function refuseTooMany(operations: number): void {
  if (operations <= maxOperations) return;
  throw new ScimError(
    413,
    `The request has ${operations} operations; at most ${maxOperations} are taken at once, and an operation without a path counts once for each attribute that it sets. Send several requests.`,
  );
}

function refuseOtherSchemas(schemas: JsonValue | undefined): void {
  const isPatchOp = (urn: JsonValue) =>
    typeof urn === 'string' && urn.toLowerCase() === patchOpSchema.toLowerCase();
  if (isArray(schemas) && schemas.some(isPatchOp)) return;
  throw syntax(`"schemas" must be ["${patchOpSchema}"]`);
}

function readOperation(operation: JsonValue, number: number): RawOperation {
  if (!isObject(operation)) {
    throw syntax(`Operation ${number} must be an object, not ${jsonTypeOf(operation)}`);
  }
  const members = byFoldedName(operation);
  const path = members.get('path') ?? undefined;
  if (path !== undefined && typeof path !== 'string') {
    throw syntax(`The path of operation ${number} must be a text, not ${jsonTypeOf(path)}`);
  }
  const value = members.get('value');
  return {
    number,
    op: readOp(members.get('op'), number),
    ...(path === undefined ? {} : { path }),
    ...(value === undefined ? {} : { value }),
  };
}

function readOp(op: JsonValue | undefined, number: number): RawOperation['op'] {
  const folded = typeof op === 'string' ? op.toLowerCase() : undefined;
  if (folded === 'add' || folded === 'remove' || folded === 'replace') return folded;
  const found =
    typeof op === 'string' ? quotedPiece(op) : op === undefined ? 'missing' : jsonTypeOf(op);
  throw syntax(`The op of operation ${number} must be add, remove or replace, but it is ${found}`);
}

function byFoldedName(object: JsonObject): Map<string, JsonValue> {
  return new Map(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value]));
}

function syntax(problem: string): ScimError {
  return scimError('invalidSyntax', `${problem} (RFC 7644 §3.5.2).`);
}
