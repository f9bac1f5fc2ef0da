/** What was asked for, and what came of it. */
export interface LogTables {
  effects: EffectsTable;
  request_log: RequestLogTable;
  request_log_hours: RequestLogHoursTable;
  audit_events: AuditEventsTable;
}

interface EffectsTable {
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

interface RequestLogTable {
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

interface RequestLogHoursTable {
  directory_id: string;
  /** Start of the hour. */
  hour: number;
  outcome: 'changed' | 'unchanged' | 'refused' | 'failed';
  requests: number;
}

interface AuditEventsTable {
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
