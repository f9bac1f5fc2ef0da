import type { FastifyInstance } from 'fastify';
import type { Database } from '../../database/index.ts';
import { escaped, page } from './page.ts';

/** The mail that would leave the server, newest first. */
export function registerMailPage(server: FastifyInstance, database: Database): void {
  server.get('/', async (_request, reply) => {
    const mails = await database.read.query
      .selectFrom('mails')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(200)
      .execute();
    const articles = mails.map(article).join('');
    const none = '<p>No mail yet. Invitations appear here.</p>';
    return reply.type('text/html; charset=utf-8').send(page('Outgoing mail', articles || none));
  });
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

const linked = (html: string) => html.replace(/https?:\/\/[^\s<]+/g, '<a href="$&">$&</a>');
