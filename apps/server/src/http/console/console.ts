import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readSessionCookie } from '../plugins/session-cookie.ts';

/** Where the console's build puts its files, and how long browsers may keep them: names under `assets` hold a hash. */
const root = join(import.meta.dirname, '../../../../console/dist');
const page = join(root, 'index.html');
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves the console: its files as they are, and its page for every other address, which its own router reads. Whoever
 * opens a page of an account without a session is led to sign-in at once, and from there back.
 */
export function registerConsole(app: FastifyInstance, publicUrl: string): void {
  app.register(fastifyStatic, {
    root,
    serve: false,
    index: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      response.header('cache-control', cacheControlOf(path));
    },
  });
  app.get('/*', (request, reply) => {
    const path = request.url.split('?', 1).join('');
    if (/^\/+(api|scim)(\/|$)/i.test(path)) return reply.callNotFound();
    if (isFile(path)) return reply.sendFile(path);
    if (needsSession(path) && readSessionCookie(request, publicUrl) === undefined) {
      return reply.header('cache-control', 'no-store').redirect(signInFor(request.url));
    }
    return sendPage(reply);
  });
}

function cacheControlOf(path: string): string {
  if (path.startsWith(join(root, 'assets'))) return FOREVER;
  return path === page ? 'no-store' : 'no-cache';
}

/** The build's files have an extension; the console's own addresses have none. */
function isFile(path: string): boolean {
  return /\.[a-z0-9]+$/i.test(path);
}

function needsSession(path: string): boolean {
  return path === '/' || /^\/app(\/|$)/.test(path);
}

function signInFor(url: string): string {
  return url === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(url)}`;
}

function sendPage(reply: FastifyReply): FastifyReply {
  if (existsSync(page)) return reply.sendFile('index.html');
  return reply
    .code(503)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(notBuilt);
}

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The console has not been built</title>
<h1>The console has not been built</h1>
<p>The service runs, but its pages are missing. Build them once, then reload this page:</p>
<pre>npm run build --workspace @rollcall/console</pre>
</html>
`;
