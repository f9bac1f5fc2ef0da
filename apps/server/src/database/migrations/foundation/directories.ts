import type { ColumnTypes } from '../../dialect/column-types.ts';

export function directories({ key, text, integer, flag, document, bytes }: ColumnTypes): string[] {
  return [
    `create table directories (
      id ${key} primary key,
      account_id ${key} not null,
      name ${text} not null,
      provider ${key} not null check (provider in ('okta', 'entra', 'generic')),
      state ${key} not null check (state in ('on', 'off')),
      policies ${document} not null,
      cursor_key ${bytes} not null,
      releasing ${key} check (releasing in ('keep', 'deactivate')),
      extensions_version ${integer} not null default 0,
      group_names ${key} not null check (group_names in ('unique', 'shared')),
      created_at ${integer} not null,
      changed_at ${integer} not null
    )`,
    'create index directories_account on directories (account_id)',
    `create table directory_milestones (
      directory_id ${key} not null,
      kind ${key} not null check (kind in ('connection_tested', 'first_user', 'first_profile_update', 'first_group', 'first_deactivation')),
      request_id ${key} not null,
      subject_id ${key},
      subject_name ${text},
      at ${integer} not null,
      primary key (directory_id, kind)
    )`,
    `create table connector_tokens (
      digest ${key} primary key,
      directory_id ${key} not null,
      id ${key} not null unique,
      access ${key} not null check (access in ('read_write', 'read_only')),
      last_four ${text} not null,
      created_at ${integer} not null,
      created_by ${key},
      expires_at ${integer},
      retires_at ${integer},
      revoked_at ${integer},
      last_used_at ${integer}
    )`,
    'create index connector_tokens_directory on connector_tokens (directory_id)',
    // `ordinal` is the place in the list: it grows with each create and is never reused, so pages keep their order.
    `create table directory_users (
      directory_id ${key} not null,
      id ${key} not null,
      account_id ${key} not null,
      ordinal ${integer} not null,
      user_name_folded ${key} not null,
      label ${text} not null,
      external_id ${key},
      display_name_folded ${key},
      manager_id ${key},
      active ${flag} not null,
      document ${document} not null,
      version ${integer} not null,
      created_at ${integer} not null,
      last_modified_at ${integer} not null,
      deleted_at ${integer},
      user_id ${key},
      link ${key} not null check (link in ('none', 'linked', 'invited', 'conflict', 'removed')),
      primary key (directory_id, id)
    )`,
    'create unique index directory_users_user_name on directory_users (directory_id, user_name_folded) where deleted_at is null',
    'create unique index directory_users_ordinal on directory_users (directory_id, ordinal)',
    // Lists are also sorted by these two, so that the id settles ties and those without a value are in order, too.
    'create index directory_users_external_id on directory_users (directory_id, external_id, id)',
    'create index directory_users_display_name on directory_users (directory_id, display_name_folded, id)',
    'create index directory_users_manager on directory_users (directory_id, manager_id) where manager_id is not null',
    'create index directory_users_last_modified on directory_users (directory_id, last_modified_at)',
    'create index directory_users_user on directory_users (account_id, user_id) where user_id is not null',
    // Deleted records that still hold personal data; a purged one leaves the index.
    "create index directory_users_tombstones on directory_users (deleted_at) where deleted_at is not null and document <> '{}'",
    `create table directory_user_emails (
      directory_id ${key} not null,
      value_folded ${key} not null,
      directory_user_id ${key} not null,
      is_primary ${flag} not null,
      primary key (directory_id, value_folded, directory_user_id)
    )`,
    // All that is asked of a user's addresses. The user leads: SQLite would search an address in it for covering the answer.
    'create index directory_user_emails_user on directory_user_emails (directory_user_id, directory_id, is_primary, value_folded)',
    // `unique_name` is the folded name, or null where the directory allowed several groups of one name as it was written.
    `create table directory_groups (
      directory_id ${key} not null,
      id ${key} not null,
      account_id ${key} not null,
      ordinal ${integer} not null,
      display_name_folded ${key} not null,
      label ${text} not null,
      unique_name ${key},
      external_id ${key},
      document ${document} not null,
      version ${integer} not null,
      created_at ${integer} not null,
      last_modified_at ${integer} not null,
      deleted_at ${integer},
      team_id ${key},
      team_choice ${key} not null default 'auto' check (team_choice in ('auto', 'none', 'offered')),
      primary key (directory_id, id)
    )`,
    'create unique index directory_groups_name on directory_groups (directory_id, unique_name) where deleted_at is null and unique_name is not null',
    'create unique index directory_groups_ordinal on directory_groups (directory_id, ordinal)',
    'create index directory_groups_display_name on directory_groups (directory_id, display_name_folded, id)',
    'create index directory_groups_external_id on directory_groups (directory_id, external_id, id)',
    `create table directory_group_members (
      directory_id ${key} not null,
      group_id ${key} not null,
      member_id ${key} not null,
      member_type ${key} not null check (member_type in ('User', 'Group')),
      primary key (directory_id, group_id, member_id)
    )`,
    'create index directory_group_members_member on directory_group_members (directory_id, member_id, group_id)',
    // Groups inside others are few or none.
    "create index directory_group_members_nested on directory_group_members (directory_id, member_id) where member_type = 'Group'",
    // Live resources by 1,024 ordinals; totals and deep pages are sums over these rows. `lane` keeps concurrent writers
    // of one process apart, so that no create waits for another's counter.
    `create table resource_counts (
      directory_id ${key} not null,
      resource_type ${key} not null check (resource_type in ('User', 'Group')),
      bucket ${integer} not null,
      lane ${integer} not null,
      live ${integer} not null,
      primary key (directory_id, resource_type, bucket, lane)
    )`,
  ];
}
