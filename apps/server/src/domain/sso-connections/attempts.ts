import type { Reader, Schema, Transaction } from '../../database/index.ts';
import { newId } from '../../uuid-v7.ts';
import type { SsoConnectionRow } from './connection.ts';

export type SsoAttemptRow = Schema['sso_attempts'];

export interface SsoAttempt {
  readonly connection: Pick<SsoConnectionRow, 'account_id' | 'id'>;
  readonly purpose: 'sign_in' | 'test';
  readonly outcome: 'accepted' | 'refused';
  readonly reason?: string;
  /** For the owner: what was wrong and what to change. */
  readonly detail?: string;
  readonly subject?: string;
  readonly userId?: string;
  readonly startedBy?: string | null;
  /** What the IdP said, for whoever tests. */
  readonly facts?: unknown;
  readonly at: number;
}

/** Longer texts of an IdP help nobody. */
const LONGEST = 2_000;

/** Writes one sign-in through a connection into its log; answers the id by which support finds it. */
export async function recordAttempt(tx: Transaction, attempt: SsoAttempt): Promise<string> {
  const { connection, purpose, outcome, facts, at } = attempt;
  const id = newId(at);
  await tx.query
    .insertInto('sso_attempts')
    .values({
      account_id: connection.account_id,
      connection_id: connection.id,
      id,
      at,
      purpose,
      outcome,
      reason: attempt.reason ?? null,
      detail: attempt.detail?.replaceAll('\0', '').slice(0, LONGEST) ?? null,
      subject: attempt.subject?.slice(0, LONGEST) ?? null,
      user_id: attempt.userId ?? null,
      started_by: attempt.startedBy ?? null,
      facts: facts === undefined ? null : JSON.stringify(facts),
    })
    .execute();
  return id;
}

const SHOWN = 20;

/** The latest sign-ins through a connection, newest first, with the person each one matched. */
export function listAttempts(reader: Reader, accountId: string, connectionId: string) {
  return reader.query
    .selectFrom('sso_attempts as a')
    .leftJoin('users as u', 'u.id', 'a.user_id')
    .selectAll('a')
    .select('u.name as user_name')
    .where('a.account_id', '=', accountId)
    .where('a.connection_id', '=', connectionId)
    .orderBy('a.id', 'desc')
    .limit(SHOWN)
    .execute();
}

/** The latest test of a connection. */
export function findLastTest(reader: Reader, accountId: string, connectionId: string) {
  return reader.query
    .selectFrom('sso_attempts as a')
    .leftJoin('users as u', 'u.id', 'a.user_id')
    .selectAll('a')
    .select('u.name as user_name')
    .where('a.account_id', '=', accountId)
    .where('a.connection_id', '=', connectionId)
    .where('a.purpose', '=', 'test')
    .orderBy('a.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
