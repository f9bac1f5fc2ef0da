import cookie from '@fastify/cookie';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import type { Context } from './context.ts';
import type { Database } from './database/index.ts';
import { Refusal } from './domain/refusal.ts';
import { minute } from './duration.ts';
import { registerConsole } from './http/console/console.ts';
import { registerHealth } from './http/health/health.ts';
import { registerManagement } from './http/management/index.ts';
import { endKeptConnections } from './http/plugins/graceful-close.ts';
import { type LogStream, loggerOptions, logRequests } from './http/plugins/logger.ts';
import { answerUnrouted } from './http/plugins/method-not-allowed.ts';
import { answerProblems, sendProblem } from './http/plugins/problem.ts';
import { requireHttps } from './http/plugins/require-https.ts';
import { requireSameOrigin } from './http/plugins/same-origin.ts';
import { addSecurityHeaders } from './http/plugins/security-headers.ts';
import { isScimAddress, scimRoutes, sendUnreadableAddress } from './http/scim/index.ts';
import { registerIdpAddresses, registerSignIns } from './http/sign-in/index.ts';
import { secretBoxOf } from './secret-key.ts';
import type { Settings } from './settings.ts';
import { newId } from './uuid-v7.ts';

export interface AppOptions {
  readonly settings: Settings;
  /** Open and migrated; whoever opened it closes it, after the app. */
  readonly database: Database;
  /** UTC milliseconds; the system's clock where it is left out. */
  readonly now?: () => number;
  /** Where log lines go; standard output where it is left out. */
  readonly log?: LogStream;
}

/** The largest body that a route accepts unless it says otherwise. */
const BODY_LIMIT = 1024 * 1024;

/** A client that takes longer to send its request holds a connection for nothing. */
const REQUEST_TIMEOUT = 2 * minute;

const notAnAddress = new Refusal('invalid_request', 'The address is not a valid URL.');

/** Builds the server. Nothing listens yet, and nothing outside of `database` and `log` is touched. */
export function buildApp({ settings, database, now = Date.now, log }: AppOptions): FastifyInstance {
  const { trustedProxies } = settings;
  const app = Fastify({
    logger: loggerOptions(settings.logLevel, log),
    genReqId: () => newId(now()),
    // `logRequests` writes the line of a request.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    // An address that is no URL reaches no route and no error handler.
    frameworkErrors: (_error, request, reply) =>
      isScimAddress(request.url)
        ? sendUnreadableAddress(reply)
        : sendProblem(request, reply, notAnAddress),
    forceCloseConnections: 'idle',
  });
  // Fastify would take text/plain as a body of its own; only JSON is one here.
  app.removeContentTypeParser('text/plain');
  const secrets = secretBoxOf(settings);
  const context: Context = { settings, database, secrets, now, log: app.log };
  endKeptConnections(app);
  logRequests(app);
  requireHttps(app, settings);
  answerProblems(app);
  answerUnrouted(app);
  registerHealth(app, context);
  scimRoutes(app, context);
  registerIdpAddresses(app, context);
  app.register((web, _options, done) => {
    registerWeb(web, context);
    done();
  });
  return app;
}

/** What browsers with a session use. Bearer-token surfaces are registered beside it, so that they know no cookie. */
function registerWeb(web: FastifyInstance, context: Context): void {
  const { publicUrl } = context.settings;
  requireSameOrigin(web, publicUrl);
  addSecurityHeaders(web, publicUrl);
  web.register(cookie);
  registerSignIns(web, context);
  registerManagement(web, context);
  registerConsole(web, publicUrl);
}
