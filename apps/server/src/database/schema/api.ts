/** Callers of the management API that are programs. */
export interface ApiTables {
  api_keys: ApiKeysTable;
  idempotency_keys: IdempotencyKeysTable;
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
