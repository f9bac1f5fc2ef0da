import type { IncomingHttpHeaders } from 'node:http';
import { parse as parseQuery } from 'node:querystring';
import type { Readable } from 'node:stream';
import type { JsonValue, QueryParameters } from '@rollcall/scim';
import type { Context } from '../../context.ts';
import { after, type Soon, type Transaction } from '../../database/index.ts';
import {
  type Authenticator,
  connectorUrl,
  type DirectoryCaller,
  type DirectoryInfo,
} from '../../domain/directories/index.ts';
import type { PlannerStatistics } from '../../domain/directory-resources/index.ts';
import type { Cause } from '../../domain/provisioning/index.ts';
import {
  type GatheredRequests,
  type LoggedRequest,
  type Milestone,
  type ReadRequest,
  type RequestLogBuffer,
  recordRequest,
  redactAnswer,
  redactBody,
  redactDifference,
  redactHeaders,
  redactPath,
  redactWords,
} from '../../domain/request-log/index.ts';
import {
  builtInTypes,
  claimUniqueValues,
  type DirectorySchemas,
  type DirectoryTypes,
  endWatch,
  holdExtensions,
  readExtensions,
  touchesExtensions,
} from '../../domain/schema-extensions/index.ts';
import { type Address, addressOf, type Endpoint } from './address.ts';
import type { Answer } from './answer.ts';
import { type Body, bodyLimit, parseBody, readBody } from './body.ts';
import type { RequestLimits } from './limits.ts';
import { operationOf } from './operation.ts';
import type { Walks } from './walks.ts';

/** What all requests share. */
export interface ScimServices {
  readonly authenticator: Authenticator;
  readonly limits: RequestLimits;
  readonly log: RequestLogBuffer;
  readonly schemas: DirectorySchemas;
  readonly statistics: PlannerStatistics;
  /** Requests with a valid token that came too soon. */
  readonly throttled: GatheredRequests;
  readonly unproven: GatheredRequests;
  readonly walks: Walks;
}

/** What an exchange needs to know of a request. */
export interface ScimRequest {
  readonly id: string;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Network address of the client. */
  readonly ip?: string;
  /** The stream as it comes. */
  readonly body?: unknown;
  readonly raw: { readonly url?: string | undefined; readonly rawHeaders?: readonly string[] };
}

const none: readonly Milestone[] = [];

/** One SCIM request from its first byte to its line in the log. */
export class Exchange {
  readonly context: Context;
  readonly walks: Walks;
  readonly authenticator: Authenticator;
  readonly request: ScimRequest;
  readonly address: Address;
  /** When it came, UTC milliseconds. */
  readonly at: number;
  /** Set once the directory is known to exist. */
  directory: DirectoryInfo | undefined;
  /** What its resources may hold. */
  types: DirectoryTypes = builtInTypes;
  /** Set once the token is accepted. */
  caller: DirectoryCaller | undefined;
  /** Of a refused token that is one of the directory's. */
  tokenId: string | null = null;
  /** Whether it is an operation of a bulk request, which shows no resources. */
  isPart = false;
  /** True once a unit has written the line of this request. */
  logged = false;
  readonly #services: ScimServices;
  readonly #log: RequestLogBuffer;
  readonly #statistics: PlannerStatistics;
  readonly #started = performance.now();
  #body: Body | undefined;
  #unit: Transaction | undefined;

  constructor(context: Context, services: ScimServices, request: ScimRequest) {
    const { authenticator, log, statistics, walks } = services;
    this.context = context;
    this.#services = services;
    this.walks = walks;
    this.authenticator = authenticator;
    this.#statistics = statistics;
    this.request = request;
    this.at = context.now();
    this.address = addressOf(request.raw.url ?? '');
    this.#log = log;
  }

  get method(): string {
    return this.request.method;
  }

  /** Connector URL of the directory. */
  get baseUrl(): string {
    return connectorUrl(this.context.settings.publicUrl, this.address.directoryId);
  }

  /** The caller of a route that needs one. */
  requireCaller(): DirectoryCaller {
    if (this.caller === undefined) throw new TypeError('the route was reached without a token');
    return this.caller;
  }

  /** What follows from this request is told to be caused by it. */
  get cause(): Cause {
    const { directory } = this.requireCaller();
    return {
      accountId: directory.accountId,
      directoryId: directory.id,
      requestId: this.request.id,
      provider: directory.provider,
      actorName: directory.name,
      at: this.at,
    };
  }

