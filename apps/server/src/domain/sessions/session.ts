import {
  type Placeholders,
  type Reader,
  statement,
  type Transaction,
} from '../../database/index.ts';
import { day, minute } from '../../duration.ts';
import { digestOf, newSecret } from '../../secret.ts';
import { newId } from '../../uuid-v7.ts';
import { isAccepted } from './accepted.ts';

/** A session ends this long after it was last used, and this long after it was opened, whichever comes first. */
export const IDLE = 7 * day;
export const LIFETIME = 30 * day;

/** For so long a session waits for its second factor. */
const PENDING = 10 * minute;

/** That somebody was seen is written at most this often. */
const SEEN_INTERVAL = minute;

/** A person's session, as a request finds it. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly userName: string;
  readonly lastSeenAt: number;
}

export type AuthenticationMethod = 'passphrase' | 'passkey' | 'totp' | 'saml' | 'oidc';

/** One way in which a session's person showed who they are. Local factors have no connection and suit every account. */
export interface Authentication {
  readonly method: AuthenticationMethod;
  readonly connectionId?: string;
  /** The one account that it opens: whose connection it was, or whose mail let a passphrase be set. Null opens every account. */
  readonly accountId: string | null;
}

export const passphraseAuthentication: Authentication = { method: 'passphrase', accountId: null };

export interface NewSession {
  readonly userId: string;
  readonly authentication: Authentication;
  /** The network address of the browser. */
  readonly address: string;
  readonly userAgent: string;
  /** A second factor is still asked for: until `completeSession` it opens nothing. */
  readonly pending?: boolean;
  readonly at: number;
}

const USER_AGENT_LENGTH = 300;

/** A session with its secret, which goes into the cookie and is nowhere else. */
export interface OpenedSession {
  readonly id: string;
  readonly secret: string;
  readonly expiresAt: number;
}

/** Opens a session; the secret goes into the cookie and is stored as a digest. Each sign-in makes a new one. */
export async function openSession(
  tx: Transaction,
  { userId, authentication, address, userAgent, pending = false, at }: NewSession,
): Promise<OpenedSession> {
  const secret = newSecret();
  const id = newId(at);
  const expiresAt = at + (pending ? PENDING : LIFETIME);
  await tx.query
    .insertInto('sessions')
    .values({
      digest: digestOf(secret),
      id,
      user_id: userId,
      created_at: at,
      last_seen_at: at,
      expires_at: expiresAt,
      ended_at: null,
      address,
      user_agent: userAgent.slice(0, USER_AGENT_LENGTH),
      pending: pending ? 1 : 0,
    })
    .execute();
  await addAuthentication(tx, id, authentication, at);
  return { id, secret, expiresAt };
}

/** Takes over what a person proved in the session that a new one of theirs replaces, with its times. */
export async function carryAuthentications(
  tx: Transaction,
  from: string,
  to: string,
): Promise<void> {
  for (const table of ['session_authentications', 'sso_sessions'] as const) {
    await tx.query
      .updateTable(table)
      .set({ session_id: to })
      .where('session_id', '=', from)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('session_authentications as own')
              .select('own.method')
              .where('own.session_id', '=', to)
              .whereRef('own.connection_id', '=', `${table}.connection_id`),
          ),
        ),
      )
      .execute();
  }
}

/** Adds an authentication to a session, or renews its time. */
export async function addAuthentication(
  tx: Transaction,
  sessionId: string,
  { method, connectionId = '', accountId }: Authentication,
  at: number,
): Promise<void> {
  await tx.query
    .insertInto('session_authentications')
    .values({
      session_id: sessionId,
      method,
      connection_id: connectionId,
      account_id: accountId,
      at,
    })
    .onConflict((oc) => oc.columns(['session_id', 'method', 'connection_id']).doUpdateSet({ at }))
    .execute();
}

type Lookup = { digest: string; at: number; seenSince: number };

