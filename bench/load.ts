import { connect, type Socket } from 'node:net';

/** One kind of request, sent again and again. */
export interface Load {
  readonly port: number;
  /** Connections, each with one request in flight. */
  readonly connections: number;
  /** How long to measure, milliseconds. */
  readonly milliseconds: number;
  /** The bytes of the next request; `index` counts over all connections. */
  next(index: number): Buffer;
  /** The statuses that count as success. */
  readonly expected: readonly number[];
}

export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly bytesPerResponse: number;
}

/**
 * Sends a load over keep-alive connections and counts what came back within the time. Throws where an answer has another
 * status than expected: a benchmark of refusals measures nothing.
 */
export async function measure(load: Load): Promise<LoadResult> {
  const latencies: number[] = [];
  let bytes = 0;
  let index = 0;
  const begun = performance.now();
  const end = begun + load.milliseconds;
  const worker = async () => {
    const connection = await open(load.port);
    while (performance.now() < end) {
      const sent = performance.now();
      const answer = await connection.exchange(load.next(index++));
      if (!load.expected.includes(answer.status)) {
        throw new Error(`status ${answer.status}: ${answer.body.toString('utf8', 0, 300)}`);
      }
      latencies.push(performance.now() - sent);
      bytes += answer.body.length;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: load.connections }, worker));
  return summarize(latencies, performance.now() - begun, bytes);
}

function summarize(latencies: number[], elapsed: number, bytes: number): LoadResult {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    requests: sorted.length,
    perSecond: Math.round((sorted.length * 1000) / elapsed),
    p50: at(0.5),
    p99: at(0.99),
    bytesPerResponse: Math.round(bytes / Math.max(1, sorted.length)),
  };
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

interface Connection {
  exchange(request: Buffer): Promise<Answer>;
  close(): void;
}

const headEnd = Buffer.from('\r\n\r\n');

/** A connection that knows just enough HTTP/1.1 to cost the machine little: Content-Length or no body. */
async function open(port: number): Promise<Connection> {
  const socket = await connected(port);
  let received: Buffer = Buffer.alloc(0);
  let settle: ((answer: Answer) => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = complete(received);
    if (answer === undefined) return;
    received = Buffer.alloc(0);
    settle?.(answer);
  });
  socket.on('error', (error) => fail?.(error));
  socket.on('close', () => fail?.(new Error('the server closed the connection')));
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        settle = resolve;
        fail = reject;
        socket.write(request);
      }),
    close: () => {
      fail = undefined;
      socket.destroy();
    },
  };
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** The answer, once all of it is there. */
function complete(received: Buffer): Answer | undefined {
  const end = received.indexOf(headEnd);
  if (end === -1) return undefined;
  const head = received.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = Number(
    /\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? (status === 204 ? 0 : Number.NaN),
  );
  if (Number.isNaN(length)) throw new Error(`an answer without Content-Length: ${head}`);
  const body = received.subarray(end + 4, end + 4 + length);
  return body.length < length ? undefined : { status, body };
}

/** The bytes of one HTTP/1.1 request. */
export function requestBytes(
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}${length}\r\n${body}`);
}
