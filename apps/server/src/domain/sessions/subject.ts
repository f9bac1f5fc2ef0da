import type { Reader, Transaction } from '../../database/index.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { isAccepted } from './accepted.ts';
import { IDLE } from './session.ts';

interface Subject {
  readonly sessionId: string;
  readonly connectionId: string;
  readonly subject: string;
  readonly nameIdFormat: string;
  readonly sessionIndex: string | null;
}

/** Notes by what an IdP knows a session, so that it can end it. */
export async function noteSubject(tx: Transaction, noted: Subject): Promise<void> {
  const { sessionId, connectionId, subject, nameIdFormat, sessionIndex } = noted;
  await tx.query
    .insertInto('sso_sessions')
    .values({
      session_id: sessionId,
      connection_id: connectionId,
      subject,
      name_id_format: nameIdFormat,
      session_index: sessionIndex,
    })
    .onConflict((oc) =>
      oc
        .columns(['session_id', 'connection_id'])
        .doUpdateSet({ subject, name_id_format: nameIdFormat, session_index: sessionIndex }),
    )
    .execute();
}

interface Ending {
  readonly connectionId: string;
  readonly subject: string;
  /** Empty for all sessions of the subject. */
  readonly sessionIndexes: readonly string[];
  readonly at: number;
}

/** Ends the sessions that a connection's IdP signed out. Answers how many. */
export async function endSessionsOfSubject(tx: Transaction, ending: Ending): Promise<number> {
  const { connectionId, subject, sessionIndexes, at } = ending;
  const ended = await tx.query
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('ended_at', 'is', null)
    .where('id', 'in', (eb) => {
      const known = eb
        .selectFrom('sso_sessions')
        .select('session_id')
        .where('connection_id', '=', connectionId)
        .where('subject', '=', subject);
      return sessionIndexes.length === 0
        ? known
        : known.where('session_index', 'in', [...sessionIndexes]);
    })
    .returning('id')
    .execute();
  return ended.length;
}

interface EndingFor {
  readonly accountId: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly actor: Actor;
  /** What asked for it, where it was nobody. */
  readonly by?: string;
  readonly requestId?: string | undefined;
  readonly at: number;
}

/** Ends a person's sessions that go on and open an account, pending ones too; audited. Answers how many. */
export async function endSessionsFor(tx: Transaction, ending: EndingFor): Promise<number> {
  const { accountId, person, actor, by, requestId, at } = ending;
  const sessions = await endOpenSessions(tx, { accountId, userId: person.id, at });
  await recordAudit(tx, {
    accountId,
    actor,
    action: 'user.sessions_ended',
    subject: { kind: 'user', ...person },
    after: { sessions, ...(by !== undefined && { by }) },
    requestId,
    at,
  });
  return sessions;
}

async function endOpenSessions(
  tx: Transaction,
  { accountId, userId, at }: { accountId: string; userId: string; at: number },
): Promise<number> {
  const open = await tx.query
    .selectFrom('sessions as s')
    .innerJoin('memberships as m', 'm.user_id', 's.user_id')
    .select('s.id')
    .where('s.user_id', '=', userId)
    .where('s.ended_at', 'is', null)
    .where('s.expires_at', '>', at)
    .where('s.last_seen_at', '>', at - IDLE)
    .where('m.account_id', '=', accountId)
    .where(isAccepted({ session: 's.id', account: 'm.account_id', user: 's.user_id' }, at))
    .execute();
  if (open.length === 0) return 0;
  await tx.query
    .updateTable('sessions')
    .set({ ended_at: at })
    .where('user_id', '=', userId)
    .where(
      'id',
      'in',
      open.map(({ id }) => id),
    )
    .execute();
  return open.length;
}

/** By what its IdP knows a session, of each connection that opened it. */
export function listSubjects(reader: Reader, sessionId: string) {
  return reader.query
    .selectFrom('sso_sessions')
    .select(['connection_id', 'subject', 'name_id_format', 'session_index'])
    .where('session_id', '=', sessionId)
    .execute();
}
