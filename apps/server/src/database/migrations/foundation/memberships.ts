import type { ColumnTypes } from '../../dialect/column-types.ts';

export function memberships({ key, text, integer, flag }: ColumnTypes): string[] {
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
