import { ScimError, toErrorBody } from '@rollcall/scim';
import {
  after,
  DatabaseUnavailable,
  OutcomeUnknown,
  type Soon,
  type Transaction,
} from '../../database/index.ts';
import type { Authentication, DirectoryInfo } from '../../domain/directories/index.ts';
import {
  askForRelease,
  ProvisioningRefused,
  recordEffects,
} from '../../domain/provisioning/index.ts';
import { explanationOf, RefusedRequest, refuse } from '../../domain/request-log/index.ts';
import { ExtensionsChanged } from '../../domain/schema-extensions/index.ts';
import type { Endpoint } from './address.ts';
import type { Answer } from './answer.ts';
import { postBulk } from './bulk.ts';
import type { Parts } from './bulk-run.ts';
import { getEntitlement, getEntitlements, getRole, getRoles } from './catalog.ts';
import {
  getConfiguration,
  getResourceType,
  getResourceTypes,
  getSchema,
  getSchemas,
} from './discovery.ts';
import type { Exchange } from './exchange.ts';
import { deleteGroupRoute, getGroup, patchGroup, postGroup, putGroup } from './groups.ts';
import { TooManyRequests } from './limits.ts';
import { getAll, getGroups, getUsers, searchAll, searchGroups, searchUsers } from './lists.ts';
import { refusalOf } from './refused-token.ts';
import { refusalOfTarget } from './target.ts';
import { deleteUserRoute, getUser, patchUser, postUser, putUser } from './users.ts';

type Handler = (exchange: Exchange) => Soon<Answer>;
type Methods = Readonly<Record<string, Handler>>;

/** What each address does, by method. HEAD is GET without its body. */
const routes: Readonly<Record<Exclude<Endpoint['kind'], 'me' | 'unknown'>, Methods>> = {
  root: { GET: getAll },
  root_search: { POST: searchAll },
  users: { GET: getUsers, POST: postUser },
  user: { GET: getUser, PUT: putUser, PATCH: patchUser, DELETE: deleteUserRoute },
  user_search: { POST: searchUsers },
  groups: { GET: getGroups, POST: postGroup },
  group: { GET: getGroup, PUT: putGroup, PATCH: patchGroup, DELETE: deleteGroupRoute },
  group_search: { POST: searchGroups },
  bulk: { POST: (exchange) => postBulk(exchange, parts) },
  configuration: { GET: getConfiguration },
  resource_types: { GET: getResourceTypes },
  resource_type: { GET: getResourceType },
  schemas: { GET: getSchemas },
  schema: { GET: getSchema },
  roles: { GET: getRoles },
  role: { GET: getRole },
  entitlements: { GET: getEntitlements },
  entitlement: { GET: getEntitlement },
};

const discovery: ReadonlySet<Endpoint['kind']> = new Set([
  'configuration',
  'resource_types',
  'resource_type',
  'schemas',
  'schema',
]);

/** What a request is answered; never rejects. Without a promise where nothing has to be waited for. */
export function answerOf(exchange: Exchange): Soon<Answer> {
  return settled(exchange, () => after(authenticate(exchange), () => answerTo(exchange)));
}

function settled(exchange: Exchange, work: () => Soon<Answer>): Soon<Answer> {
  const refused = (error: unknown) => refusedAnswer(exchange, error);
  try {
    const answer = work();
    return answer instanceof Promise ? answer.catch(refused) : answer;
  } catch (error) {
    return refused(error);
  }
}

/** The operations of a bulk request, whose caller is known. */
const parts: Parts = {
  answer: (part) => logged(part, () => answerTo(part)),
  do: answerTo,
  refuse: (part, error) =>
    logged(part, () => {
      throw error;
    }),
};

async function logged(part: Exchange, work: () => Soon<Answer>): Promise<Answer> {
  const answer = await settled(part, work);
  await part.log(answer);
  return answer;
}

/** E-10: after directory, token and permission come address, method, then what the body says. */
function answerTo(exchange: Exchange): Soon<Answer> {
  const { endpoint } = exchange.address;
  const provider = exchange.directory?.provider ?? 'generic';
  const method = exchange.method === 'HEAD' ? 'GET' : exchange.method;
  if (endpoint.kind === 'unknown') throw refuse('address_unknown', 404, provider);
  if (endpoint.kind === 'me') throw refuse('not_supported', 501, provider);
  const handler = routes[endpoint.kind][method];
  if (handler === undefined) return methodNotAllowed(exchange, routes[endpoint.kind]);
  if (!acceptsJson(exchange.request.headers.accept)) throw refuse('not_acceptable', 406, provider);
  return handler(exchange);
}

function authenticate(exchange: Exchange): Soon<void> {
  const { authenticator, request, address, at } = exchange;
  const { authorization } = request.headers;
  // Without a token there is nothing to look up first.
  if (authorization === undefined) exchange.countUnproven();
  const found = authenticator.authenticate(address.directoryId, authorization, at);
  return after(found, (authentication) => admit(exchange, authentication));
}

