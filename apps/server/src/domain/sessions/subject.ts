import type { Transaction } from '../../database/index.ts';

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
