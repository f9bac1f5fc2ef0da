import type { Route } from '@rollcall/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { type IdempotentRequest, once } from '../../domain/idempotency/index.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { invalidRequest } from '../plugins/problem.ts';
import {
  type AccountPolicy,
  type Authorized,
  authorize,
  type HalfPolicy,
  type HalfSignedIn,
  noteSeen,
  type Policy,
  requireFresh,
  requireHalf,
  requireSession,
  type SessionPolicy,
  type SignedIn,
} from './authorize.ts';

/** Where the management API stands. */
export const apiPrefix = '/api/v1';

/** A request, parsed by the contract. */
export interface Call<R extends Route> {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  /** Id of this request, for audit events. */
  readonly requestId: string;
  /** When it came, UTC milliseconds. */
  readonly at: number;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** A call with what its policy has checked. */
export type CallUnder<P extends Policy, R extends Route> = Call<R> &
  (P extends AccountPolicy
    ? Authorized
    : P extends SessionPolicy
      ? SignedIn
      : P extends HalfPolicy
        ? HalfSignedIn
        : unknown);

export type Handler<P extends Policy, R extends Route> = (
  call: CallUnder<P, R>,
) => Promise<z.input<R['response']>>;

/**
 * Registers one route of the contract: checks the caller against `policy`, parses the request, runs the handler and
 * answers with exactly what the contract's response holds. What else a handler returns is left out.
 */
export function registerRoute<R extends Route, P extends Policy>(
  app: FastifyInstance,
  context: Context,
  route: R,
  policy: P,
  handler: Handler<P, R>,
): void {
  app.route({
    method: route.method,
    url: apiPrefix + route.path,
    handler: async (request, reply) => {
      const params = parseParams(route.params, request.params);
      const caller = await check(context, request, policy);
      const call = {
        params,
        query: parseAsSent(route.query, request.query),
        body: parseAsSent(route.body, request.body ?? {}),
        requestId: request.id,
        at: context.now(),
        request,
        reply,
        ...caller,
      };
      const act = async () =>
        // `check` returned what the policy of type P promises, which the compiler cannot follow through its branches.
        route.response.parse(await handler(call as CallUnder<P, R>));
      const idempotent = idempotentOf(route, request, caller, call.at);
      const answer = idempotent ? await once(context.database, idempotent, act) : await act();
      reply.code(route.status).header('cache-control', 'no-store');
      return route.status === 204 ? reply.send() : answer;
    },
  });
}

/** A create with an `Idempotency-Key`, by somebody in an account: done once, however often it is sent. */
function idempotentOf(
  route: Route,
  request: FastifyRequest,
  caller: Authorized | SignedIn | HalfSignedIn | undefined,
  at: number,
): IdempotentRequest | undefined {
  const key = request.headers['idempotency-key'];
  if (route.status !== 201 || key === undefined) return undefined;
  if (caller === undefined || !('account' in caller) || !('id' in caller.actor)) return undefined;
  const { secret = false } = route;
  return {
    accountId: caller.account.accountId,
    actorId: caller.actor.id,
    key: parseAsSent(idempotencyKey, key),
    request: `${request.url}\n${JSON.stringify(request.body)}`,
    secret,
    at,
  };
}

const idempotencyKey = z.string().min(1).max(200);

async function check(
  context: Context,
  request: FastifyRequest,
  policy: Policy,
): Promise<Authorized | SignedIn | HalfSignedIn | undefined> {
  if (policy.access === 'public') return undefined;
  if (policy.access === 'half_signed_in') return requireHalf(context, request);
  if (policy.access === 'account') return authorize(context, request, policy);
  const signedIn = await requireSession(context, request);
  if (policy.fresh) await requireFresh(context, signedIn.session);
  await noteSeen(context, signedIn.session, null);
  return signedIn;
}

/** An id that is none names nothing: 404, as for any other that is not there. */
function parseParams<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  const parsed = schema.safeParse(given);
  if (!parsed.success || holdsNul(given)) throw notFound('address');
  return parsed.data;
}

/** What a client sent, by its schema. Throws `invalid_request` that names each field. */
export function parseAsSent<S extends z.ZodType>(schema: S, given: unknown): z.output<S> {
  if (holdsNul(given)) {
    throw new Refusal('invalid_request', 'The character U+0000 is not accepted in any text.');
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw invalidRequest(parsed.error);
  return parsed.data;
}

/** Whether a text anywhere in a parsed body, query or path holds U+0000, which PostgreSQL cannot store. */
function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsNul);
}
