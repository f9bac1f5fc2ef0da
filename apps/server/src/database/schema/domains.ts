import type { Flag } from './flag.ts';

/** Domains and their proofs. */
export interface DomainTables {
  domains: DomainsTable;
  domain_checks: DomainChecksTable;
}

interface DomainsTable {
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

interface DomainChecksTable {
  account_id: string;
  domain_id: string;
  id: string;
  at: number;
  verdict: 'found' | 'missing' | 'unknown';
  answers: string;
}
