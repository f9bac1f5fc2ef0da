import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance } from 'fastify';
import { type Clock, systemClock } from './clock.ts';
import { registerConsole } from './console/register.ts';
import { registerOidcControl } from './oidc/control.ts';
import { registerOidcEndpoints } from './oidc/endpoints.ts';
import { registerControlApi } from './rest/control-api.ts';
import { registerOktaApi } from './rest/okta-api.ts';
import { registerSamlControl } from './saml/control.ts';
import { protect } from './security.ts';
import { createStandIn } from './stand-in.ts';

/** What a stand-in is built with. */
export interface StandInOptions {
  /** Its SQLite file; made, with sample people and groups, where there is none. `:memory:` keeps nothing. */
  readonly dataFile: string;
  /** The address that browsers use, where it is not the one that the server listens on. */
  readonly publicUrl?: string;
  /** Default: the machine's own. */
  readonly clock?: Clock;
  /** The waits after 429 are divided by this. Default 60: Okta's five minutes last five seconds. */
  readonly pace?: number;
  /** Write the server's own log to stdout. Default: no. */
  readonly logger?: boolean;
}

/**
 * Builds the stand-in. Nothing listens yet: call `listen({ host: '127.0.0.1', port })`, and `close()` at the end, which
 * also ends requests in flight. Jobs that an earlier process left are taken up when the server is ready.
 */
export async function buildStandIn(options: StandInOptions): Promise<FastifyInstance> {
  const server = fastify({
    logger: options.logger ?? false,
    bodyLimit: 1_048_576,
    // Whoever gives a public URL has a proxy in front.
    trustProxy: options.publicUrl !== undefined,
  });
  const standIn = createStandIn({
    dataFile: options.dataFile,
    clock: options.clock ?? systemClock,
    pace: options.pace ?? 60,
    onDefect: (error) => server.log.error(error),
  });
  protect(server, options.publicUrl);
  acceptEmptyJson(server);
  await server.register(formbody);
  registerOktaApi(server, standIn);
  registerControlApi(server, standIn);
  registerSamlControl(server, standIn);
  registerOidcControl(server, standIn);
  registerOidcEndpoints(server, standIn);
  registerConsole(server, standIn);
  server.addHook('onReady', async () => standIn.runner.resume());
  server.addHook('onClose', async () => standIn.close());
  return server;
}

/** Okta's suites send `Content-Type: application/json` with an empty body. */
function acceptEmptyJson(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString();
    if (text === '') return done(null, {});
    void parse(request, text, done);
  });
}
