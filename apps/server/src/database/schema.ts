import type { Generated } from 'kysely';

/** The rows of the tables, as both engines return them. Times are UTC milliseconds. */

/** 0 or 1. */
export type Flag = 0 | 1;

export interface AccountsTable {
  id: string;
  name: string;
  plan: 'essentials' | 'enterprise';
  plan_source: 'none' | 'trial' | 'activation_code';
  plan_until: number | null;
  trial_started_at: number | null;
  created_at: number;
}

export interface LicensesTable {
  account_id: string;
  quantity: number;
}

export interface SeatsTable {
  account_id: string;
  number: number;
  purchased: number;
  holder_kind: 'user' | 'invitation' | null;
  holder_id: string | null;
  claimed_at: number | null;
}

export interface ActivationCodesTable {
  digest: string;
  id: string;
  last_four: string;
  plan: 'essentials' | 'enterprise';
  seats: number;
  plan_days: number | null;
  created_at: number;
  expires_at: number;
  used_at: number | null;
  account_id: string | null;
}

export interface UsersTable {
  id: string;
  name: string;
  passphrase_hash: string | null;
  passphrase_set_at: number | null;
  created_at: number;
}

export interface UserEmailsTable {
  user_id: string;
  address_folded: string;
  address: string;
  is_primary: Flag;
  proved_at: number | null;
  proved_by: string | null;
  created_at: number;
  ended_at: number | null;
  /** The domain of an address that its person brought; null for one that a directory said. */
  own_domain: Generated<string | null>;
}

export interface UserIdentitiesTable {
  connection_id: string;
  subject: string;
  user_id: string;
  created_at: number;
}

export interface SessionsTable {
  digest: string;
  id: string;
  user_id: string;
  created_at: number;
  last_seen_at: number;
  expires_at: number;
  ended_at: number | null;
  address: string;
  user_agent: string;
  /** A second factor is yet to be presented: until then it opens nothing. */
  pending: Generated<Flag>;
}

export interface SessionAuthenticationsTable {
  session_id: string;
  method: 'passphrase' | 'passkey' | 'totp' | 'saml' | 'oidc';
  connection_id: string;
  account_id: string | null;
  at: number;
}

