import type { ColumnTypes } from '../../dialect/column-types.ts';

export function people({ key, text, integer, flag }: ColumnTypes): string[] {
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
