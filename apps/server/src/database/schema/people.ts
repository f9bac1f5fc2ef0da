import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** People, what makes them members of an account, and who is asked to become one. */
export interface PersonTables {
  users: UsersTable;
  user_emails: UserEmailsTable;
  user_identities: UserIdentitiesTable;
  memberships: MembershipsTable;
  membership_sources: MembershipSourcesTable;
  invitations: InvitationsTable;
  invite_rules: InviteRulesTable;
}

interface UsersTable {
  id: string;
  name: string;
  passphrase_hash: string | null;
  passphrase_set_at: number | null;
  created_at: number;
}

interface UserEmailsTable {
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

interface UserIdentitiesTable {
  connection_id: string;
  subject: string;
  user_id: string;
  created_at: number;
}

interface MembershipsTable {
  account_id: string;
  user_id: string;
  role: 'owner' | 'co_owner' | 'member' | 'billing_only';
  state: 'active' | 'waiting' | 'deactivated' | 'removed';
  created_at: number;
  changed_at: number;
  last_active_at: number | null;
}

interface MembershipSourcesTable {
  account_id: string;
  user_id: string;
  kind: 'manual' | 'invitation' | 'capture' | 'jit' | 'directory';
  source_id: string;
  created_at: number;
}

interface InvitationsTable {
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

interface InviteRulesTable {
  account_id: string;
  /** Empty for every organization that has no rule of its own. */
  organization_id: string;
  rule: 'all' | 'verified' | 'custom';
  domains: string;
}
