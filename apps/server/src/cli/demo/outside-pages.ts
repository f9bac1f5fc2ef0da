import fastify, { type FastifyInstance } from 'fastify';
import type { Database } from '../../database/index.ts';
import { registerDnsPage } from './dns-page.ts';
import type { DnsZone } from './dns-zone.ts';
import { registerMailPage } from './mail-page.ts';

/** A page of another site that points its own name at this machine must not read the links in the mails. */
const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/**
 * Loopback pages for what happens outside of the product: the mail that would leave it, where nothing is sent, and the
 * DNS provider at which a domain's record is added.
 */
export function buildOutsidePages(database: Database, zone: DnsZone): FastifyInstance {
  const server = fastify();
  server.addHook('onRequest', async (request, reply) => {
    if (!loopbackNames.has(request.hostname)) {
      return reply.code(421).type('text/plain').send('This page answers on this machine only.');
    }
    const site = request.headers['sec-fetch-site'] ?? 'same-origin';
    if (request.method !== 'GET' && site !== 'same-origin') {
      return reply.code(403).type('text/plain').send('This form belongs to another page.');
    }
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    );
  });
  registerMailPage(server, database);
  registerDnsPage(server, zone);
  return server;
}
