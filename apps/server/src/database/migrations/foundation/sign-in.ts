import type { ColumnTypes } from '../../dialect/column-types.ts';

export function signIn({ key, text, integer, flag, document }: ColumnTypes): string[] {
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
