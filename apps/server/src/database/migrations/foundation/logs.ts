import type { ColumnTypes } from '../../dialect/column-types.ts';

export function logs({ key, text, integer, document }: ColumnTypes): string[] {
  return [
    `create table request_log (
      directory_id ${key} not null,
      id ${key} not null,
      account_id ${key} not null,
      at ${integer} not null,
      method ${key} not null,
      path ${text} not null,
      operation ${key} not null,
      outcome ${key} not null check (outcome in ('changed', 'unchanged', 'refused', 'failed')),
      status ${integer} not null,
      duration_us ${integer} not null,
      token_id ${key},
      subject_id ${key},
      subject_name ${text},
      explanation ${key},
      detail ${text},
      request_headers ${document},
      request_body ${document},
      response_body ${document},
      difference ${document},
      primary key (directory_id, id)
    )`,
    // Most requests change nothing; those are found without an index, and cost none.
    "create index request_log_outcome on request_log (directory_id, outcome, id) where outcome <> 'unchanged'",
    // Without those that only read: each would touch another page of this index, which costs more than the line itself.
    "create index request_log_subject on request_log (directory_id, subject_id, id) where subject_id is not null and method <> 'GET'",
    // Requests of whole hours, counted once, so that a chart does not read the log.
    `create table request_log_hours (
      directory_id ${key} not null,
      hour ${integer} not null,
      outcome ${key} not null check (outcome in ('changed', 'unchanged', 'refused', 'failed')),
      requests ${integer} not null,
      primary key (directory_id, hour, outcome)
    )`,
    `create table api_keys (
      digest ${key} primary key,
      account_id ${key} not null,
      id ${key} not null,
      name ${text} not null,
      scopes ${document} not null,
      last_four ${text} not null,
      created_at ${integer} not null,
      created_by ${key},
      expires_at ${integer} not null,
      revoked_at ${integer},
      last_used_at ${integer}
    )`,
    'create unique index api_keys_account on api_keys (account_id, id)',
    `create table idempotency_keys (
      account_id ${key} not null,
      actor_id ${key} not null,
      key ${key} not null,
      request_digest ${key} not null,
      created_at ${integer} not null,
      answer ${document},
      primary key (account_id, actor_id, key)
    )`,
    'create index idempotency_keys_created on idempotency_keys (created_at)',
    // How many seats an account had on a day (a count of UTC days since 1970), for a plot of the year.
    `create table seat_days (
      account_id ${key} not null,
      day ${integer} not null,
      purchased ${integer} not null,
      used ${integer} not null,
      reserved ${integer} not null,
      primary key (account_id, day)
    )`,
    `create table audit_events (
      account_id ${key} not null,
      id ${key} not null,
      at ${integer} not null,
      actor_kind ${key} not null check (actor_kind in ('user', 'api_key', 'directory', 'operator', 'system')),
      actor_id ${key},
      actor_name ${text},
      action ${key} not null,
      subject_kind ${key},
      subject_id ${key},
      subject_name ${text},
      before ${document},
      after ${document},
      request_id ${key},
      primary key (account_id, id)
    )`,
    'create index audit_events_subject on audit_events (account_id, subject_id, id) where subject_id is not null',
  ];
}
