import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** Organizations and teams, and who is in them. */
export interface OrganizationTables {
  organizations: OrganizationsTable;
  organization_members: OrganizationMembersTable;
  organization_transfers: OrganizationTransfersTable;
  teams: TeamsTable;
  team_members: TeamMembersTable;
  team_organizations: TeamOrganizationsTable;
}

interface OrganizationsTable {
  account_id: string;
  id: string;
  name: string;
  created_at: number;
}

interface OrganizationMembersTable {
  account_id: string;
  organization_id: string;
  user_id: string;
  source_kind: 'manual' | 'invitation' | 'capture' | 'jit';
  source_id: string;
  role: 'admin' | 'member';
  created_at: number;
}

interface OrganizationTransfersTable {
  account_id: string;
  organization_id: string;
  to_account_id: string;
  to_user_id: string;
  requested_by: string | null;
  created_at: number;
}

interface TeamsTable {
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

interface TeamMembersTable {
  account_id: string;
  team_id: string;
  user_id: string;
  source_kind: 'manual' | 'invitation' | 'directory';
  source_id: string;
  created_at: number;
}

interface TeamOrganizationsTable {
  account_id: string;
  team_id: string;
  organization_id: string;
  created_at: number;
}
