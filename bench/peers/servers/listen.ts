import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens on a free loopback port and tells the parent where, as one line of JSON. */
export function listen(handler: RequestListener, where: { base: string; token: string }): void {
  const server = createServer({ keepAliveTimeout: 600_000 }, handler);
  server.listen(0, '127.0.0.1', () => {
    // A TCP server has such an address.
    const { port } = server.address() as AddressInfo;
    process.stdout.write(`${JSON.stringify({ port, ...where })}\n`);
  });
}

/** The body of a request. */
export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Answers with a length, which the load generator needs. */
export function answer(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(status, {
    'content-type': 'application/scim+json',
    'content-length': body.length,
  });
  response.end(body);
}
