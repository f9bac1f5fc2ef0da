import {
  isArray,
  isObject,
  type JsonObject,
  type JsonValue,
  jsonTypeOf,
} from '../../json/json-value.ts';
import { quotedPiece } from '../../text/quoted-piece.ts';
import { ScimError, scimError } from '../error.ts';
import { bulkRequestSchema, patchOpSchema } from '../urns.ts';

/** What an operation of a bulk request does. */
export type BulkMethod = 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One operation that can be tried. */
export interface BulkOperation {
  readonly kind: 'operation';
  readonly method: BulkMethod;
  readonly bulkId?: string;
  readonly endpoint: string;
  /** The id that the path names: one of a resource, or `bulkId:…` of one that is made by another operation. */
  readonly id?: string;
  /** Acts as If-Match. */
  readonly version?: string;
  readonly data?: JsonValue;
}

/** One operation that cannot be tried, and why. */
export interface RefusedBulkOperation {
  readonly kind: 'refused';
  /** As it was sent, where it was text. */
  readonly method: string;
  readonly bulkId?: string;
  readonly error: ScimError;
}

/** A bulk request, read (RFC 7644 §3.7). */
export interface BulkRequest {
  /** So many failures end it; undefined where none do. */
  readonly failOnErrors?: number;
  readonly operations: readonly (BulkOperation | RefusedBulkOperation)[];
}

/** What a bulk request may be. */
export interface BulkOptions {
  readonly maxOperations: number;
  /** Where resources are created, such as `/Users`. */
  readonly endpoints: readonly string[];
}

/**
 * Reads the body of POST `/Bulk`. What is wrong with one operation is its own fault alone.
 *
 * @throws ScimError 400 invalidSyntax for the shape of the request, 413 for too many operations (B-21)
 */
export function parseBulkRequest(body: JsonValue, options: BulkOptions): BulkRequest {
  if (!isObject(body)) throw syntax(`The body must be a JSON object, not ${jsonTypeOf(body)}`);
  const members = byFoldedName(body);
  refuseOtherSchemas(members.get('schemas'));
  const sent = members.get('operations');
  if (!isArray(sent) || sent.length === 0) {
    throw syntax('"Operations" must be an array of at least one operation');
  }
  if (sent.length > options.maxOperations) {
    throw new ScimError(
      413,
      `The request has ${sent.length} operations, and maxOperations is ${options.maxOperations}. Send several requests.`,
    );
  }
  const seen = new Set<string>();
  const operations = sent.map((operation, index) =>
    readOperation(operation, index + 1, options, seen),
  );
  const failOnErrors = readLimit(members.get('failonerrors'));
  return { operations, ...(failOnErrors === undefined ? {} : { failOnErrors }) };
}

function refuseOtherSchemas(schemas: JsonValue | undefined): void {
  const isBulk = (urn: JsonValue) =>
    typeof urn === 'string' && urn.toLowerCase() === bulkRequestSchema.toLowerCase();
  if (!isArray(schemas) || !schemas.some(isBulk)) {
    throw syntax(`"schemas" must be ["${bulkRequestSchema}"]`);
  }
}

// B-12: less than one failure can end nothing.
function readLimit(sent: JsonValue | undefined): number | undefined {
  if (sent === undefined || sent === null) return undefined;
  if (typeof sent !== 'number' || !Number.isInteger(sent)) {
    throw syntax('"failOnErrors" must be a whole number, without fraction and exponent');
  }
  return sent < 1 ? undefined : sent;
}

