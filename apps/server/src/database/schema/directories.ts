/** Directories, and what was set up for them. */
export interface DirectoryTables {
  directories: DirectoriesTable;
  directory_extensions: DirectoryExtensionsTable;
  directory_milestones: DirectoryMilestonesTable;
  connector_tokens: ConnectorTokensTable;
}

interface DirectoriesTable {
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

/** The schema extensions of one directory, as the management API describes them. */
interface DirectoryExtensionsTable {
  directory_id: string;
  account_id: string;
  version: number;
  document: string;
  /** Set by whoever looks whether an extension is in use, and taken away by the first that writes values meanwhile. */
  watch: string | null;
}

interface DirectoryMilestonesTable {
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

interface ConnectorTokensTable {
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
