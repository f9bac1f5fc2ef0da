/** Accounts, and the seats that they bought. */
export interface AccountTables {
  accounts: AccountsTable;
  licenses: LicensesTable;
  seats: SeatsTable;
  seat_days: SeatDaysTable;
  activation_codes: ActivationCodesTable;
}

interface AccountsTable {
  id: string;
  name: string;
  plan: 'essentials' | 'enterprise';
  plan_source: 'none' | 'trial' | 'activation_code';
  plan_until: number | null;
  trial_started_at: number | null;
  created_at: number;
}

interface LicensesTable {
  account_id: string;
  quantity: number;
}

interface SeatsTable {
  account_id: string;
  number: number;
  purchased: number;
  holder_kind: 'user' | 'invitation' | null;
  holder_id: string | null;
  claimed_at: number | null;
}

interface SeatDaysTable {
  account_id: string;
  /** UTC days since 1970. */
  day: number;
  purchased: number;
  used: number;
  reserved: number;
}

interface ActivationCodesTable {
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
