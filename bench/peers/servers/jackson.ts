/**
 * Jackson's directory sync behind a bare HTTP server, without webhooks: `node jackson.ts sqlite <file>` or
 * `node jackson.ts postgres <url>`.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { controllers as jackson } from '@boxyhq/saml-jackson';
import { answer, listen, textOf } from './listen.ts';

const [type = '', url = ''] = process.argv.slice(2);
const { directorySyncController } = await jackson({
  externalUrl: 'http://127.0.0.1',
  samlPath: '/saml',
  noAnalytics: true,
  // It would write a line for each change, that no webhook is set up for it.
  logger: { info: () => {}, error: () => {} },
  db: { engine: 'sql', type, url },
});
const { data: directory, error } = await directorySyncController.directories.create({
  name: 'Bench',
  tenant: 'example.com',
  product: 'bench',
  type: 'okta-scim-v2',
});
if (error) throw new Error(error.message);
const base = `/${directory.id}`;

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
  const [, directoryId, resourceType, resourceId] = pathname.split('/');
  const text = await textOf(request);
  const { status, data } = await directorySyncController.requests.handle({
    method: request.method,
    directoryId,
    resourceType,
    resourceId,
    apiSecret: request.headers.authorization?.slice('Bearer '.length) ?? null,
    body: text === '' ? undefined : JSON.parse(text),
    query: {
      count: numberOf(searchParams.get('count')),
      startIndex: numberOf(searchParams.get('startIndex')),
      filter: searchParams.get('filter') ?? undefined,
    },
  });
  answer(response, status, data === undefined ? '' : JSON.stringify(data));
}

function numberOf(text: string | null): number | undefined {
  return text === null ? undefined : Number(text);
}

listen((request, response) => void handle(request, response), {
  base,
  token: directory.scim.secret,
});
