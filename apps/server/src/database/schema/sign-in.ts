import type { Generated } from 'kysely';
import type { Flag } from './flag.ts';

/** Sessions, and what a person signs in with. */
export interface SignInTables {
  sessions: SessionsTable;
  session_authentications: SessionAuthenticationsTable;
  setup_links: SetupLinksTable;
  throttles: ThrottlesTable;
  address_codes: AddressCodesTable;
  first_passphrase_marks: FirstPassphraseMarksTable;
  passkeys: PasskeysTable;
  totp_secrets: TotpSecretsTable;
  recovery_codes: RecoveryCodesTable;
  passkey_challenges: PasskeyChallengesTable;
}

interface SessionsTable {
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

interface SessionAuthenticationsTable {
  session_id: string;
  method: 'passphrase' | 'passkey' | 'totp' | 'saml' | 'oidc';
  connection_id: string;
  account_id: string | null;
  at: number;
}

interface SetupLinksTable {
  digest: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

interface ThrottlesTable {
  key: string;
  failures: number;
  blocked_until: number;
  updated_at: number;
}

interface AddressCodesTable {
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

interface FirstPassphraseMarksTable {
  account_id: string;
  effect_id: string;
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
