import type { Generated } from 'kysely';

/** What the service itself needs. */
export interface ServiceTables {
  mails: MailsTable;
  job_leases: JobLeasesTable;
  database_facts: DatabaseFactsTable;
}

interface MailsTable {
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

interface JobLeasesTable {
  name: string;
  holder: string | null;
  held_until: number;
  run_at: number;
}

interface DatabaseFactsTable {
  name: string;
  value: string;
}
