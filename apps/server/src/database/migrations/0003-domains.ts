import type { ColumnTypes } from '../dialect/column-types.ts';

/** What DNS answered about domains, who may be invited, and codes that prove an address by mail. */
export function domains({ key, integer, document, text }: ColumnTypes): string[] {
  return [
    `create table domain_checks (
      account_id ${key} not null,
      domain_id ${key} not null,
      id ${key} not null,
      at ${integer} not null,
      verdict ${key} not null check (verdict in ('found', 'missing', 'unknown')),
      answers ${document} not null,
      primary key (account_id, domain_id, id),
      foreign key (account_id, domain_id) references domains (account_id, id) on delete cascade
    )`,
    // The row without an organization holds for every one that has no row of its own.
    `create table invite_rules (
      account_id ${key} not null,
      organization_id ${key} not null,
      rule ${key} not null check (rule in ('all', 'verified', 'custom')),
      domains ${document} not null,
      primary key (account_id, organization_id)
    )`,
    `create table address_codes (
      id ${key} primary key,
      digest ${key},
      purpose ${key} not null check (purpose in ('sign_up', 'reset', 'first_passphrase', 'first_factor')),
      user_id ${key},
      account_id ${key},
      address ${text} not null,
      address_folded ${key} not null,
      created_at ${integer} not null,
      expires_at ${integer} not null,
      used_at ${integer}
    )`,
    // How far the effects of an account have been looked at for people who need a passphrase.
    `create table first_passphrase_marks (
      account_id ${key} primary key,
      effect_id ${key} not null
    )`,
    'create unique index address_codes_digest on address_codes (digest) where digest is not null',
    'create index address_codes_requests on address_codes (id) where digest is null and used_at is null',
    'create index address_codes_expired on address_codes (expires_at)',
    'create index address_codes_address on address_codes (purpose, address_folded, created_at)',
    'create index address_codes_user on address_codes (user_id) where user_id is not null',
  ];
}
