import type { ColumnTypes } from '../../dialect/column-types.ts';

export function provisioning({ key, text, integer, document }: ColumnTypes): string[] {
  return [
    `create table effects (
      account_id ${key} not null,
      id ${key} not null,
      directory_id ${key} not null,
      request_id ${key} not null,
      kind ${key} not null,
      state ${key} not null check (state in ('applied', 'held', 'waiting', 'refused', 'undone')),
      reason ${key},
      directory_user_id ${key},
      directory_group_id ${key},
      user_id ${key},
      team_id ${key},
      subject_name ${text},
      before ${document},
      after ${document},
      created_at ${integer} not null,
      settled_at ${integer},
      primary key (account_id, id)
    )`,
    'create index effects_request on effects (account_id, request_id)',
    'create index effects_user on effects (account_id, user_id) where user_id is not null',
    // Open effects wait or are held. Queries say `settled_at is null`, which both planners can match with the indexes.
    'create index effects_open on effects (account_id, reason, id) where settled_at is null',
    'create index effects_open_directory on effects (directory_id, id) where settled_at is null',
    'create index effects_open_record on effects (account_id, directory_user_id) where settled_at is null',
    'create index effects_open_group on effects (account_id, directory_group_id) where settled_at is null',
  ];
}
