import { minute } from '../../duration.ts';
import { numberInWords } from '../number-in-words.ts';
import type { RequestLogBuffer } from './log-buffer.ts';
import type { LoggedRequest } from './record.ts';

/** Lines that one directory gets in a minute. */
const LINES = 10;

interface Minute {
  /** When its first request came, UTC milliseconds. */
  readonly from: number;
  readonly timer: NodeJS.Timeout;
  requests: number;
  /** The last line, which is written when it is known how many more came. */
  last: LoggedRequest | undefined;
}

/**
 * Logs requests of a kind that may come without end, such as those that show no valid token. A directory gets a few lines of
 * them a minute, the last of which says how many more there were.
 */
export class GatheredRequests {
  readonly #log: Pick<RequestLogBuffer, 'add'>;
  readonly #kind: string;
  readonly #minutes = new Map<string, Minute>();

  /** @param kind what they have in common, as words that follow "requests" */
  constructor(log: Pick<RequestLogBuffer, 'add'>, kind: string) {
    this.#log = log;
    this.#kind = kind;
  }

  /**
   * Takes a request of a directory; a promise where the caller must wait because the database is behind.
   *
   * @param lineOf asked only where the line is kept
   */
  add(directoryId: string, at: number, lineOf: () => LoggedRequest): Promise<void> | undefined {
    const current = this.#minuteOf(directoryId, at);
    current.requests += 1;
    if (current.requests < LINES) return this.#log.add(lineOf());
    current.last ??= lineOf();
    return undefined;
  }

  /** Hands the last lines over; to be called before the log is flushed for the last time. */
  close(): void {
    for (const directoryId of [...this.#minutes.keys()]) this.#end(directoryId);
  }

  #minuteOf(directoryId: string, at: number): Minute {
    const known = this.#minutes.get(directoryId);
    if (known !== undefined && at - known.from < minute) return known;
    this.#end(directoryId);
    const timer = setTimeout(() => this.#end(directoryId), minute).unref();
    const begun: Minute = { from: at, timer, requests: 0, last: undefined };
    this.#minutes.set(directoryId, begun);
    return begun;
  }

  #end(directoryId: string): void {
    const ended = this.#minutes.get(directoryId);
    if (ended === undefined) return;
    clearTimeout(ended.timer);
    this.#minutes.delete(directoryId);
    if (ended.last !== undefined) {
      void this.#log.add(withCount(ended.last, ended.requests - LINES, this.#kind));
    }
  }
}

function withCount(line: LoggedRequest, more: number, kind: string): LoggedRequest {
  if (more === 0) return line;
  const requests = more === 1 ? '1 more request' : `${numberInWords(more)} more requests`;
  const told = `${requests} ${kind} came within a minute and got no line.`;
  return { ...line, detail: line.detail === null ? told : `${told} ${line.detail}` };
}
