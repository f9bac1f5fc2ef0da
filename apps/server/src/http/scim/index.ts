import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import { Authenticator } from '../../domain/directories/index.ts';
import { PlannerStatistics } from '../../domain/directory-resources/index.ts';
import { GatheredRequests, RequestLogBuffer } from '../../domain/request-log/index.ts';
import { DirectorySchemas } from '../../domain/schema-extensions/index.ts';
import { Exchange, type ScimRequest } from './exchange.ts';
import { RequestLimits } from './limits.ts';
import { sendScimError } from './send-error.ts';
import { Turn } from './turn.ts';
import { Walks } from './walks.ts';

export {
  isScimAddress,
  sendScimError,
  sendUnreadableAddress,
  sendUnrouted,
} from './send-error.ts';

/** All that Fastify knows: an address says itself which of them it takes. */
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'QUERY'];

const unreadTypes: ReadonlySet<unknown> = new Set([
  'FST_ERR_CTP_INVALID_MEDIA_TYPE',
  'FST_ERR_ROUTE_MISSING_CONTENT_TYPE',
]);

/**
 * Registers the SCIM endpoint at `/scim/{directoryId}/v2`. One route takes every address below it and reads the body itself,
 * so that each answer is SCIM's, in the order of checks that the protocol asks for.
 */
export function scimRoutes(app: FastifyInstance, context: Context): void {
  const log = new RequestLogBuffer(context.database, (error, requests) =>
    context.log.error({ err: error, requests }, 'requests were not logged'),
  );
  const statistics = new PlannerStatistics(context.database, (error) =>
    context.log.error({ err: error }, 'the statistics of the database were not refreshed'),
  );
  const throttled = new GatheredRequests(log, 'over the rate limit');
  const unproven = new GatheredRequests(log, 'without a valid token');
  const limits = new RequestLimits(context.settings.scimRateLimit);
  const authenticator = new Authenticator(context.database.read);
  const turn = new Turn(context.database.read);
  const schemas = new DirectorySchemas();
  const walks = new Walks();
  const gathered = { throttled, unproven };
  const services = { authenticator, limits, log, schemas, statistics, walks, ...gathered };
  app.register((scim, _options, registered) => {
    // A logger for each request would cost more than its look-up; the few lines that are logged name the request.
    scim.setChildLoggerFactory((logger) => logger);
    scim.removeAllContentTypeParsers();
    scim.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const answer = (request: ScimRequest, reply: FastifyReply) =>
      turn.add(new Exchange(context, services, request), reply);
    scim.setErrorHandler((error, request, reply) => {
      const { id, method, headers, ip, raw } = request;
      // Refused by Fastify for its Content-Type before anybody asked whose it is: here that is one check among others.
      if (unreadTypes.has(Object(error).code)) {
        return answer({ id, method, headers, ip, raw, body: raw }, reply);
      }
      context.log.error({ err: error, requestId: id }, 'SCIM request failed');
      return sendScimError(reply, 500, 'The request cannot be read.');
    });
    scim.addHook('onClose', async () => {
      throttled.close();
      unproven.close();
      await log.flush();
      await statistics.idle();
    });
    scim.route({
      method: methods,
      url: '/scim/*',
      exposeHeadRoute: false,
      handler: answer,
    });
    registered();
  });
}
