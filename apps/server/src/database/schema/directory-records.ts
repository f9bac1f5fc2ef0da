import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** The users and groups of directories, as their IdPs wrote them. */
export interface DirectoryRecordTables {
  directory_users: DirectoryUsersTable;
  directory_user_emails: DirectoryUserEmailsTable;
  directory_groups: DirectoryGroupsTable;
  directory_group_members: DirectoryGroupMembersTable;
  directory_unique_values: DirectoryUniqueValuesTable;
  resource_counts: ResourceCountsTable;
}

interface DirectoryUsersTable {
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

interface DirectoryUserEmailsTable {
  directory_id: string;
  value_folded: string;
  directory_user_id: string;
  is_primary: Flag;
}

interface DirectoryGroupsTable {
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

interface DirectoryGroupMembersTable {
  directory_id: string;
  group_id: string;
  member_id: string;
  member_type: 'User' | 'Group';
}

interface DirectoryUniqueValuesTable {
  directory_id: string;
  /** Path of the attribute, in lower case. */
  attribute: string;
  /** Folded, unless its case counts. */
  value: string;
  resource_id: string;
}

interface ResourceCountsTable {
  directory_id: string;
  resource_type: 'User' | 'Group';
  bucket: number;
  lane: number;
  live: number;
}