const bySecret = statement<Lookup, Session>('session.by_digest', (db, p: Placeholders<Lookup>) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .select([
      'sessions.id',
      'sessions.user_id as userId',
      'users.name as userName',
      'sessions.last_seen_at as lastSeenAt',
    ])
    .where('sessions.digest', '=', p.digest)
    .where('sessions.pending', '=', 0)
    .where('sessions.ended_at', 'is', null)
    .where('sessions.expires_at', '>', p.at)
    .where('sessions.last_seen_at', '>', p.seenSince),
);

/** The session of a cookie's secret while it lasts; none that waits for a second factor. */
export function findSession(
  reader: Reader,
  secret: string,
  at: number,
): Promise<Session | undefined> {
  return reader.first(bySecret, { digest: digestOf(secret), at, seenSince: at - IDLE });
}

/** Whether it is time to write again that a session, or a person in an account, was seen. */
export function isSeenDue(lastSeenAt: number | null, at: number): boolean {
  return lastSeenAt === null || at - lastSeenAt >= SEEN_INTERVAL;
}

export interface Seen {
  readonly sessionId: string;
  readonly userId: string;
  /** The account in which the person was seen; null outside of any. */
  readonly accountId: string | null;
  readonly at: number;
}

/** Writes that a session, and its person in an account, was seen. */
export async function markSeen(
  tx: Transaction,
  { sessionId, userId, accountId, at }: Seen,
): Promise<void> {
  await tx.query
    .updateTable('sessions')
    .set({ last_seen_at: at })
    .where('id', '=', sessionId)
    .where('last_seen_at', '<', at)
    .execute();
  if (accountId === null) return;
  await tx.query
    .updateTable('memberships')
    .set({ last_active_at: at })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute();
}

/** Ends one of a person's sessions; false where there is none that goes on. */
export async function endSession(
  tx: Transaction,
  { userId, sessionId, at }: { userId: string; sessionId: string; at: number },
): Promise<boolean> {
  const ended = await tx.query
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

/** Ends all of a person's sessions. */
export async function endAllSessions(tx: Transaction, userId: string, at: number): Promise<void> {
  await tx.query
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('user_id', '=', userId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends all of a person's sessions but one. */
export async function endOtherSessions(
  tx: Transaction,
  { userId, sessionId, at }: { userId: string; sessionId: string; at: number },
): Promise<void> {
  await tx.query
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('user_id', '=', userId)
    .where('id', '!=', sessionId)
    .where('ended_at', 'is', null)
    .execute();
}

/** How many of a person's sessions go on and open this account: it accepts one of their proofs. */
export async function countSessionsFor(
  reader: Reader,
  { accountId, userId }: { readonly accountId: string; readonly userId: string },
  at: number,
): Promise<number> {
  const row = await reader.query
    .selectFrom('sessions as s')
    .innerJoin('memberships as m', 'm.user_id', 's.user_id')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('s.user_id', '=', userId)
    .where('s.pending', '=', 0)
    .where('s.ended_at', 'is', null)
    .where('s.expires_at', '>', at)
    .where('s.last_seen_at', '>', at - IDLE)
    .where('m.account_id', '=', accountId)
    .where('m.state', '=', 'active')
    .where(isAccepted({ session: 's.id', account: 'm.account_id', user: 's.user_id' }, at))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A person's sessions that go on, last used first, with the methods by which each was opened. */
export async function listSessions(reader: Reader, userId: string, at: number) {
  const sessions = await reader.query
    .selectFrom('sessions')
    .select(['id', 'created_at', 'last_seen_at', 'address', 'user_agent'])
    .where('user_id', '=', userId)
    .where('pending', '=', 0)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .where('last_seen_at', '>', at - IDLE)
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute();
  const methods = await reader.query
    .selectFrom('session_authentications as authentication')
    .innerJoin('sessions', 'sessions.id', 'authentication.session_id')
    .select(['authentication.session_id', 'authentication.method'])
    .where('sessions.user_id', '=', userId)
    .where('sessions.ended_at', 'is', null)
    .execute();
  return sessions.map((session) => ({
    ...session,
    methods: methods.filter((row) => row.session_id === session.id).map((row) => row.method),
  }));
}
