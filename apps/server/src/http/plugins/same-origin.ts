import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import { readApiKey } from './api-key.ts';

const reading = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Lets only our own pages write: the browser's `Sec-Fetch-Site` must say `same-origin`, or, where it is absent, `Origin`
 * must be ours. A request with neither comes from no browser of today and is refused as well.
 *
 * It guards everything in `app`, which is every route that knows the session cookie. Exempt, because they know no cookie
 * and stand outside: `/scim/…` (bearer tokens), `/sso/saml/…` (what an IdP's key signed), `/healthz` and `/readyz` (read only). Exempt as well is a request with an
 * API key, for which the cookie counts for nothing.
 */
export function requireSameOrigin(app: FastifyInstance, publicUrl: string): void {
  app.addHook('onRequest', async (request) => {
    if (reading.has(request.method) || isSameOrigin(request, publicUrl)) return;
    if (readApiKey(request) !== undefined) return;
    throw new Refusal(
      'cross_site_request',
      `This request does not come from a page of ${publicUrl}, so it was refused.`,
    );
  });
}

function isSameOrigin({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === publicUrl : site === 'same-origin';
}
