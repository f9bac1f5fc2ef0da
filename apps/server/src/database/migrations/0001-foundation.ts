import type { ColumnTypes } from '../dialect/column-types.ts';

/**
 * The tables of the first release. Keys lead with the account or the directory, so that every query is keyed by one of
 * them and the schema can be sharded by them. `key` columns compare by bytes on both engines. Times are UTC
 * milliseconds. Foreign keys stand only where a parent is not locked by every create.
 */
export function foundation(types: ColumnTypes): string[] {
  return [accounts, people, memberships, signIn, directories, provisioning, logs, service].flatMap(
    (tables) => tables(types),
  );
}

function accounts({ key, text, integer }: ColumnTypes): string[] {
  return [
    `create table accounts (
      id ${key} primary key,
      name ${text} not null,
      plan ${key} not null check (plan in ('essentials', 'enterprise')),
      plan_source ${key} not null check (plan_source in ('none', 'trial', 'activation_code')),
      plan_until ${integer},
      trial_started_at ${integer},
      created_at ${integer} not null
    )`,
    `create table licenses (
      account_id ${key} primary key references accounts (id) on delete cascade,
      quantity ${integer} not null check (quantity >= 0),
      unique (account_id, quantity)
    )`,
    // A seat is a row to claim. `purchased` repeats the licensed quantity under a foreign key, so that the check below
    // is the database's own promise: a seat beyond what was bought cannot exist. Rows appear in blocks, on demand.
    `create table seats (
      account_id ${key} not null,
      number ${integer} not null,
      purchased ${integer} not null,
      holder_kind ${key} check (holder_kind in ('user', 'invitation')),
      holder_id ${key},
      claimed_at ${integer},
      primary key (account_id, number),
      foreign key (account_id, purchased) references licenses (account_id, quantity) on update cascade on delete cascade,
      check (number >= 1 and number <= purchased),
      check ((holder_kind is null) = (holder_id is null))
    )`,
    'create unique index seats_holder on seats (account_id, holder_kind, holder_id) where holder_id is not null',
    'create index seats_free on seats (account_id, number) where holder_id is null',
    `create table activation_codes (
      digest ${key} primary key,
      id ${key} not null unique,
      last_four ${text} not null,
      plan ${key} not null check (plan in ('essentials', 'enterprise')),
      seats ${integer} not null check (seats > 0),
      plan_days ${integer},
      created_at ${integer} not null,
      expires_at ${integer} not null,
      used_at ${integer},
      account_id ${key}
    )`,
  ];
}

function people({ key, text, integer, flag }: ColumnTypes): string[] {
  return [
    `create table users (
      id ${key} primary key,
      name ${text} not null,
      passphrase_hash ${text},
      passphrase_set_at ${integer},
      created_at ${integer} not null
    )`,
    `create table user_emails (
      user_id ${key} not null,
      address_folded ${key} not null,
      address ${text} not null,
      is_primary ${flag} not null,
      proved_at ${integer},
      proved_by ${key},
      created_at ${integer} not null,
      ended_at ${integer},
      own_domain ${key},
      primary key (user_id, address_folded)
    )`,
    'create unique index user_emails_proved on user_emails (address_folded) where proved_at is not null and ended_at is null',
    'create index user_emails_address on user_emails (address_folded)',
    // The domain of an address that its person brought; what directories say is not in it, and costs nothing.
    'create index user_emails_own on user_emails (own_domain, user_id) where own_domain is not null',
    `create table user_identities (
      connection_id ${key} not null,
      subject ${key} not null,
      user_id ${key} not null,
      created_at ${integer} not null,
      primary key (connection_id, subject)
    )`,
    'create index user_identities_user on user_identities (user_id)',
    `create table sessions (
      digest ${key} primary key,
      id ${key} not null unique,
      user_id ${key} not null,
      created_at ${integer} not null,
      last_seen_at ${integer} not null,
      expires_at ${integer} not null,
      ended_at ${integer},
      address ${text} not null,
      user_agent ${text} not null,
      pending ${integer} not null default 0
    )`,
    'create index sessions_user on sessions (user_id)',
    // Entering an account needs an authentication that this account accepts: `account_id` is null for a local factor.
    `create table session_authentications (
      session_id ${key} not null references sessions (id) on delete cascade,
      method ${key} not null check (method in ('passphrase', 'passkey', 'totp', 'saml', 'oidc')),
      connection_id ${key} not null,
      account_id ${key},
      at ${integer} not null,
      primary key (session_id, method, connection_id)
    )`,
    `create table setup_links (
      digest ${key} primary key,
      created_at ${integer} not null,
      expires_at ${integer} not null,
      used_at ${integer}
    )`,
    `create table throttles (
      key ${key} primary key,
      failures ${integer} not null,
      blocked_until ${integer} not null,
      updated_at ${integer} not null
    )`,
  ];
}