function admit(exchange: Exchange, found: Authentication): Soon<void> {
  if (found.kind === 'accepted') {
    exchange.directory = found.caller.directory;
    exchange.caller = found.caller;
    exchange.countRequest();
    refuseSecondToken(exchange);
    requireWriteAccess(exchange);
    return exchange.learnTypes(found.caller.directory);
  }
  if (found.kind === 'refused') {
    exchange.directory = found.directory;
    exchange.tokenId = found.tokenId;
  }
  if (exchange.request.headers.authorization !== undefined) exchange.countUnproven();
  if (found.kind === 'no_directory') throw unknownDirectory();
  // D-06: discovery is open to whoever shows no token at all.
  if (found.reason === 'missing_token' && isOpen(exchange, found.directory)) return;
  return refusalOf(exchange.context.database.read, found).then((refused) => {
    throw refused;
  });
}

/** D-06: what a directory has defined for itself is nobody else's to know. */
function isOpen({ address }: Exchange, { extensionsVersion }: DirectoryInfo): boolean {
  const { kind } = address.endpoint;
  return discovery.has(kind) && (extensionsVersion === 0 || kind === 'configuration');
}

function unknownDirectory(): ScimError {
  return new ScimError(
    404,
    'There is no directory at this connector URL. Copy the connector URL again from the SCIM page.',
  );
}

/** K-07: Node reads the first of two Authorization headers, and a proxy may have judged by the other. */
function refuseSecondToken({ request, directory }: Exchange): void {
  const { rawHeaders = [] } = request.raw;
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (name.length === authorization.length && name.toLowerCase() === authorization) count += 1;
  }
  if (count < 2) return;
  throw refuse('two_tokens', 400, directory?.provider ?? 'generic');
}

const authorization = 'authorization';

function requireWriteAccess({ caller, method, address }: Exchange): void {
  if (caller?.access !== 'read_only' || method === 'GET' || method === 'HEAD') return;
  const { kind } = address.endpoint;
  if (kind === 'user_search' || kind === 'group_search' || kind === 'root_search') return;
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
  if (accept === undefined || accept === '') return true;
  const wanted = accept.includes('q=0') ? wantedRanges(accept) : accept;
  return wanted.includes('json') || wanted.includes('*/*') || wanted.includes('application/*');
}

/** A weight of nothing says that a range is not wanted (RFC 9110 §12.4.2). */
function wantedRanges(accept: string): string {
  const ranges = accept.split(',').filter((range) => !/;\s*q=0(?:\.0*)?\s*$/.test(range));
  return ranges.join();
}

function refusedAnswer(exchange: Exchange, error: unknown): Soon<Answer> {
  if (error instanceof RefusedRequest && error.explanation === 'user_name_reserved') {
    return refusedReserved(exchange, error);
  }
  if (error instanceof ExtensionsChanged) {
    return settled(exchange, () => exchange.relearnTypes().then(() => answerTo(exchange)));
  }
  if (error instanceof TooManyRequests) {
    return { ...errorAnswer(error), headers: { 'retry-after': String(error.retryAfter) } };
  }
  if (error instanceof ScimError) return refusedRequest(exchange, error);
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

/** The refusal of a request, or of what it was sent to. */
async function refusedRequest(exchange: Exchange, error: ScimError): Promise<Answer> {
  try {
    return errorAnswer((await refusalOfTarget(exchange, error)) ?? error);
  } catch (failure) {
    exchange.logError(failure, 'the target of a refused request was not looked for');
    return errorAnswer(error);
  }
}

/** What was refused stays on record beside the request, in a unit of its own. */
async function refusedByAccount(exchange: Exchange, refused: ProvisioningRefused): Promise<Answer> {
  const { cause } = exchange;
  const answer = {
    ...errorAnswer(new ScimError(403, refused.detail)),
    explanation: refused.code,
  };
  return recorded(exchange, answer, (tx) => recordEffects(tx, cause, refused.effects));
}

/** An inactive record has the userName: an owner is asked whether to release it. */
async function refusedReserved(exchange: Exchange, refused: RefusedRequest): Promise<Answer> {
  const answer = errorAnswer(refused);
  const { subject } = refused;
  if (subject === undefined) return answer;
  const { cause } = exchange;
  return recorded(exchange, answer, (tx) => askForRelease(tx, cause, subject));
}

/** Keeps what is left of a refused request; the answer does not hang on it. */
async function recorded(
  exchange: Exchange,
  answer: Answer,
  work: (tx: Transaction) => Promise<void>,
): Promise<Answer> {
  try {
    await exchange.writeRefusal(answer, work);
  } catch (error) {
    exchange.logError(error, 'a refusal was not recorded');
  }
  return answer;
}

function errorAnswer(error: ScimError): Answer {
  const refused = error instanceof RefusedRequest ? error : undefined;
  const challenge = challengeOf(error.status, explanationOf(error));
  const headers = challenge === undefined ? {} : { 'www-authenticate': challenge };
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

/** K-04 to K-07. */
function challengeOf(status: number, explanation: string): string | undefined {
  const realm = 'Bearer realm="SCIM"';
  if (explanation === 'two_tokens') return `${realm}, error="invalid_request"`;
  if (explanation === 'read_only_token') {
    return `${realm}, error="insufficient_scope", scope="read_write"`;
  }
  if (status !== 401) return undefined;
  return explanation === 'missing_token' ? realm : `${realm}, error="invalid_token"`;
}
