import type { IncomingHttpHeaders } from 'node:http';
import {
  type BulkOperation,
  bulkIdIn,
  type JsonValue,
  patchOpSchema,
  type ResourceType,
  ScimError,
  scimError,
  toErrorBody,
  withBulkIds,
} from '@rollcall/scim';
import type { Soon, Transaction } from '../../database/index.ts';
import { ProvisioningRefused } from '../../domain/provisioning/index.ts';
import { ExtensionsChanged } from '../../domain/schema-extensions/index.ts';
import { newId } from '../../uuid-v7.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** The ways of one operation, which is an exchange of its own. */
export interface Parts {
  /** Answers it as if it had come alone, and logs it. */
  answer(part: Exchange): Promise<Answer>;
  /** Does it and nothing else: throws whatever it is refused or fails for. */
  do(part: Exchange): Soon<Answer>;
  /** Answers that it was refused or failed, and logs that. */
  refuse(part: Exchange, error: unknown): Promise<Answer>;
}

/** What became of an operation. */
export interface BulkResult {
  readonly status: number;
  readonly outcome: Answer['outcome'];
  readonly location?: string | undefined;
  readonly version?: string | undefined;
  readonly error?: JsonValue;
}

/** What a reference to a bulkId came to: an id, an operation that failed, or one that is still to come. */
type Made = { readonly id: string } | 'failed' | 'awaited';

/** Operations of one circle: they are done in one unit, which must not keep the others waiting. */
const LARGEST_CIRCLE = 20;

/** Why a circle was not closed: what one of its operations was refused for. */
class CircleBroken extends Error {
  override readonly name = 'CircleBroken';
  readonly at: number;

  constructor(at: number, cause: unknown) {
    super('the operations of a circle were not done', { cause });
    this.at = at;
  }
}

/** The resource type whose resources are made at an endpoint. */
export function typeAt({ types }: Exchange, endpoint: string): ResourceType | undefined {
  return [types.user, types.group].find((type) => type.endpoint === endpoint);
}

/** The operations of one bulk request, done one by one through the paths that single requests take. */
export class BulkRun {
  readonly #exchange: Exchange;
  readonly #parts: Parts;
  /** By bulkId, for each POST of the request. */
  readonly #made = new Map<string, Made>();

  constructor(exchange: Exchange, bulkIds: Iterable<string>, parts: Parts) {
    this.#exchange = exchange;
    this.#parts = parts;
    for (const bulkId of bulkIds) this.#made.set(bulkId, 'awaited');
  }

  /** Tries an operation; all that it refers to has been tried. */
  async try(operation: BulkOperation): Promise<BulkResult> {
    try {
      const part = this.#partOf(operation, this.#pathOf(operation), this.#resolved(operation));
      const result = this.#resultOf(operation, part, await this.#parts.answer(part));
      this.#exchange.learnFrom(part);
      this.#note(operation, result);
      return result;
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      this.#fail(operation);
      return refusal(error);
    }
  }