function readOperation(
  sent: JsonValue,
  number: number,
  options: BulkOptions,
  seen: Set<string>,
): BulkOperation | RefusedBulkOperation {
  const members = isObject(sent) ? byFoldedName(sent) : new Map<string, JsonValue>();
  const method = members.get('method');
  const bulkId = members.get('bulkid');
  const named = {
    method: typeof method === 'string' ? method.slice(0, 20) : '',
    ...(typeof bulkId === 'string' ? { bulkId } : {}),
  };
  try {
    if (!isObject(sent)) throw syntax(`Operation ${number} must be an object`);
    const operation = readMembers(members, number, options);
    if (operation.bulkId !== undefined && seen.has(operation.bulkId)) {
      throw value(`Operation ${number} has the bulkId of an earlier one. Give each its own`);
    }
    if (operation.bulkId !== undefined) seen.add(operation.bulkId);
    return operation;
  } catch (error) {
    if (error instanceof ScimError) return { kind: 'refused', ...named, error };
    throw error;
  }
}

function readMembers(
  members: ReadonlyMap<string, JsonValue>,
  number: number,
  { endpoints }: BulkOptions,
): BulkOperation {
  const method = methodOf(members.get('method'), number);
  const bulkId = textOf(members.get('bulkid'), `The bulkId of operation ${number}`);
  const version = textOf(members.get('version'), `The version of operation ${number}`);
  const { endpoint, id } = targetOf(members.get('path'), number, endpoints);
  const data = dataOf(method, members.get('data') ?? undefined);
  if (method === 'POST' && bulkId === undefined) {
    throw value(`Operation ${number} is a POST and needs a bulkId`);
  }
  if (method !== 'DELETE' && data === undefined) throw value(`Operation ${number} needs "data"`);
  if ((method === 'POST') !== (id === undefined)) {
    const wanted =
      method === 'POST' ? 'an endpoint such as /Users' : 'a resource such as /Users/ID';
    throw value(`Operation ${number} is a ${method}: its path must name ${wanted}`);
  }
  return {
    kind: 'operation',
    method,
    endpoint,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(id === undefined ? {} : { id }),
    ...(version === undefined ? {} : { version }),
    ...(data === undefined ? {} : { data }),
  };
}

// B-20: within bulk a PATCH may leave its own schema out, or send nothing but its operations.
function dataOf(method: BulkMethod, sent: JsonValue | undefined): JsonValue | undefined {
  if (method !== 'PATCH' || sent === undefined) return sent;
  if (isArray(sent)) return { schemas: [patchOpSchema], Operations: sent };
  if (!isObject(sent) || byFoldedName(sent).has('schemas')) return sent;
  return { schemas: [patchOpSchema], ...sent };
}

function methodOf(sent: JsonValue | undefined, number: number): BulkMethod {
  const method = typeof sent === 'string' ? sent.toUpperCase() : '';
  if (method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE') {
    return method;
  }
  const found = typeof sent === 'string' ? quotedPiece(sent) : 'missing';
  throw syntax(
    `The method of operation ${number} must be POST, PUT, PATCH or DELETE, but it is ${found}`,
  );
}

function textOf(sent: JsonValue | undefined, what: string): string | undefined {
  if (sent === undefined || sent === null || sent === '') return undefined;
  if (typeof sent === 'string') return sent;
  throw value(`${what} must be a text, not ${jsonTypeOf(sent)}`);
}

function targetOf(sent: JsonValue | undefined, number: number, endpoints: readonly string[]) {
  const path = textOf(sent, `The path of operation ${number}`) ?? '';
  const [, endpoint = '', , id] = /^\/?([^/?#]+)(\/([^/?#]+))?\/?$/.exec(path) ?? [];
  const known = endpoints.find((one) => one === `/${endpoint}`);
  if (known === undefined || id === '.search') {
    throw value(
      `The path of operation ${number} is ${quotedPiece(path)}. Bulk writes ${endpoints.join(' and ')} alone, by paths relative to the connector URL`,
    );
  }
  return { endpoint: known, id };
}

function byFoldedName(object: JsonObject): Map<string, JsonValue> {
  return new Map(Object.entries(object).map(([name, member]) => [name.toLowerCase(), member]));
}

function syntax(problem: string): ScimError {
  return scimError('invalidSyntax', `${problem} (RFC 7644 §3.7).`);
}

function value(problem: string): ScimError {
  return scimError('invalidValue', `${problem} (RFC 7644 §3.7).`);
}