function memberships({ key, text, integer, flag }: ColumnTypes): string[] {
  return [
    `create table memberships (
      account_id ${key} not null,
      user_id ${key} not null,
      role ${key} not null check (role in ('owner', 'co_owner', 'member', 'billing_only')),
      state ${key} not null check (state in ('active', 'waiting', 'deactivated', 'removed')),
      created_at ${integer} not null,
      changed_at ${integer} not null,
      last_active_at ${integer},
      primary key (account_id, user_id)
    )`,
    'create index memberships_user on memberships (user_id, account_id)',
    // Few people have one of these roles, and every page that names them asks for them.
    "create index memberships_roles on memberships (account_id, role, user_id) where role <> 'member'",
    `create table membership_sources (
      account_id ${key} not null,
      user_id ${key} not null,
      kind ${key} not null check (kind in ('manual', 'invitation', 'capture', 'jit', 'directory')),
      source_id ${key} not null,
      created_at ${integer} not null,
      primary key (account_id, user_id, kind, source_id)
    )`,
    'create index membership_sources_source on membership_sources (account_id, kind, source_id)',
    `create table organizations (
      account_id ${key} not null,
      id ${key} not null,
      name ${text} not null,
      created_at ${integer} not null,
      primary key (account_id, id)
    )`,
    `create table organization_members (
      account_id ${key} not null,
      organization_id ${key} not null,
      user_id ${key} not null,
      source_kind ${key} not null check (source_kind in ('manual', 'invitation', 'capture', 'jit')),
      source_id ${key} not null,
      role ${key} not null check (role in ('admin', 'member')),
      created_at ${integer} not null,
      primary key (account_id, organization_id, user_id, source_kind, source_id),
      foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
    )`,
    // An organization that is offered to the owner of another account, until they accept it.
    `create table organization_transfers (
      account_id ${key} not null,
      organization_id ${key} not null,
      to_account_id ${key} not null,
      to_user_id ${key} not null,
      requested_by ${key},
      created_at ${integer} not null,
      primary key (account_id, organization_id),
      foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
    )`,
    'create index organization_transfers_offered on organization_transfers (to_account_id)',
    'create index organization_members_user on organization_members (account_id, user_id)',
    `create table teams (
      account_id ${key} not null,
      id ${key} not null,
      name ${text} not null,
      name_folded ${key} not null,
      description ${text} not null,
      role ${key} not null check (role in ('admin', 'member')),
      origin ${key} not null default 'manual' check (origin in ('manual', 'directory')),
      directory_id ${key},
      directory_group_id ${key},
      idp_decides_alone ${flag} not null,
      created_at ${integer} not null,
      primary key (account_id, id)
    )`,
    'create unique index teams_name on teams (account_id, name_folded)',
    'create unique index teams_directory_group on teams (directory_id, directory_group_id) where directory_group_id is not null',
    // One row a source: the member leaves with the last of them.
    `create table team_members (
      account_id ${key} not null,
      team_id ${key} not null,
      user_id ${key} not null,
      source_kind ${key} not null check (source_kind in ('manual', 'invitation', 'directory')),
      source_id ${key} not null,
      created_at ${integer} not null,
      primary key (account_id, team_id, user_id, source_kind, source_id),
      foreign key (account_id, team_id) references teams (account_id, id) on delete cascade
    )`,
    'create index team_members_user on team_members (account_id, user_id, source_kind, source_id)',
    `create table team_organizations (
      account_id ${key} not null,
      team_id ${key} not null,
      organization_id ${key} not null,
      created_at ${integer} not null,
      primary key (account_id, team_id, organization_id),
      foreign key (account_id, team_id) references teams (account_id, id) on delete cascade,
      foreign key (account_id, organization_id) references organizations (account_id, id) on delete cascade
    )`,
    'create index team_organizations_organization on team_organizations (account_id, organization_id)',
    `create table invitations (
      account_id ${key} not null,
      id ${key} not null,
      digest ${key},
      address ${text} not null,
      address_folded ${key} not null,
      role ${key} not null check (role in ('owner', 'co_owner', 'member', 'billing_only')),
      state ${key} not null check (state in ('waiting', 'pending', 'accepted', 'expired', 'revoked')),
      directory_id ${key},
      directory_user_id ${key},
      invited_by ${key},
      created_at ${integer} not null,
      sent_at ${integer},
      expires_at ${integer} not null,
      accepted_at ${integer},
      accepted_by ${key},
      organization_id ${key},
      organization_role ${key} check (organization_role in ('admin', 'member')),
      team_id ${key},
      primary key (account_id, id),
      check ((organization_id is null) = (organization_role is null))
    )`,
    'create unique index invitations_digest on invitations (digest) where digest is not null',
    "create unique index invitations_directory_user on invitations (directory_id, directory_user_id) where directory_user_id is not null and state in ('waiting', 'pending')",
    "create unique index invitations_by_hand on invitations (account_id, address_folded, coalesce(organization_id, ''), coalesce(team_id, '')) where directory_user_id is null and state = 'pending'",
    "create index invitations_unsent on invitations (id) where state = 'pending' and digest is null",
    "create index invitations_open_address on invitations (address_folded) where state in ('waiting', 'pending')",
    'create index invitations_sent on invitations (account_id, directory_id, sent_at)',
  ];
}

