import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.ts';

/** Writes head and body at once, past what Fastify would look for in them; a body in pieces is streamed by it. */
export function send(reply: FastifyReply, answer: Answer): void {
  const { status, body } = answer;
  const headers = headersOf(answer, reply.request.headers.accept);
  if (body !== null && typeof body !== 'string' && !Buffer.isBuffer(body)) {
    stream(reply.code(status), headers, body);
    return;
  }
  const length = body === null ? 0 : Buffer.byteLength(body);
  if (body !== null) headers.push('content-length', String(length));
  reply.raw.writeHead(status, headers);
  reply.hijack();
  // As many bytes as characters: ASCII, which Node copies as it is where it is told that it may.
  reply.raw.end(body, length === body?.length ? 'latin1' : 'utf8');
}

function stream(
  reply: FastifyReply,
  headers: readonly string[],
  body: AsyncIterable<string>,
): void {
  for (let at = 0; at < headers.length; at += 2) reply.header(headers[at] ?? '', headers[at + 1]);
  reply.send(Readable.from(body, { objectMode: false }));
}

/** Names and values in turn, as Node writes them without another look. */
function headersOf(answer: Answer, accept: string | undefined): string[] {
  const { body, location, etag, allow, headers } = answer;
  const list = ['cache-control', 'private, no-cache', 'x-content-type-options', 'nosniff'];
  if (body !== null) list.push('content-type', `${mediaTypeFor(accept)}; charset=utf-8`);
  if (location !== undefined) list.push('location', location);
  if (etag !== undefined) list.push('etag', etag);
  if (allow !== undefined) list.push('allow', allow);
  for (const name in headers) list.push(name, headers[name] ?? '');
  return list;
}

/** H-03: plain JSON for a client that takes nothing else, such as OneLogin; SCIM's own type for all others. */
function mediaTypeFor(accept = ''): string {
  const onlyJson = accept.includes('application/json') && !/scim\+json|\/\*/.test(accept);
  return onlyJson ? 'application/json' : 'application/scim+json';
}
