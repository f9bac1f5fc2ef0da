import http from 'node:http';
import https from 'node:https';
import zlib from 'node:zlib';
import type { Clock } from '../clock.ts';
import type { Exchanges } from '../store/exchanges.ts';
import type { AppSettings } from '../store/settings.ts';
import { authorization, requestUrl } from './connection.ts';
import { ProvisioningError } from './errors.ts';
import { answerNotes, redactBody } from './notes.ts';

/** A request to the service, before the base URL and the headers are added. */
export interface ScimRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Behind the base URL, for example `/Users`. */
  readonly path: string;
  /** Encoded, without `?`. */
  readonly query?: string;
  readonly body?: unknown;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Sends one request. Throws `unreachable` or `timeout`; every status is an answer. */
export type Send = (request: ScimRequest) => Promise<Answer>;

/** Okta closes the socket when there is no answer after this time. */
const answerLimit = 60_000;

/** What a transport works with. */
export interface TransportOptions {
  readonly settings: AppSettings;
  readonly exchanges: Exchanges;
  readonly clock: Clock;
  readonly agents: Agents;
  /** The job in words, for the log. */
  readonly purpose: string;
  readonly signal: AbortSignal;
}

/** Keep-alive agents, one for each scheme. */
interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

/** A {@link Send} that logs every exchange with its credentials redacted. */
export function createSend(options: TransportOptions): Send {
  const { settings, exchanges, clock, purpose } = options;
  return async (request) => {
    const url = requestUrl(settings, request.path, request.query ?? '');
    const body = request.body === undefined ? null : JSON.stringify(request.body);
    const headers = requestHeaders(settings, request.method, body);
    const at = clock.now();
    const log = (answer: Answer | undefined, notes: readonly string[]) =>
      exchanges.add({
        at,
        purpose,
        method: request.method,
        url,
        requestHeaders: { ...headers, Authorization: '(redacted)' },
        requestBody: redactBody(body),
        status: answer?.status ?? null,
        responseHeaders: answer?.headers ?? {},
        responseBody: redactBody(answer?.text ?? null),
        duration: clock.now() - at,
        notes,
      });
    try {
      const answer = await exchange(url, request.method, headers, body, options);
      log(answer, answerNotes(request, answer));
      return answer;
    } catch (error) {
      if (error instanceof ProvisioningError) log(undefined, [error.message]);
      throw error;
    }
  };
}

function requestHeaders(settings: AppSettings, method: string, body: string | null) {
  const entra = settings.mode === 'entra';
  const headers: Record<string, string> = { Accept: 'application/scim+json' };
  if (!entra) headers['Accept-Charset'] = 'utf-8';
  if (method !== 'GET') headers['Content-Type'] = 'application/scim+json; charset=utf-8';
  if (!entra) headers['User-Agent'] = 'Okta SCIM Client 1.0.0';
  headers.Authorization = authorization(settings);
  headers.Connection = 'Keep-Alive';
  headers['Accept-Encoding'] = 'gzip,deflate';
  if (body !== null) headers['Content-Length'] = String(Buffer.byteLength(body));
  return headers;
}

async function exchange(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string | null,
  { clock, agents, signal }: TransportOptions,
): Promise<Answer> {
  const limit = new AbortController();
  const done = new AbortController();
  void clock.sleep(answerLimit, done.signal).then(() => {
    if (!done.signal.aborted) limit.abort();
  });
  try {
    return await send(url, method, headers, body, agents, AbortSignal.any([limit.signal, signal]));
  } catch (error) {
    const host = new URL(url).host;
    if (limit.signal.aborted) {
      throw new ProvisioningError('timeout', `Connect to ${host} failed: Read timed out`);
    }
    throw new ProvisioningError('unreachable', `Connect to ${host} failed: ${reason(error)}`);
  } finally {
    done.abort();
  }
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'Connection refused';
  if (code === 'ETIMEDOUT') return 'Connect timed out';
  if (code === 'ENOTFOUND') return 'Unknown host';
  return error.message === '' ? code : error.message;
}

function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: string | null,
  agents: Agents,
  signal: AbortSignal,
): Promise<Answer> {
  const secure = url.startsWith('https:');
  return new Promise((resolve, reject) => {
    const agent = secure ? agents.https : agents.http;
    const request = (secure ? https : http).request(
      url,
      { method, headers, agent, signal },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            resolve(toAnswer(response, Buffer.concat(chunks)));
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    request.on('error', reject);
    request.end(body ?? undefined);
  });
}

function toAnswer(response: http.IncomingMessage, bytes: Buffer): Answer {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name] = String(value);
  const encoding = headers['content-encoding'];
  const plain =
    encoding === 'gzip'
      ? zlib.gunzipSync(bytes)
      : encoding === 'deflate'
        ? zlib.inflateSync(bytes)
        : bytes;
  return { status: response.statusCode ?? 0, headers, text: plain.toString('utf8') };
}
