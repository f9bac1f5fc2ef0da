import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from './scim-client/connection.ts';

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * Guards every route: only this machine's names (or the public URL's) as `Host`, writes only from a page of the same
 * origin, and headers that allow neither foreign content nor inline style or script.
 */
export function protect(server: FastifyInstance, publicUrl: string | undefined): void {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  server.addHook('onRequest', async (request, reply) => {
    setHeaders(reply);
    const origin = originOf(request);
    if (!isKnownHost(request, publicOrigin)) {
      return reply.code(421).type('text/plain').send('The stand-in answers on this machine only.');
    }
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const allowed = [origin, publicOrigin];
    if (!isRead && !isSameOrigin(request, allowed)) {
      return reply.code(403).type('text/plain').send('The request came from another site.');
    }
  });
}

/** The address under which a request reached us. */
export const originOf = ({ protocol, headers }: FastifyRequest) => `${protocol}://${headers.host}`;

function setHeaders(reply: FastifyReply): void {
  reply.headers({
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
  });
}

/** A name that another site's DNS points here is not one of ours. */
function isKnownHost(request: FastifyRequest, publicOrigin: string | undefined): boolean {
  const { host } = request.headers;
  if (host === undefined) return false;
  const url = URL.parse(`http://${host}`);
  if (url === null) return false;
  return (
    isLoopback(url.hostname) ||
    (publicOrigin !== undefined && url.host === new URL(publicOrigin).host)
  );
}

/** A browser names the origin of every write; a program that is no browser names none. */
function isSameOrigin(
  { headers }: FastifyRequest,
  allowed: readonly (string | undefined)[],
): boolean {
  if (headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site')
    return false;
  return headers.origin === undefined || allowed.includes(headers.origin);
}