export interface SetupLinksTable {
  digest: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface ThrottlesTable {
  key: string;
  failures: number;
  blocked_until: number;
  updated_at: number;
}

export interface MembershipsTable {
  account_id: string;
  user_id: string;
  role: 'owner' | 'co_owner' | 'member' | 'billing_only';
  state: 'active' | 'waiting' | 'deactivated' | 'removed';
  created_at: number;
  changed_at: number;
  last_active_at: number | null;
}

export interface MembershipSourcesTable {
  account_id: string;
  user_id: string;
  kind: 'manual' | 'invitation' | 'capture' | 'jit' | 'directory';
  source_id: string;
  created_at: number;
}

export interface OrganizationsTable {
  account_id: string;
  id: string;
  name: string;
  created_at: number;
}

export interface OrganizationMembersTable {
  account_id: string;
  organization_id: string;
  user_id: string;
  source_kind: 'manual' | 'invitation' | 'capture' | 'jit';
  source_id: string;
  role: 'admin' | 'member';
  created_at: number;
}

export interface TeamsTable {
  account_id: string;
  id: string;
  name: string;
  name_folded: string;
  description: string;
  role: 'admin' | 'member';
  /** Who made it: a team that a directory made goes with its group when nothing else holds it. */
  origin: Generated<'manual' | 'directory'>;
  directory_id: string | null;
  directory_group_id: string | null;
  idp_decides_alone: Flag;
  created_at: number;
}

export interface TeamMembersTable {
  account_id: string;
  team_id: string;
  user_id: string;
  source_kind: 'manual' | 'invitation' | 'directory';
  source_id: string;
  created_at: number;
}

export interface TeamOrganizationsTable {
  account_id: string;
  team_id: string;
  organization_id: string;
  created_at: number;
}

export interface InvitationsTable {
  account_id: string;
  id: string;
  digest: string | null;
  address: string;
  address_folded: string;
  role: 'owner' | 'co_owner' | 'member' | 'billing_only';
  state: 'waiting' | 'pending' | 'accepted' | 'expired' | 'revoked';
  directory_id: string | null;
  directory_user_id: string | null;
  invited_by: string | null;
  created_at: number;
  sent_at: number | null;
  expires_at: number;
  accepted_at: number | null;
  accepted_by: string | null;
  organization_id: Generated<string | null>;
  organization_role: Generated<'admin' | 'member' | null>;
  team_id: Generated<string | null>;
}

export interface DomainsTable {
  account_id: string;
  id: string;
  /** ASCII, lower case: IDNs as `xn--…`. */
  name: string;
  method: 'unique' | 'root';
  /** The domain whose proof is this one's too, with the method `root`. */
  parent_id: string | null;
  state: 'pending' | 'verified' | 'lapsing' | 'lapsed';
  verification_token: string;
  capture: Flag;
  lock: Flag;
  created_at: number;
  verified_at: number | null;
  /** Since when the proof of a verified domain is missing. */
  failing_since: number | null;
  checked_at: number | null;
  check_at: number;
}

export interface DomainChecksTable {
  account_id: string;
  domain_id: string;
  id: string;
  at: number;
  verdict: 'found' | 'missing' | 'unknown';
  answers: string;
}

export interface InviteRulesTable {
  account_id: string;
  /** Empty for every organization that has no rule of its own. */
  organization_id: string;
  rule: 'all' | 'verified' | 'custom';
  domains: string;
}

export interface FirstPassphraseMarksTable {
  account_id: string;
  effect_id: string;
}

export interface AddressCodesTable {
  id: string;
  /** Null until a job has looked whose address it is, and mailed the code. */
  digest: string | null;
  purpose: 'sign_up' | 'reset' | 'first_passphrase' | 'first_factor';
  user_id: string | null;
  account_id: string | null;
  address: string;
  address_folded: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

export interface SsoConnectionsTable {
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

export interface SsoAttemptsTable {
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

interface PasskeysTable {
  user_id: string;
  id: string;
  credential_id: string;
  /** Base64url. */
  public_key: string;
  counter: number;
  transports: string;
  name: string;
  created_at: number;
  last_used_at: number | null;
}

interface TotpSecretsTable {
  user_id: string;
  /** Sealed. */
  secret: string;
  created_at: number;
  confirmed_at: number | null;
  /** The time step of the last code that was taken: each is taken once. */
  last_step: number;
}

interface RecoveryCodesTable {
  user_id: string;
  digest: string;
  used_at: number | null;
}

interface PasskeyChallengesTable {
  digest: string;
  user_id: string | null;
  challenge: string;
  expires_at: number;
}

export interface SsoConnectionDomainsTable {
  account_id: string;
  connection_id: string;
  domain_id: string;
}

/** The schema extensions of one directory, as the management API describes them. */
export interface DirectoryExtensionsTable {
  directory_id: string;
  account_id: string;
  version: number;
  document: string;
  /** Set by whoever looks whether an extension is in use, and taken away by the first that writes values meanwhile. */
  watch: string | null;
}

export interface DirectoryUniqueValuesTable {
  directory_id: string;
  /** Path of the attribute, in lower case. */
  attribute: string;
  /** Folded, unless its case counts. */
  value: string;
  resource_id: string;
}

export interface DirectoriesTable {
  id: string;
  account_id: string;
  name: string;
  provider: 'okta' | 'entra' | 'generic';
  state: 'on' | 'off';
  policies: string;
  /** Seals the cursors of its lists. */
  cursor_key: Uint8Array;
  /** What becomes of its people while they are being dealt with, after it was turned off. */
  releasing: 'keep' | 'deactivate' | null;
  /** Grows with each change of its schema extensions; 0 where it never had one. */
  extensions_version: number;
  /** `shared`: several live groups may have one name. */
  group_names: 'unique' | 'shared';
  created_at: number;
  changed_at: number;
}

export interface DirectoryMilestonesTable {
  directory_id: string;
  kind:
    | 'connection_tested'
    | 'first_user'
    | 'first_profile_update'
    | 'first_group'
    | 'first_deactivation';
  request_id: string;
  subject_id: string | null;
  subject_name: string | null;
  at: number;
}

export interface ConnectorTokensTable {
  digest: string;
  directory_id: string;
  id: string;
  access: 'read_write' | 'read_only';
  last_four: string;
  created_at: number;
  created_by: string | null;
  expires_at: number | null;
  retires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
}

export interface DirectoryUsersTable {
  directory_id: string;
  id: string;
  account_id: string;
  ordinal: number;
  user_name_folded: string;
  /** The name to show: displayName, else the parts of the name, else the userName. */
  label: string;
  external_id: string | null;
  display_name_folded: string | null;
  manager_id: string | null;
  active: Flag;
  document: string;
  version: number;
  created_at: number;
  last_modified_at: number;
  deleted_at: number | null;
  user_id: string | null;
  link: 'none' | 'linked' | 'invited' | 'conflict' | 'removed';
}

export interface DirectoryUserEmailsTable {
  directory_id: string;
  value_folded: string;
  directory_user_id: string;
  is_primary: Flag;
}

export interface DirectoryGroupsTable {
  directory_id: string;
  id: string;
  account_id: string;
  ordinal: number;
  display_name_folded: string;
  /** The displayName as the client wrote it. */
  label: string;
  /** The folded name; null in a group that was named while its directory allowed several of one name. */
  unique_name: string | null;
  external_id: string | null;
  document: string;
  version: number;
  created_at: number;
  last_modified_at: number;
  deleted_at: number | null;
  team_id: string | null;
  /**
   * `none`: an owner said that no team follows this group, whatever the IdP says of it. `offered`: the IdP has said nothing
   * yet; the group stands for a team made by hand, which follows it from the IdP's first word on.
   */
  team_choice: Generated<'auto' | 'none' | 'offered'>;
}

export interface DirectoryGroupMembersTable {
  directory_id: string;
  group_id: string;
  member_id: string;
  member_type: 'User' | 'Group';
}

export interface ResourceCountsTable {
  directory_id: string;
  resource_type: 'User' | 'Group';
  bucket: number;
  lane: number;
  live: number;
}

export interface EffectsTable {
  account_id: string;
  id: string;
  directory_id: string;
  request_id: string;
  kind: string;
  state: 'applied' | 'held' | 'waiting' | 'refused' | 'undone';
  reason: string | null;
  directory_user_id: string | null;
  directory_group_id: string | null;
  user_id: string | null;
  team_id: string | null;
  subject_name: string | null;
  before: string | null;
  after: string | null;
  created_at: number;
  settled_at: number | null;
}

export interface RequestLogTable {
  directory_id: string;
  id: string;
  account_id: string;
  at: number;
  method: string;
  path: string;
  operation: string;
  outcome: 'changed' | 'unchanged' | 'refused' | 'failed';
  status: number;
  duration_us: number;
  token_id: string | null;
  subject_id: string | null;
  subject_name: string | null;
  explanation: string | null;
  detail: string | null;
  request_headers: string | null;
  request_body: string | null;
  response_body: string | null;
  difference: string | null;
}

export interface RequestLogHoursTable {
  directory_id: string;
  /** Start of the hour. */
  hour: number;
  outcome: 'changed' | 'unchanged' | 'refused' | 'failed';
  requests: number;
}

interface ApiKeysTable {
  digest: string;
  account_id: string;
  id: string;
  name: string;
  /** A JSON array of scopes. */
  scopes: string;
  last_four: string;
  created_at: number;
  created_by: string | null;
  expires_at: number;
  revoked_at: number | null;
  last_used_at: number | null;
}

interface IdempotencyKeysTable {
  account_id: string;
  actor_id: string;
  key: string;
  request_digest: string;
  created_at: number;
  /** The answer's JSON; null while there is none, or where it is not kept. */
  answer: string | null;
}

interface OrganizationTransfersTable {
  account_id: string;
  organization_id: string;
  to_account_id: string;
  to_user_id: string;
  requested_by: string | null;
  created_at: number;
}

interface SeatDaysTable {
  account_id: string;
  /** UTC days since 1970. */
  day: number;
  purchased: number;
  used: number;
  reserved: number;
}

export interface AuditEventsTable {
  account_id: string;
  id: string;
  at: number;
  actor_kind: 'user' | 'api_key' | 'directory' | 'operator' | 'system';
  actor_id: string | null;
  actor_name: string | null;
  action: string;
  subject_kind: string | null;
  subject_id: string | null;
  subject_name: string | null;
  before: string | null;
  after: string | null;
  request_id: string | null;
}

export interface MailsTable {
  id: string;
  account_id: string | null;
  kind: string;
  recipient: string;
  subject: string;
  body_text: string;
  body_html: string;
  created_at: number;
  state: Generated<'waiting' | 'sending' | 'sent' | 'dead'>;
  message_id: Generated<string | null>;
  attempts: Generated<number>;
  /** When it is to be tried. */
  due_at: Generated<number>;
  claimed_at: Generated<number | null>;
  error: Generated<string | null>;
  sent_at: number | null;
}

export interface JobLeasesTable {
  name: string;
  holder: string | null;
  held_until: number;
  run_at: number;
}

export interface DatabaseFactsTable {
  name: string;
  value: string;
}

/** Every table by its name, for Kysely. */
export interface Schema {
  accounts: AccountsTable;
  licenses: LicensesTable;
  seats: SeatsTable;
  activation_codes: ActivationCodesTable;
  users: UsersTable;
  user_emails: UserEmailsTable;
  user_identities: UserIdentitiesTable;
  sessions: SessionsTable;
  session_authentications: SessionAuthenticationsTable;
  setup_links: SetupLinksTable;
  throttles: ThrottlesTable;
  memberships: MembershipsTable;
  membership_sources: MembershipSourcesTable;
  organizations: OrganizationsTable;
  organization_members: OrganizationMembersTable;
  teams: TeamsTable;
  team_members: TeamMembersTable;
  team_organizations: TeamOrganizationsTable;
  invitations: InvitationsTable;
  domains: DomainsTable;
  domain_checks: DomainChecksTable;
  invite_rules: InviteRulesTable;
  address_codes: AddressCodesTable;
  first_passphrase_marks: FirstPassphraseMarksTable;
  sso_connections: SsoConnectionsTable;
  sso_connection_domains: SsoConnectionDomainsTable;
  sso_requests: SsoRequestsTable;
  sso_results: SsoResultsTable;
  sso_assertions: SsoAssertionsTable;
  sso_attempts: SsoAttemptsTable;
  sso_sessions: SsoSessionsTable;
  break_glass: BreakGlassTable;
  passkeys: PasskeysTable;
  totp_secrets: TotpSecretsTable;
  recovery_codes: RecoveryCodesTable;
  passkey_challenges: PasskeyChallengesTable;
  directories: DirectoriesTable;
  directory_extensions: DirectoryExtensionsTable;
  directory_unique_values: DirectoryUniqueValuesTable;
  directory_milestones: DirectoryMilestonesTable;
  connector_tokens: ConnectorTokensTable;
  directory_users: DirectoryUsersTable;
  directory_user_emails: DirectoryUserEmailsTable;
  directory_groups: DirectoryGroupsTable;
  directory_group_members: DirectoryGroupMembersTable;
  resource_counts: ResourceCountsTable;
  effects: EffectsTable;
  request_log: RequestLogTable;
  request_log_hours: RequestLogHoursTable;
  api_keys: ApiKeysTable;
  idempotency_keys: IdempotencyKeysTable;
  organization_transfers: OrganizationTransfersTable;
  seat_days: SeatDaysTable;
  audit_events: AuditEventsTable;
  mails: MailsTable;
  job_leases: JobLeasesTable;
  database_facts: DatabaseFactsTable;
}
