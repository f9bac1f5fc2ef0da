import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { second } from '../../duration.ts';
import { Refusal } from '../refusal.ts';
import { type PrivateHosts, pinAddress, refused, requireUrl } from './address.ts';

/** An answer is cut off here, in bytes, and after this long. */
const LARGEST = 2_000_000;
const TIMEOUT = 10 * second;

export interface OutgoingRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/**
 * Sends one request to a URL that somebody typed: to the address that was looked up and checked, without following
 * redirects, within ten seconds. Throws `outgoing_refused` for where it may not go, and for silence and errors there.
 */
export async function sendOutgoing(
  address: string,
  privateHosts: PrivateHosts,
  request: OutgoingRequest = {},
): Promise<OutgoingAnswer> {
  const url = requireUrl(address, privateHosts);
  const pinned = await pinAddress(url, privateHosts);
  const { promise, resolve, reject } = Promise.withResolvers<OutgoingAnswer>();
  const send = url.protocol === 'https:' ? https.request : http.request;
  const sent = send(
    url,
    {
      method: request.method ?? 'GET',
      headers: { accept: '*/*', 'user-agent': 'Rollcall', ...request.headers },
      signal: AbortSignal.timeout(TIMEOUT),
      agent: false,
      lookup: (_host, options, done) =>
        options.all ? done(null, [pinned]) : done(null, pinned.address, pinned.family),
    },
    (answer) => read(answer).then(resolve, reject),
  );
  sent.on('error', reject);
  sent.end(request.body);
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw refused(`${url.host} cannot be reached: ${reasonOf(error)}.`);
  }
}

/** The text at a URL. Throws `outgoing_refused`, also for an answer that is no success. */
export async function fetchText(address: string, privateHosts: PrivateHosts): Promise<string> {
  const { status, text } = await sendOutgoing(address, privateHosts);
  if (status === 200) return text;
  const moved = status >= 300 && status < 400;
  throw refused(
    `${address} answered ${status}${moved ? '; enter the address that it redirects to' : ''}.`,
  );
}

async function read(answer: IncomingMessage): Promise<OutgoingAnswer> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Without an encoding a stream of HTTP gives buffers.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LARGEST) throw refused('The answer is too large.');
    chunks.push(chunk);
  }
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: answer.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    text: Buffer.concat(chunks).toString('utf8'),
  };
}

function reasonOf(error: unknown): string {
  const { code, name } = Object(error);
  if (name === 'TimeoutError' || name === 'AbortError')
    return 'it did not answer within 10 seconds';
  return typeof code === 'string' ? code : 'the connection failed';
}
