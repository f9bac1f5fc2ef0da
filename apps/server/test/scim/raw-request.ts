import { request } from 'node:http';
import type { ScimServer } from './scim-server.ts';

/** A request that `fetch` would not send as it is: dots in the path, a Host of one's own, no header that is not named. */
export interface RawRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>> | readonly string[];
  readonly body?: string;
}

export interface RawAnswer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Sends what is given with the token of the directory, and nothing beside it. */
export function sendRaw(scim: ScimServer, path: string, sent: RawRequest = {}): Promise<RawAnswer> {
  const { method = 'GET', headers = {}, body } = sent;
  const { host, port, pathname } = new URL(scim.connectorUrl);
  const bearer = `Bearer ${scim.seeded.token}`;
  const list = Array.isArray(headers)
    ? headers
    : Object.entries({ host, authorization: bearer, ...headers }).flat();
  return new Promise((resolve, reject) => {
    const asked = { host: '127.0.0.1', port, method, path: pathname + path, headers: list };
    request(asked, (answer) => {
      const pieces: Buffer[] = [];
      answer.on('data', (piece: Buffer) => pieces.push(piece));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode,
          headers: answer.headers,
          text: Buffer.concat(pieces).toString(),
        }),
      );
    })
      .on('error', reject)
      .end(body);
  });
}
