import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { registerSaml } from './saml.ts';
import { registerSingleLogout } from './single-logout.ts';
import { registerUniversalLogout } from './universal-logout.ts';

/** What a form may hold: a response of the largest size that is read, percent-encoded. */
const FORM_LIMIT = 900_000;

/**
 * The addresses that IdPs know, of SAML, and of Universal Logout for both protocols. They stand outside of what knows the session cookie: a browser
 * brings messages from another site, or no browser is there at all.
 */
export function registerIdpAddresses(app: FastifyInstance, context: Context): void {
  app.register((surface, _options, done) => {
    surface.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      (_request, body, parsed) => parsed(null, new URLSearchParams(body.toString())),
    );
    surface.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      });
    });
    registerSaml(surface, context);
    registerSingleLogout(surface, context);
    registerUniversalLogout(surface, context);
    done();
  });
}
