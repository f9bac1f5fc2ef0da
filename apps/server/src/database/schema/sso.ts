import type { Generated } from 'kysely';

/** Connections to IdPs, and the sign-ins that come through them. */
export interface SsoTables {
  sso_connections: SsoConnectionsTable;
  sso_connection_domains: SsoConnectionDomainsTable;
  sso_requests: SsoRequestsTable;
  sso_results: SsoResultsTable;
  sso_assertions: SsoAssertionsTable;
  sso_attempts: SsoAttemptsTable;
  sso_sessions: SsoSessionsTable;
  break_glass: BreakGlassTable;
}

interface SsoConnectionsTable {
  account_id: string;
  id: string;
  name: string;
  protocol: 'saml' | 'oidc';
  state: 'draft' | 'tested' | 'enforced';
  /** Of the protocol; secrets in it are sealed. */
  settings: string;
  created_at: number;
  tested_at: number | null;
  last_sign_in_at: Generated<number | null>;
  /** When the IdP's metadata is to be fetched again; null where there is no address for that. */
  refresh_at: Generated<number | null>;
}

interface SsoConnectionDomainsTable {
  account_id: string;
  connection_id: string;
  domain_id: string;
}

interface SsoRequestsTable {
  id: string;
  account_id: string;
  connection_id: string;
  purpose: 'sign_in' | 'test';
  binding: string;
  /** Where in the console the person was headed; empty for Home. */
  next: string;
  started_by: string | null;
  secrets: string | null;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

interface SsoResultsTable {
  digest: string;
  request_id: string;
  identity: string;
  expires_at: number;
  used_at: number | null;
}

interface SsoAssertionsTable {
  connection_id: string;
  assertion_id: string;
  until: number;
}

interface SsoAttemptsTable {
  account_id: string;
  connection_id: string;
  id: string;
  at: number;
  purpose: 'sign_in' | 'test';
  outcome: 'accepted' | 'refused';
  reason: string | null;
  detail: string | null;
  subject: string | null;
  user_id: string | null;
  started_by: string | null;
  facts: string | null;
}

interface SsoSessionsTable {
  session_id: string;
  connection_id: string;
  subject: string;
  name_id_format: string;
  session_index: string | null;
}

interface BreakGlassTable {
  account_id: string;
  user_id: string;
  until: number;
  reason: string;
  created_at: number;
}
