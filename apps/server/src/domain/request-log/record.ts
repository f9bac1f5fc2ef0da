import { insertRows, type Schema, statement, type Transaction } from '../../database/index.ts';
import { redactPath, redactWords } from './redact.ts';

/** One request, as the log keeps it. */
export type LoggedRequest = Schema['request_log'];

const insertRequest = statement<LoggedRequest, unknown>('request_log.insert', (db, p) =>
  db
    .insertInto('request_log')
    .values({
      directory_id: p.directory_id,
      id: p.id,
      account_id: p.account_id,
      at: p.at,
      method: p.method,
      path: p.path,
      operation: p.operation,
      outcome: p.outcome,
      status: p.status,
      duration_us: p.duration_us,
      token_id: p.token_id,
      subject_id: p.subject_id,
      subject_name: p.subject_name,
      explanation: p.explanation,
      detail: p.detail,
      request_headers: p.request_headers,
      request_body: p.request_body,
      response_body: p.response_body,
      difference: p.difference,
    })
    // A unit whose outcome nobody could tell may have written the line already: what it says is what happened.
    .onConflict((conflict) => conflict.columns(['directory_id', 'id']).doNothing()),
);

/** Logs a request in the unit of what it changed. */
export async function recordRequest(tx: Transaction, request: LoggedRequest): Promise<void> {
  await tx.run(insertRequest, request);
}

/** A request that read, found what it asked for and has nothing else to tell, as it waits for its line: not redacted yet. */
export interface ReadRequest {
  readonly directory: { readonly id: string; readonly accountId: string };
  readonly id: string;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly status: number;
  readonly durationUs: number;
  readonly tokenId: string;
  readonly subject: { readonly id: string; readonly name: string } | undefined;
  /** As `redactHeaders` makes them. */
  readonly headers: string;
}

/** The columns of its line; the others are null. */
type ReadLine = Pick<
  LoggedRequest,
  | 'directory_id'
  | 'id'
  | 'account_id'
  | 'at'
  | 'method'
  | 'path'
  | 'operation'
  | 'outcome'
  | 'status'
  | 'duration_us'
  | 'token_id'
  | 'subject_id'
  | 'subject_name'
  | 'request_headers'
>;

/** The lines of requests that read, which are appended many at once. */
export const readLines = insertRows<ReadLine>('request_log.insert_reads', 'request_log', {
  directory_id: 'text',
  id: 'text',
  account_id: 'text',
  at: 'integer',
  method: 'text',
  path: 'text',
  operation: 'text',
  outcome: 'text',
  status: 'integer',
  duration_us: 'integer',
  token_id: 'text',
  subject_id: 'text?',
  subject_name: 'text?',
  request_headers: 'text',
});

/** The line of a request that read. */
export function readLine(request: ReadRequest): ReadLine {
  const { directory, subject } = request;
  return {
    directory_id: directory.id,
    id: request.id,
    account_id: directory.accountId,
    at: request.at,
    method: request.method,
    path: redactPath(request.path),
    operation: request.operation,
    outcome: 'unchanged',
    status: request.status,
    duration_us: request.durationUs,
    token_id: request.tokenId,
    subject_id: subject?.id ?? null,
    subject_name: subject === undefined ? null : redactWords(subject.name),
    request_headers: request.headers,
  };
}
