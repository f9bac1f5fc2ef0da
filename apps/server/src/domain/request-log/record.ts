import type { Placeholders, Schema, Transaction } from '../../database/index.ts';
import { statement } from '../../database/index.ts';

/** One request, as the log keeps it. */
export type LoggedRequest = Schema['request_log'];

/** The columns of a request that changed nothing and said nothing else: what most rows are. */
export type LoggedRead = Pick<
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

const insertReads = statement(
  'request_log.insert_reads',
  (db, p: Placeholders<{ rows: readonly LoggedRead[] }>, dialect) =>
    db
      .insertInto('request_log')
      .columns([...readColumns])
      .expression(
        db.selectFrom(dialect.rows(p.rows, readColumnTypes).as('rows')).select([...readColumns]),
      ),
);

const readColumnTypes = {
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
  subject_id: 'text',
  subject_name: 'text',
  request_headers: 'text',
} as const;

const readColumns = [
  'directory_id',
  'id',
  'account_id',
  'at',
  'method',
  'path',
  'operation',
  'outcome',
  'status',
  'duration_us',
  'token_id',
  'subject_id',
  'subject_name',
  'request_headers',
] as const;

/** Logs a request in the unit of what it changed. */
export async function recordRequest(tx: Transaction, request: LoggedRequest): Promise<void> {
  tx.send(insertRequest, request);
}

/**
 * Logs many requests. On PostgreSQL those that carry nothing but their line go in one round trip; on SQLite, which has none,
 * a statement a row takes half the time of one over a list.
 */
export async function recordRequests(
  tx: Transaction,
  requests: readonly LoggedRequest[],
): Promise<void> {
  const together = tx.dialect.engine === 'postgres' ? requests.filter(isPlain) : [];
  if (together.length > 0) await tx.run(insertReads, { rows: together.map(plain) });
  const single = together.length === 0 ? requests : requests.filter((each) => !isPlain(each));
  for (const request of single) await tx.run(insertRequest, request);
}

function isPlain(request: LoggedRequest): boolean {
  return (
    request.explanation === null &&
    request.detail === null &&
    request.request_body === null &&
    request.response_body === null &&
    request.difference === null
  );
}

function plain(request: LoggedRequest): LoggedRead {
  return {
    directory_id: request.directory_id,
    id: request.id,
    account_id: request.account_id,
    at: request.at,
    method: request.method,
    path: request.path,
    operation: request.operation,
    outcome: request.outcome,
    status: request.status,
    duration_us: request.duration_us,
    token_id: request.token_id,
    subject_id: request.subject_id,
    subject_name: request.subject_name,
    request_headers: request.request_headers,
  };
}