  get parameters(): QueryParameters {
    return this.address.query === '' ? {} : parseQuery(this.address.query);
  }

  /** Counts the request. Throws the refusal of one that comes too soon. */
  countRequest(): void {
    this.#services.limits.admit(this.requireCaller(), this.at);
  }

  /** Counts further requests that this one stands for. */
  countMore(requests: number): void {
    this.#services.limits.charge(this.requireCaller(), this.at, requests);
  }

  /** Counts a request that shows no valid token. */
  countUnproven(): void {
    const { limits } = this.#services;
    limits.admitUnproven(this.request.ip ?? '', this.at, this.directory?.provider);
  }

  /** Gets to know what the resources of the directory may hold; waits for nothing where they are SCIM's alone. */
  learnTypes({ id, extensionsVersion }: DirectoryInfo): Soon<void> {
    const { read } = this.context.database;
    return after(this.#services.schemas.of(read, id, extensionsVersion), (types) => {
      this.types = types;
    });
  }

  /** As `learnTypes`, once the directory has come to define others than the request was authenticated with. */
  async relearnTypes(): Promise<void> {
    const caller = this.requireCaller();
    const { version } = await readExtensions(this.context.database.read, caller.directory.id);
    const directory = { ...caller.directory, extensionsVersion: version };
    this.directory = directory;
    this.caller = { ...caller, directory };
    await this.learnTypes(directory);
  }

  /** Takes over what an operation of this request has come to know of the directory, for those that follow. */
  learnFrom({ directory, caller, types }: Exchange): void {
    this.directory = directory;
    this.caller = caller;
    this.types = types;
  }

  /**
   * One operation of this request as an exchange of its own, with its own line in the log.
   *
   * @param unit the unit that it is done in; one of its own where it is left out
   */
  part(request: ScimRequest, body: JsonValue | undefined, unit?: Transaction): Exchange {
    const part = new Exchange(this.context, this.#services, request);
    part.isPart = true;
    part.#unit = unit;
    part.directory = this.directory;
    part.caller = this.caller;
    part.types = this.types;
    if (body !== undefined) part.#body = { text: JSON.stringify(body), value: body };
    return part;
  }

  /** The body as JSON. Throws the refusal of what is too large, of another type, or no JSON. */
  async json(limit: number = bodyLimit): Promise<JsonValue> {
    if (this.#body !== undefined) return parseBody(this.#body);
    const { directory } = this.requireCaller();
    // Our parser leaves the stream as it is.
    const stream = this.request.body as Readable | undefined;
    this.#body = await readBody(stream, this.request.headers, limit, directory.provider);
    return parseBody(this.#body);
  }

  /** Runs a unit that writes, and the line of this request with it; the answer goes out after COMMIT. */
  async write(work: (tx: Transaction) => Promise<Answer>): Promise<Answer> {
    const unit = async (tx: Transaction) => {
      const done = await this.#withTypes(tx, work);
      await recordRequest(tx, this.#row(done));
      for (const milestone of this.#milestones(done)) {
        await this.#log.milestones.record(tx, milestone);
      }
      return done;
    };
    const { database } = this.context;
    const answer = await (this.#unit === undefined ? database.write(unit) : unit(this.#unit));
    this.logged = true;
    this.#touch();
    if (answer.outcome === 'changed') this.#statistics.note(answer.rows ?? 1);
    return answer;
  }

  /** Holds what resources may hold, where the directory has a say in it, for as long as the unit runs. */
  async #withTypes(tx: Transaction, work: (tx: Transaction) => Promise<Answer>): Promise<Answer> {
    const { id, provider, extensionsVersion } = this.requireCaller().directory;
    if (extensionsVersion === 0) return work(tx);
    const isWatched = await holdExtensions(tx, id, extensionsVersion);
    const done = await work(tx);
    const { subject, difference } = done;
    if (subject === undefined || difference === undefined) return done;
    if (isWatched && touchesExtensions(this.types, difference)) await endWatch(tx, id);
    const written = { directoryId: id, provider, ...subject, difference };
    await claimUniqueValues(tx, this.types, written);
    return done;
  }

  /** Runs a unit that keeps what is left of a refused request, and its line. */
  async writeRefusal(answer: Answer, work: (tx: Transaction) => Promise<void>): Promise<void> {
    await this.context.database.write(async (tx) => {
      await work(tx);
      await recordRequest(tx, this.#row(answer));
    });
    this.logged = true;
  }

  /** Logs the request off its path, unless its unit did; a promise where the database is behind. */
  log(answer: Answer): Promise<void> | undefined {
    if (this.logged || this.directory === undefined) return undefined;
    if (this.caller === undefined || answer.explanation === 'rate_limited') {
      const { throttled, unproven } = this.#services;
      const gathered = this.caller === undefined ? unproven : throttled;
      return gathered.add(this.directory.id, this.at, () => this.#row(answer));
    }
    for (const milestone of this.#milestones(answer)) this.#log.reach(milestone);
    return this.#onlyRead(answer)
      ? this.#log.addRead(this.#read(this.caller, answer))
      : this.#log.add(this.#row(answer));
  }

  /** Whether the request has nothing to tell but that it read. */
  #onlyRead({ status, outcome, explanation, detail, difference }: Answer): boolean {
    return (
      (this.method === 'GET' || this.method === 'HEAD') &&
      status < 400 &&
      outcome === 'unchanged' &&
      explanation === undefined &&
      detail === undefined &&
      difference === undefined
    );
  }

  #read({ directory, tokenId }: DirectoryCaller, answer: Answer): ReadRequest {
    const { request } = this;
    return {
      directory,
      id: request.id,
      at: this.at,
      method: request.method,
      path: pathOf(request),
      operation: answer.operation ?? operationOf(request.method, this.address.endpoint),
      status: answer.status,
      durationUs: Math.round((performance.now() - this.#started) * 1000),
      tokenId,
      subject: answer.subject,
      headers: redactHeaders(request.headers),
    };
  }

  /** Tells the operator what went wrong. */
  logError(error: unknown, message: string): void {
    this.context.log.error({ err: error, requestId: this.request.id }, message);
  }

  #touch(): void {
    if (this.caller !== undefined) this.#log.touch(this.caller.tokenId, this.at);
  }

  #milestones(answer: Answer): readonly Milestone[] {
    if (this.caller === undefined || answer.status >= 400) return none;
    const { id } = this.caller.directory;
    const isTested = this.#log.isReached(id, 'connection_tested');
    if (isTested && answer.milestones === undefined) return none;
    const kinds = ['connection_tested' as const, ...(answer.milestones ?? [])];
    return kinds
      .filter((kind) => !this.#log.isReached(id, kind))
      .map((kind) => ({
        directory_id: id,
        kind,
        request_id: this.request.id,
        subject_id: kind === 'connection_tested' ? null : (answer.subject?.id ?? null),
        subject_name: kind === 'connection_tested' ? null : (answer.subject?.name ?? null),
        at: this.at,
      }));
  }

  #row(answer: Answer): LoggedRequest {
    const { request, address } = this;
    const { directory } = this;
    if (directory === undefined) throw new TypeError('a request without directory has no log');
    const body = this.#body;
    return {
      directory_id: directory.id,
      id: request.id,
      account_id: directory.accountId,
      at: this.at,
      method: request.method,
      path: redactPath(pathOf(request)),
      operation: answer.operation ?? operationOf(request.method, address.endpoint),
      outcome: answer.outcome,
      status: answer.status,
      duration_us: Math.round((performance.now() - this.#started) * 1000),
      token_id: this.caller?.tokenId ?? this.tokenId,
      subject_id: answer.subject?.id ?? null,
      subject_name: answer.subject === undefined ? null : redactWords(answer.subject.name),
      explanation: answer.explanation ?? null,
      detail: answer.detail === undefined ? null : redactWords(answer.detail),
      request_headers: redactHeaders(request.headers),
      // whoever searches by POST keeps the filter out of what is written down.
      request_body:
        body === undefined || isSearch(address.endpoint) ? null : redactBody(body.text, body.value),
      response_body: loggedAnswer(request.method, answer),
      difference: answer.difference === undefined ? null : redactDifference(answer.difference),
    };
  }
}

function isSearch({ kind }: Endpoint): boolean {
  return kind === 'user_search' || kind === 'group_search' || kind === 'root_search';
}

/** The path under the connector URL. */
function pathOf({ raw: { url = '' } }: ScimRequest): string {
  const version = url.indexOf('/v2');
  return version < 0 ? url : url.slice(version + 3);
}

/** What was answered to a write or a refused request; what a read finds can be read again. */
function loggedAnswer(method: string, { status, body }: Answer): string | null {
  if (typeof body !== 'string') return null;
  const isRead = method === 'GET' || method === 'HEAD';
  return isRead && status < 400 ? null : redactAnswer(body);
}
