import fastify, { type FastifyInstance } from 'fastify';
import type { Database } from '../../database/index.ts';

/** A page of another site that points its own name at this machine must not read the links in the mails. */
const loopbackNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

/** A loopback page that shows the mail which would leave the server; nothing is sent. */
export function buildMailPage(database: Database): FastifyInstance {
  const server = fastify();
  server.addHook('onRequest', async (request, reply) => {
    if (loopbackNames.has(request.hostname)) return;
    return reply.code(421).type('text/plain').send('This page answers on this machine only.');
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });
  server.get('/', async (_request, reply) => {
    const mails = await database.read.query
      .selectFrom('mails')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(200)
      .execute();
    return reply.type('text/html; charset=utf-8').send(page(mails.map(article).join('')));
  });
  return server;
}

interface Mail {
  readonly recipient: string;
  readonly subject: string;
  readonly body_text: string;
  readonly created_at: number;
}

function article({ recipient, subject, body_text, created_at }: Mail): string {
  const at = new Date(created_at).toISOString();
  return `<article><h2>${escaped(subject)}</h2><p>To ${escaped(recipient)}, <time datetime="${at}">${at}</time></p>
<pre>${linked(escaped(body_text))}</pre></article>`;
}

function page(articles: string): string {
  const body = articles === '' ? '<p>No mail yet. Invitations appear here.</p>' : articles;
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Outgoing mail</title><style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid;padding-block:1rem}h2{font-size:1rem;margin:0}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}</style>
<h1>Outgoing mail</h1>${body}</html>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
const linked = (html: string) => html.replace(/https?:\/\/[^\s<]+/g, '<a href="$&">$&</a>');
