import { Readable } from 'node:stream';
import { ScimError, toErrorBody } from '@rollcall/scim';
import type { FastifyReply } from 'fastify';
import { DatabaseUnavailable, OutcomeUnknown } from '../../database/index.ts';
import { authenticateDirectory } from '../../domain/directories/index.ts';
import { ProvisioningRefused, recordEffects } from '../../domain/provisioning/index.ts';
import { explanationOf, RefusedRequest, refuse } from '../../domain/request-log/index.ts';
import type { Endpoint } from './address.ts';
import type { Answer } from './answer.ts';
import {
  getConfiguration,
  getResourceType,
  getResourceTypes,
  getSchema,
  getSchemas,
} from './discovery.ts';
import type { Exchange } from './exchange.ts';
import {
  deleteGroupRoute,
  getGroup,
  getGroups,
  patchGroup,
  postGroup,
  putGroup,
  searchGroups,
} from './groups.ts';
import { refusalOf } from './refused-token.ts';
import {
  deleteUserRoute,
  getUser,
  getUsers,
  patchUser,
  postUser,
  putUser,
  searchUsers,
} from './users.ts';

type Handler = (exchange: Exchange) => Promise<Answer>;
type Methods = Readonly<Record<string, Handler>>;

/** What each address does, by method. HEAD is GET without its body. */
const routes: Readonly<Record<Exclude<Endpoint['kind'], 'me' | 'bulk' | 'unknown'>, Methods>> = {
  users: { GET: getUsers, POST: postUser },
  user: { GET: getUser, PUT: putUser, PATCH: patchUser, DELETE: deleteUserRoute },
  user_search: { POST: searchUsers },
  groups: { GET: getGroups, POST: postGroup },
  group: { GET: getGroup, PUT: putGroup, PATCH: patchGroup, DELETE: deleteGroupRoute },
  group_search: { POST: searchGroups },
  configuration: { GET: getConfiguration },
  resource_types: { GET: getResourceTypes },
  resource_type: { GET: getResourceType },
  schemas: { GET: getSchemas },
  schema: { GET: getSchema },
};

const discovery: ReadonlySet<Endpoint['kind']> = new Set([
  'configuration',
  'resource_types',
  'resource_type',
  'schemas',
  'schema',
]);

/** Answers one request; never rejects. */
export async function serve(exchange: Exchange, reply: FastifyReply): Promise<FastifyReply> {
  let answer: Answer;
  try {
    answer = await answerTo(exchange);
  } catch (error) {
    answer = await refusedAnswer(exchange, error);
  }
  const waiting = exchange.log(answer);
  if (waiting !== undefined) await waiting;
  return send(reply, answer);
}

/** E-10: directory, token, permission, address, method, then what the body says. */
async function answerTo(exchange: Exchange): Promise<Answer> {
  await authenticate(exchange);
  const { endpoint } = exchange.address;
  const provider = exchange.directory?.provider ?? 'generic';
  const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
  if (endpoint.kind === 'unknown') throw refuse('address_unknown', 404, provider);
  if (endpoint.kind === 'me' || endpoint.kind === 'bulk')
    throw refuse('not_supported', 501, provider);
  const handler = routes[endpoint.kind][method];
  if (handler === undefined) return methodNotAllowed(exchange, routes[endpoint.kind]);
  if (!acceptsJson(exchange.request.headers.accept)) throw refuse('not_acceptable', 406, provider);
  return handler(exchange);
}

async function authenticate(exchange: Exchange): Promise<void> {
  const { context, request, address, at } = exchange;
  const { authorization } = request.headers;
  const found = await authenticateDirectory(
    context.database.read,
    address.directoryId,
    authorization,
    at,
  );
  if (found.kind === 'no_directory') throw unknownDirectory();
  if (found.kind === 'accepted') {
    exchange.directory = found.caller.directory;
    exchange.caller = found.caller;
    requireWriteAccess(exchange);
    return;
  }
  exchange.directory = found.directory;
  exchange.tokenId = found.tokenId;
  // D-06: discovery is open to whoever shows no token at all.
  if (found.reason === 'missing_token' && discovery.has(address.endpoint.kind)) return;
  throw await refusalOf(context.database.read, found);
}