function signIn({ key, text, integer, flag, document }: ColumnTypes): string[] {
  return [
    `create table domains (
      account_id ${key} not null,
      id ${key} not null,
      name ${key} not null,
      method ${key} not null check (method in ('unique', 'root')),
      parent_id ${key},
      state ${key} not null check (state in ('pending', 'verified', 'lapsing', 'lapsed')),
      verification_token ${text} not null,
      capture ${flag} not null,
      lock ${flag} not null,
      created_at ${integer} not null,
      verified_at ${integer},
      failing_since ${integer},
      checked_at ${integer},
      check_at ${integer} not null,
      primary key (account_id, id),
      check ((method = 'root') = (parent_id is not null))
    )`,
    "create unique index domains_verified on domains (name) where state in ('verified', 'lapsing')",
    'create unique index domains_name on domains (account_id, name)',
    'create index domains_due on domains (check_at)',
    `create table sso_connections (
      account_id ${key} not null,
      id ${key} not null,
      name ${text} not null,
      protocol ${key} not null check (protocol in ('saml', 'oidc')),
      state ${key} not null check (state in ('draft', 'tested', 'enforced')),
      settings ${document} not null,
      created_at ${integer} not null,
      tested_at ${integer},
      last_sign_in_at ${integer},
      refresh_at ${integer},
      primary key (account_id, id)
    )`,
    // The address that an IdP posts to holds the connection alone.
    'create unique index sso_connections_id on sso_connections (id)',
    'create index sso_connections_refresh on sso_connections (refresh_at) where refresh_at is not null',
    `create table sso_connection_domains (
      account_id ${key} not null,
      connection_id ${key} not null,
      domain_id ${key} not null,
      primary key (account_id, connection_id, domain_id),
      foreign key (account_id, connection_id) references sso_connections (account_id, id) on delete cascade,
      foreign key (account_id, domain_id) references domains (account_id, id) on delete cascade
    )`,
    'create index sso_connection_domains_domain on sso_connection_domains (domain_id)',
  ];
}

function directories({ key, text, integer, flag, document, bytes }: ColumnTypes): string[] {
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

function provisioning({ key, text, integer, document }: ColumnTypes): string[] {
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

function logs({ key, text, integer, document }: ColumnTypes): string[] {
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

function service({ key, text, integer }: ColumnTypes): string[] {
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
