import type { IncomingHttpHeaders } from 'node:http';
import {
  type BulkOperation,
  bulkIdIn,
  type JsonObject,
  type JsonValue,
  patchOpSchema,
  type ResourceType,
  ScimError,
  scimError,
  toErrorBody,
  withBulkIds,
} from '@rollcall/scim';
import { newId } from '../../uuid-v7.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';

/** Answers one operation as if it had come alone. */
export type AnswerPart = (part: Exchange) => Promise<Answer>;

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

/** The resource type whose resources are made at an endpoint. */
export function typeAt({ types }: Exchange, endpoint: string): ResourceType | undefined {
  return [types.user, types.group].find((type) => type.endpoint === endpoint);
}

/** The operations of one bulk request, done one by one through the paths that single requests take. */
export class BulkRun {
  readonly #exchange: Exchange;
  readonly #answerPart: AnswerPart;
  /** By bulkId, for each POST of the request. */
  readonly #made = new Map<string, Made>();

  constructor(exchange: Exchange, bulkIds: Iterable<string>, answerPart: AnswerPart) {
    this.#exchange = exchange;
    this.#answerPart = answerPart;
    for (const bulkId of bulkIds) this.#made.set(bulkId, 'awaited');
  }

  /** Tries an operation. References to what is still to come are left out and named in `awaits`. */
  async try(operation: BulkOperation): Promise<BulkResult & { readonly awaits: boolean }> {
    let awaits = false;
    try {
      const path = this.#pathOf(operation);
      const data = this.#resolved(operation, () => {
        awaits = true;
        return undefined;
      });
      const result = await this.#send(operation, path, data);
      this.#note(operation, result);
      return { ...result, awaits };
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      if (operation.bulkId !== undefined) this.#fail(operation);
      return { ...refusal(error), awaits: false };
    }
  }

  /**
   * Gives a resource the references that had to wait (B-16), once everything is made. Where that fails, the resource is taken back:
   * an operation is done as a whole or not at all.
   */
  async complete(operation: BulkOperation, first: BulkResult): Promise<BulkResult> {
    const path = first.location?.slice(this.#exchange.baseUrl.length) ?? '';
    const added = await this.#attempt(async () => {
      const value = this.#resolved(operation, (bulkId) => {
        throw conflict(`"bulkId:${bulkId}" was not processed.`);
      });
      const data = { schemas: [patchOpSchema], Operations: [{ op: 'add', value: value ?? null }] };
      return this.#send({ method: 'PATCH' }, path, data);
    });
    if (added.status < 400) return { ...first, version: added.version };
    await this.#send({ method: 'DELETE' }, path, undefined);
    this.#fail(operation);
    const detail = (added.error as JsonObject | undefined)?.detail;
    return refusal(
      conflict(
        `The references of this operation go in a circle that cannot be closed: ${String(detail)}`,
      ),
    );
  }

  async #attempt(work: () => Promise<BulkResult>): Promise<BulkResult> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ScimError) return refusal(error);
      throw error;
    }
  }

  #pathOf({ endpoint, id }: BulkOperation): string {
    if (id === undefined) return endpoint;
    const bulkId = bulkIdIn(decoded(id));
    if (bulkId === undefined) return `${endpoint}/${id}`;
    const made = this.#require(bulkId);
    if (made === 'awaited') throw conflict(`"bulkId:${bulkId}" was not processed.`);
    return `${endpoint}/${made.id}`;
  }

  #resolved(
    operation: BulkOperation,
    whenAwaited: (bulkId: string) => string | undefined,
  ): JsonValue | undefined {
    const { method, data, endpoint } = operation;
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
      throw scimError(
        'invalidValue',
        `No POST of this request has the bulkId ${JSON.stringify(bulkId.slice(0, 80))}.`,
      );
    }
    if (made === 'failed')
      throw conflict(
        `The operation with the bulkId ${JSON.stringify(bulkId.slice(0, 80))} failed.`,
      );
    return made;
  }

  async #send(
    { method, version }: Pick<BulkOperation, 'method' | 'version'>,
    path: string,
    data: JsonValue | undefined,
  ): Promise<BulkResult> {
    const { baseUrl, context, address } = this.#exchange;
    const headers: IncomingHttpHeaders = version === undefined ? {} : { 'if-match': version };
    const url = `/scim/${address.directoryId}/v2${path}`;
    const request = { id: newId(context.now()), method, headers, raw: { url } };
    const answer = await this.#answerPart(this.#exchange.part(request, data));
    const { status, outcome, etag, body } = answer;
    const location = method === 'POST' ? answer.location : baseUrl + path;
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