function unknownDirectory(): ScimError {
  return new ScimError(
    404,
    'There is no directory at this connector URL. Copy the connector URL again from the SCIM page.',
  );
}

function requireWriteAccess({ caller, method, address }: Exchange): void {
  if (caller?.access !== 'read_only' || method === 'GET' || method === 'HEAD') return;
  const { kind } = address.endpoint;
  if (kind === 'user_search' || kind === 'group_search') return;
  throw refuse('read_only_token', 403, caller.directory.provider);
}

function methodNotAllowed(exchange: Exchange, methods: Methods): Answer {
  const provider = exchange.directory?.provider ?? 'generic';
  const allow = Object.keys(methods)
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
  const error = refuse('method_not_allowed', 405, provider, {
    why: `This address does not take ${exchange.method}.`,
  });
  return { ...errorAnswer(error), allow };
}

/** H-02 to H-04. */
function acceptsJson(accept: string | undefined): boolean {
  if (accept === undefined || accept.includes('json') || accept.includes('*/*')) return true;
  return accept === '' || accept.includes('application/*');
}

/** H-03: plain JSON for a client that takes nothing else, such as OneLogin; SCIM's own type for all others. */
function mediaTypeFor(accept = ''): string {
  const onlyJson = accept.includes('application/json') && !/scim\+json|\/\*/.test(accept);
  return onlyJson ? 'application/json' : 'application/scim+json';
}

async function refusedAnswer(exchange: Exchange, error: unknown): Promise<Answer> {
  if (error instanceof ScimError) return errorAnswer(error);
  if (error instanceof ProvisioningRefused) return refusedByAccount(exchange, error);
  exchange.logError(error, 'SCIM request failed');
  const unavailable = error instanceof DatabaseUnavailable || error instanceof OutcomeUnknown;
  const provider = exchange.directory?.provider ?? 'generic';
  if (unavailable) {
    const answer = errorAnswer(refuse('unavailable', 503, provider));
    return { ...answer, headers: { 'retry-after': '5' } };
  }
  return errorAnswer(
    refuse('internal_error', 500, provider, {
      why: `The server failed. Request id: ${exchange.request.id}.`,
    }),
  );
}

/** What was refused stays on record beside the request, in a unit of its own. */
async function refusedByAccount(exchange: Exchange, refused: ProvisioningRefused): Promise<Answer> {
  const { cause } = exchange;
  const answer = {
    ...errorAnswer(new ScimError(403, refused.detail)),
    explanation: refused.code,
  };
  try {
    await exchange.writeRefusal(answer, (tx) => recordEffects(tx, cause, refused.effects));
  } catch (error) {
    exchange.logError(error, 'a refusal was not recorded');
  }
  return answer;
}

function errorAnswer(error: ScimError): Answer {
  const refused = error instanceof RefusedRequest ? error : undefined;
  const headers =
    error.status === 401 ? { 'www-authenticate': challengeOf(explanationOf(error)) } : {};
  return {
    status: error.status,
    body: JSON.stringify(toErrorBody(error)),
    outcome: error.status >= 500 && error.status !== 501 ? 'failed' : 'refused',
    explanation: explanationOf(error),
    detail: refused?.logged ?? error.detail,
    headers,
    subject: refused?.subject,
  };
}

/** K-04, K-05. */
function challengeOf(explanation: string): string {
  const realm = 'Bearer realm="SCIM"';
  return explanation === 'missing_token' ? realm : `${realm}, error="invalid_token"`;
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  const { status, body, location, etag, allow, headers } = answer;
  reply.code(status);
  reply.header('cache-control', 'private, no-cache');
  reply.header('x-content-type-options', 'nosniff');
  if (location !== undefined) reply.header('location', location);
  if (etag !== undefined) reply.header('etag', etag);
  if (allow !== undefined) reply.header('allow', allow);
  if (headers !== undefined)
    for (const name of Object.keys(headers)) reply.header(name, headers[name]);
  if (body === null) return reply.send();
  reply.header('content-type', `${mediaTypeFor(reply.request.headers.accept)}; charset=utf-8`);
  if (typeof body === 'string' || body instanceof Buffer) return reply.send(body);
  return reply.send(Readable.from(body, { objectMode: false }));
}
