import type { ColumnTypes } from '../../dialect/column-types.ts';

export function service({ key, text, integer }: ColumnTypes): string[] {
  return [
    `create table mails (
      id ${key} primary key,
      account_id ${key},
      kind ${key} not null,
      recipient ${text} not null,
      subject ${text} not null,
      body_text ${text} not null,
      body_html ${text} not null,
      created_at ${integer} not null,
      state ${key} not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead')),
      message_id ${key},
      attempts ${integer} not null default 0,
      due_at ${integer} not null default 0,
      claimed_at ${integer},
      error ${text},
      sent_at ${integer}
    )`,
    "create index mails_open on mails (state, due_at, id) where state in ('waiting', 'sending')",
    `create table job_leases (
      name ${key} primary key,
      holder ${key},
      held_until ${integer} not null,
      run_at ${integer} not null
    )`,
    `create table database_facts (
      name ${key} primary key,
      value ${text} not null
    )`,
  ];
}
