import type { Database } from './database.ts';

/** One request that was sent, and what came back. */
export interface Exchange {
  readonly id: number;
  readonly at: number;
  /** The job that sent it, in words. */
  readonly purpose: string;
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string | null;
  /** Null where no answer arrived. */
  readonly status: number | null;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: string | null;
  /** Milliseconds. */
  readonly duration: number;
  /** What an observer should know: a failed connection, an answer's oddities. */
  readonly notes: readonly string[];
}

interface Row
  extends Omit<
    Exchange,
    'requestHeaders' | 'responseHeaders' | 'requestBody' | 'responseBody' | 'notes'
  > {
  request_headers: string;
  request_body: string | null;
  response_headers: string;
  response_body: string | null;
  notes: string;
}

/** How many exchanges are kept; older ones go. */
const kept = 5000;

const toExchange = (row: Row): Exchange => ({
  id: row.id,
  at: row.at,
  purpose: row.purpose,
  method: row.method,
  url: row.url,
  requestHeaders: JSON.parse(row.request_headers),
  requestBody: row.request_body,
  status: row.status,
  responseHeaders: JSON.parse(row.response_headers),
  responseBody: row.response_body,
  duration: row.duration,
  notes: JSON.parse(row.notes),
});

/** Reads and writes the log of requests. */
export type Exchanges = ReturnType<typeof createExchanges>;

export function createExchanges(database: Database) {
  const insert = database.prepare(
    `insert into exchanges (at, purpose, method, url, request_headers, request_body, status, response_headers,
       response_body, duration, notes)
     values (@at, @purpose, @method, @url, @requestHeaders, @requestBody, @status, @responseHeaders, @responseBody,
       @duration, @notes)`,
  );
  const trim = database.prepare(`delete from exchanges where id <= ? - ${kept}`);
  const one = database.prepare<[number], Row>('select * from exchanges where id = ?');
  const page = database.prepare<[number, number], Row>(
    'select * from exchanges where id < ? order by id desc limit ?',
  );
  const clear = database.prepare('delete from exchanges');
  return {
    /** Keeps an exchange. Whoever calls has redacted it. */
    add(exchange: Omit<Exchange, 'id'>): void {
      const { lastInsertRowid } = insert.run({
        ...exchange,
        requestHeaders: JSON.stringify(exchange.requestHeaders),
        responseHeaders: JSON.stringify(exchange.responseHeaders),
        notes: JSON.stringify(exchange.notes),
      });
      trim.run(lastInsertRowid);
    },
    get(id: number): Exchange | undefined {
      const row = one.get(id);
      return row === undefined ? undefined : toExchange(row);
    },
    /** The newest exchanges before `before`, newest first. */
    list: (limit: number, before = Number.MAX_SAFE_INTEGER) =>
      page.all(before, limit).map(toExchange),
    clear: () => void clear.run(),
  };
}
