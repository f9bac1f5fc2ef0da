import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import type { Settings } from '../../settings.ts';
import { isScimAddress, sendScimError } from '../scim/index.ts';
import { sendProblem } from './problem.ts';

/** Asked by an orchestrator past the proxy, and nothing in them is secret. */
const open = new Set(['/healthz', '/readyz']);

/**
 * Refuses what reached the proxy in the clear, before anything of it is looked at (S-01). A page is sent on to https; a
 * request with a token is not, since its token has been readable on the way and would be again.
 *
 * Only the proxy knows: TLS ends there. Nothing is asked of requests where no proxy is set up (`TRUSTED_PROXIES`), or where the
 * proxy does not say. Whoever says `http` of a request of their own only refuses themselves, so it is believed of anybody.
 */
export function requireHttps(
  app: FastifyInstance,
  { publicUrl, trustedProxies }: Pick<Settings, 'publicUrl' | 'trustedProxies'>,
): void {
  if (!publicUrl.startsWith('https:') || trustedProxies.length === 0) return;
  app.addHook('onRequest', (request, reply, done) => {
    if (!cameInTheClear(request) || open.has(request.url)) return done();
    if (isScimAddress(request.url)) return sendScimError(reply, 403, scimDetail(request));
    if (isPage(request)) return reply.redirect(publicUrl + request.url, 308);
    const refusal = `The request came over plain HTTP and was not processed. Use ${publicUrl}.`;
    return sendProblem(request, reply, new Refusal('invalid_request', refusal));
  });
}

/** Of several proxies the first spoke with the client. */
function cameInTheClear({ headers }: FastifyRequest): boolean {
  const said = headers['x-forwarded-proto'];
  return said !== undefined && /^\s*http\s*(,|$)/i.test(String(said));
}

function isPage({ method, headers, url }: FastifyRequest): boolean {
  const reads = method === 'GET' || method === 'HEAD';
  return reads && headers.authorization === undefined && url.startsWith('/');
}

function scimDetail({ headers }: FastifyRequest): string {
  const detail =
    'The request came over plain HTTP and was not processed. Use the connector URL exactly as the SCIM page shows it, with https://.';
  if (headers.authorization === undefined) return detail;
  return `${detail} The token could be read on the way: make a new one with Refresh Token.`;
}
