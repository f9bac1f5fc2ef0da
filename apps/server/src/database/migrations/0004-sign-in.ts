import type { ColumnTypes } from '../dialect/column-types.ts';

/** Sign-ins through an IdP, local factors, and who may pass SSO for a while. */
export function signIn(types: ColumnTypes): string[] {
  return [...sso(types), ...factors(types)];
}

function sso({ key, text, integer, document }: ColumnTypes): string[] {
  return [
    // What was sent to an IdP and has had no answer. `binding` is the digest of what the browser keeps in a cookie.
    `create table sso_requests (
      id ${key} primary key,
      account_id ${key} not null,
      connection_id ${key} not null,
      purpose ${key} not null check (purpose in ('sign_in', 'test')),
      binding ${key} not null,
      next ${text} not null,
      started_by ${key},
      secrets ${document},
      created_at ${integer} not null,
      expires_at ${integer} not null,
      used_at ${integer}
    )`,
    'create index sso_requests_expiry on sso_requests (expires_at)',
    // What an IdP said, until the browser fetches it by a code.
    `create table sso_results (
      digest ${key} primary key,
      request_id ${key} not null references sso_requests (id) on delete cascade,
      identity ${document} not null,
      expires_at ${integer} not null,
      used_at ${integer}
    )`,
    'create index sso_results_request on sso_results (request_id)',
    `create table sso_assertions (
      connection_id ${key} not null,
      assertion_id ${key} not null,
      until ${integer} not null,
      primary key (connection_id, assertion_id)
    )`,
    'create index sso_assertions_until on sso_assertions (until)',
    `create table sso_attempts (
      account_id ${key} not null,
      connection_id ${key} not null,
      id ${key} not null,
      at ${integer} not null,
      purpose ${key} not null check (purpose in ('sign_in', 'test')),
      outcome ${key} not null check (outcome in ('accepted', 'refused')),
      reason ${key},
      detail ${text},
      subject ${text},
      user_id ${key},
      started_by ${key},
      facts ${document},
      primary key (account_id, connection_id, id)
    )`,
    'create index sso_attempts_at on sso_attempts (at)',
    // By what the IdP knows a session, so that it can end it.
    `create table sso_sessions (
      session_id ${key} not null references sessions (id) on delete cascade,
      connection_id ${key} not null,
      subject ${key} not null,
      name_id_format ${text} not null,
      session_index ${key},
      primary key (session_id, connection_id)
    )`,
    'create index sso_sessions_subject on sso_sessions (connection_id, subject)',
    `create table break_glass (
      account_id ${key} not null,
      user_id ${key} not null,
      until ${integer} not null,
      reason ${text} not null,
      created_at ${integer} not null,
      primary key (account_id, user_id)
    )`,
  ];
}

function factors({ key, text, integer, document }: ColumnTypes): string[] {
  return [
    `create table passkeys (
      user_id ${key} not null,
      id ${key} not null,
      credential_id ${key} not null unique,
      public_key ${text} not null,
      counter ${integer} not null,
      transports ${document} not null,
      name ${text} not null,
      created_at ${integer} not null,
      last_used_at ${integer},
      primary key (user_id, id)
    )`,
    `create table totp_secrets (
      user_id ${key} primary key,
      secret ${text} not null,
      created_at ${integer} not null,
      confirmed_at ${integer},
      last_step ${integer} not null
    )`,
    `create table recovery_codes (
      user_id ${key} not null,
      digest ${key} not null,
      used_at ${integer},
      primary key (user_id, digest)
    )`,
    // The challenge that a session's or a signing-in browser's passkey is to sign.
    `create table passkey_challenges (
      digest ${key} primary key,
      user_id ${key},
      challenge ${text} not null,
      expires_at ${integer} not null
    )`,
    'create index passkey_challenges_expiry on passkey_challenges (expires_at)',
  ];
}
