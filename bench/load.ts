import { connect, type Socket } from 'node:net';

/** Connections of every measurement, each with one request in flight. */
export const CONNECTIONS = 20;

/** One kind of request, sent again and again. */
export interface Load {
  readonly port: number;
  /** How long to measure, milliseconds. */
  readonly milliseconds: number;
  /** The bytes of the next request of a connection, which are numbered from 0. */
  next(connection: number): Buffer;
  /** The status, or statuses, that count as success. */
  readonly expected: number | readonly number[];
  /** How many connections, where not `CONNECTIONS`. */
  readonly connections?: number;
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
  const begun = performance.now();
  const end = begun + load.milliseconds;
  await onEachConnection(load.port, load.connections, async (connection, number) => {
    do {
      const sent = performance.now();
      const answer = await connection.exchange(load.next(number));
      requireStatus(answer, load.expected);
      latencies.push(performance.now() - sent);
      bytes += answer.body.length;
    } while (performance.now() < end);
  });
  return summarize(latencies, performance.now() - begun, bytes);
}

/** Sends each request once, over all connections; the bodies of the answers in the order of the requests. */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  expected: number,
): Promise<string[]> {
  const bodies: string[] = [];
  const waiting = requests.entries();
  await onEachConnection(port, CONNECTIONS, async (connection) => {
    for (const [index, request] of waiting) {
      const answer = await connection.exchange(request);
      requireStatus(answer, expected);
      bodies[index] = answer.body.toString();
    }
  });
  return bodies;
}

async function onEachConnection(
  port: number,
  connections: number | undefined,
  work: (connection: Connection, number: number) => Promise<void>,
): Promise<void> {
  const worker = async (number: number) => {
    const connection = await open(port);
    try {
      await work(connection, number);
    } finally {
      connection.close();
    }
  };
  await Promise.all(
    Array.from({ length: connections ?? CONNECTIONS }, (_, number) => worker(number)),
  );
}

function requireStatus({ status, body }: Answer, expected: Load['expected']): void {
  if ([expected].flat().includes(status)) return;
  throw new Error(`answered ${status} instead of ${expected}: ${body.toString('utf8', 0, 500)}`);
}

function summarize(latencies: number[], elapsed: number, bytes: number): LoadResult {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    requests: sorted.length,
    perSecond: (sorted.length * 1000) / elapsed,
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
  let chunks: Buffer[] = [];
  let missing = 0;
  let settle: ((answer: Answer) => void) | undefined;
  let fail: ((error: Error) => void) | undefined;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    missing -= chunk.length;
    // The length of a long answer is known after its first piece; the pieces are put together once.
    if (missing > 0) return;
    const received = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    const answer = parse(received);
    if (typeof answer === 'number') {
      chunks = [received];
      missing = answer;
      return;
    }
    chunks = [];
    missing = 0;
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

/** The answer, or how many bytes of it are missing at least. */
function parse(received: Buffer): Answer | number {
  const end = received.indexOf(headEnd);
  if (end === -1) return 1;
  const head = received.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const length = Number(
    /\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? (status === 204 ? 0 : Number.NaN),
  );
  if (Number.isNaN(length)) throw new Error(`an answer without Content-Length: ${head}`);
  const missing = end + headEnd.length + length - received.length;
  if (missing > 0) return missing;
  return { status, body: received.subarray(end + headEnd.length) };
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
