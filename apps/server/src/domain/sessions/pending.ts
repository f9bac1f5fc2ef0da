import type { Reader, Transaction } from '../../database/index.ts';
import { digestOf, newSecret } from '../../secret.ts';
import { Refusal } from '../refusal.ts';
import { LIFETIME, type OpenedSession } from './session.ts';

/** A session whose person has shown a passphrase and is still to show a second factor. It opens nothing. */
export interface PendingSession {
  readonly id: string;
  readonly userId: string;
  /** The account that the passphrase opens alone; null where it suits every account. */
  readonly accountId: string | null;
  readonly expiresAt: number;
}

/** The session of a cookie's secret that waits for its second factor. */
export function findPendingSession(
  reader: Reader,
  secret: string,
  at: number,
): Promise<PendingSession | undefined> {
  return reader.query
    .selectFrom('sessions as s')
    .innerJoin('session_authentications as shown', (join) =>
      join.onRef('shown.session_id', '=', 's.id').on('shown.method', '=', 'passphrase'),
    )
    .select(['s.id', 's.user_id as userId', 's.expires_at as expiresAt'])
    .select('shown.account_id as accountId')
    .where('s.digest', '=', digestOf(secret))
    .where('s.pending', '=', 1)
    .where('s.ended_at', 'is', null)
    .where('s.expires_at', '>', at)
    .executeTakeFirst();
}

/**
 * Makes a pending session whole, under a new secret: the one that the browser had before gains nothing. Throws
 * `unauthenticated` where it is over, or whole already.
 */
export async function completeSession(
  tx: Transaction,
  sessionId: string,
  at: number,
): Promise<OpenedSession> {
  const secret = newSecret();
  const expiresAt = at + LIFETIME;
  const completed = await tx.query
    .updateTable('sessions')
    .set({ digest: digestOf(secret), pending: 0, last_seen_at: at, expires_at: expiresAt })
    .where('id', '=', sessionId)
    .where('pending', '=', 1)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id')
    .executeTakeFirst();
  if (completed === undefined) throw notPending();
  return { id: sessionId, secret, expiresAt };
}

/** The refusal of a second factor that nobody asked for, or that came too late. */
export function notPending(): Refusal {
  return new Refusal('unauthenticated', 'This sign-in took too long, or is over. Begin again.');
}
