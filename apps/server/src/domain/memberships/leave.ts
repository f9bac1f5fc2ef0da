import { type Placeholders, statement, type Transaction } from '../../database/index.ts';

type People = { accountId: string; userIds: readonly string[]; at: number };

const deleteAuthentications = statement(
  'memberships.leave_sessions',
  (db, p: Placeholders<People>, dialect) =>
    db
      .deleteFrom('session_authentications')
      .where('account_id', '=', p.accountId)
      .where('session_id', 'in', (eb) =>
        eb
          .selectFrom('sessions')
          .select('sessions.id')
          .where('sessions.user_id', 'in', (eb) =>
            eb.selectFrom(dialect.unnest(p.userIds).as('said')).select('said.value'),
          )
          .where('sessions.ended_at', 'is', null),
      ),
);

const endSessions = statement('memberships.end_sessions', (db, p: Placeholders<People>, dialect) =>
  db
    .updateTable('sessions')
    .set({ ended_at: p.at })
    .where('user_id', 'in', (eb) =>
      eb.selectFrom(dialect.unnest(p.userIds).as('said')).select('said.value'),
    )
    .where('ended_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb.not(
          eb.exists(
            eb
              .selectFrom('session_authentications as a')
              .select('a.session_id')
              .whereRef('a.session_id', '=', 'sessions.id'),
          ),
        ),
        eb.not(
          eb.exists(
            eb
              .selectFrom('memberships as m')
              .select('m.user_id')
              .whereRef('m.user_id', '=', 'sessions.user_id')
              .where('m.account_id', '<>', p.accountId)
              .where('m.state', '=', 'active'),
          ),
        ),
      ]),
    ),
);

/**
 * Takes an account out of the sessions of people who leave it: what they proved for this account is forgotten, and
 * sessions that open no account any more end. Answers how many ended.
 */
export async function leaveSessions(tx: Transaction, people: People): Promise<number> {
  tx.send(deleteAuthentications, people);
  return tx.run(endSessions, people);
}
