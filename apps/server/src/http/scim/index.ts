import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { Authenticator } from '../../domain/directories/index.ts';
import { PlannerStatistics } from '../../domain/directory-resources/index.ts';
import { GatheredRequests, RequestLogBuffer } from '../../domain/request-log/index.ts';
import { DirectorySchemas } from '../../domain/schema-extensions/index.ts';
import { Exchange } from './exchange.ts';
import { RequestLimits } from './limits.ts';
import { sendScimError } from './send-error.ts';
import { Turn } from './turn.ts';
import { Walks } from './walks.ts';

export {
  isScimAddress,
  sendMisspelledAddress,
  sendScimError,
  sendUnreadableAddress,
} from './send-error.ts';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

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
    scim.setErrorHandler((error, request, reply) => {
      context.log.error({ err: error, requestId: request.id }, 'SCIM request failed');
      const { statusCode } = Object(error);
      const status = statusCode >= 400 && statusCode < 500 ? statusCode : 500;
      const text =
        status === 415 ? 'Send the body as application/scim+json.' : 'The request cannot be read.';
      return sendScimError(reply, status, text);
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
      handler: (request, reply) => turn.add(new Exchange(context, services, request), reply),
    });
    registered();
  });
}