  /**
   * Makes resources that refer to each other in one unit (B-16): all of them with their references, or none. The unit makes each
   * without the references that are still to come, and adds those.
   *
   * @param circle by position in the request
   */
  async close(circle: ReadonlyMap<number, BulkOperation>): Promise<Map<number, BulkResult>> {
    const { database } = this.#exchange.context;
    try {
      if (circle.size > LARGEST_CIRCLE) throw tooLarge(circle.size);
      return await database.write((tx) => this.#closeIn(tx, circle));
    } catch (error) {
      if (error instanceof ExtensionsChanged) {
        await this.#exchange.relearnTypes();
        return this.close(circle);
      }
      return this.#refuseAll(circle, error);
    }
  }

  async #closeIn(
    tx: Transaction,
    circle: ReadonlyMap<number, BulkOperation>,
  ): Promise<Map<number, BulkResult>> {
    // A unit may run again.
    for (const { bulkId } of circle.values()) this.#made.set(bulkId ?? '', 'awaited');
    const results = new Map<number, BulkResult>();
    const unfinished = new Map<number, BulkOperation>();
    for (const [at, operation] of circle) {
      const result = await stepOf(at, async () => {
        const data = this.#resolved(operation, () => {
          unfinished.set(at, operation);
          return undefined;
        });
        const part = this.#partOf(operation, operation.endpoint, data, tx);
        return this.#resultOf(operation, part, await this.#parts.do(part));
      });
      this.#note(operation, result);
      results.set(at, result);
    }
    for (const [at, operation] of unfinished) {
      const first = results.get(at);
      const added = await stepOf(at, () => this.#addReferences(tx, operation, first?.location));
      if (first !== undefined) results.set(at, { ...first, version: added.version });
    }
    return results;
  }

  async #addReferences(
    tx: Transaction,
    operation: BulkOperation,
    location = '',
  ): Promise<BulkResult> {
    const value = this.#resolved(operation) ?? null;
    const data = { schemas: [patchOpSchema], Operations: [{ op: 'add', value }] };
    const patch = { method: 'PATCH' as const };
    const path = location.slice(this.#exchange.baseUrl.length);
    const part = this.#partOf(patch, path, data, tx);
    try {
      return this.#resultOf(patch, part, await this.#parts.do(part));
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      throw conflict(`The references go in a circle that cannot be closed: ${error.detail}`);
    }
  }

  /** Says of the one what it was refused for, and of the others that it was not done. */
  async #refuseAll(
    circle: ReadonlyMap<number, BulkOperation>,
    error: unknown,
  ): Promise<Map<number, BulkResult>> {
    const results = new Map<number, BulkResult>();
    for (const operation of circle.values()) this.#fail(operation);
    for (const [at, operation] of circle) {
      const part = this.#partOf(operation, operation.endpoint, operation.data);
      const reason = this.#reasonOf(at, circle, error);
      results.set(at, this.#resultOf(operation, part, await this.#parts.refuse(part, reason)));
    }
    return results;
  }

  #reasonOf(at: number, circle: ReadonlyMap<number, BulkOperation>, error: unknown): unknown {
    if (!(error instanceof CircleBroken)) return error;
    if (error.at === at) return error.cause;
    return conflict(
      `The operation with the bulkId ${quoted(circle.get(error.at)?.bulkId ?? '')}, which this one refers to in a circle, failed.`,
    );
  }

  #pathOf({ endpoint, id }: BulkOperation): string {
    if (id === undefined) return endpoint;
    const bulkId = bulkIdIn(decoded(id));
    if (bulkId === undefined) return `${endpoint}/${id}`;
    const made = this.#require(bulkId);
    return `${endpoint}/${made === 'awaited' ? unprocessed(bulkId) : made.id}`;
  }

  /** The data with the ids of what it refers to. */
  #resolved(
    { method, data, endpoint }: BulkOperation,
    whenAwaited: (bulkId: string) => string | undefined = unprocessed,
  ): JsonValue | undefined {
    const resourceType = typeAt(this.#exchange, endpoint);
    if (data === undefined || resourceType === undefined) return data;
    return withBulkIds(resourceType, method, data, (bulkId) => {
      const made = this.#require(bulkId);
      return made === 'awaited' ? whenAwaited(bulkId) : made.id;
    });
  }

  /** B-17. */
  #require(bulkId: string): Exclude<Made, 'failed'> {
    const made = this.#made.get(bulkId);
    if (made === undefined) {
      throw scimError('invalidValue', `No POST of this request has the bulkId ${quoted(bulkId)}.`);
    }
    if (made === 'failed') {
      throw conflict(`The operation with the bulkId ${quoted(bulkId)} failed.`);
    }
    return made;
  }

  #partOf(
    { method, version }: Pick<BulkOperation, 'method' | 'version'>,
    path: string,
    data: JsonValue | undefined,
    tx?: Transaction,
  ): Exchange {
    const { context, address } = this.#exchange;
    const headers: IncomingHttpHeaders = version === undefined ? {} : { 'if-match': version };
    const url = `/scim/${address.directoryId}/v2${path}`;
    const request = { id: newId(context.now()), method, headers, raw: { url } };
    return this.#exchange.part(request, data, tx);
  }

  #resultOf(
    { method }: Pick<BulkOperation, 'method'>,
    part: Exchange,
    { status, outcome, etag, body, location: made }: Answer,
  ): BulkResult {
    const { url = '' } = part.request.raw;
    const location =
      method === 'POST' ? made : this.#exchange.baseUrl + url.slice(url.indexOf('/v2') + 3);
    if (status < 400) return { status, outcome, location, version: etag };
    const error = typeof body === 'string' ? (JSON.parse(body) as JsonValue) : null;
    return { status, outcome, location, error };
  }

  #note(operation: BulkOperation, { status, location }: BulkResult): void {
    if (operation.method !== 'POST' || operation.bulkId === undefined) return;
    const id = location?.slice(location.lastIndexOf('/') + 1);
    if (status < 400 && id !== undefined) this.#made.set(operation.bulkId, { id });
    else this.#fail(operation);
  }

  #fail({ method, bulkId }: BulkOperation): void {
    if (method === 'POST' && bulkId !== undefined) this.#made.set(bulkId, 'failed');
  }
}

/** The result of an operation that was refused before it was tried. */
export function refusal(error: ScimError): BulkResult {
  return { status: error.status, outcome: 'refused', error: toErrorBody(error) };
}

/** Does a step of a circle; a refusal names its operation. */
async function stepOf<T>(at: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isRefused = error instanceof ScimError || error instanceof ProvisioningRefused;
    throw isRefused ? new CircleBroken(at, error) : error;
  }
}

function tooLarge(operations: number): ScimError {
  return conflict(
    `${operations} operations refer to each other in a circle, and at most ${LARGEST_CIRCLE} are done at once. Create the resources first, and add the references in a second request.`,
  );
}

function unprocessed(bulkId: string): never {
  throw conflict(`The operation with the bulkId ${quoted(bulkId)} was not processed.`);
}

function quoted(bulkId: string): string {
  return JSON.stringify(bulkId.slice(0, 80));
}

function conflict(detail: string): ScimError {
  return new ScimError(409, detail);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
