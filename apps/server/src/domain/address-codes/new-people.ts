import type { Reader, Transaction } from '../../database/index.ts';
import { second } from '../../duration.ts';
import { idFrom } from '../id-bounds.ts';

/** Effects that are looked at in one unit, whatever they are about: on SQLite nobody else is served while they are. */
const WINDOW = 25;

/** A unit commits later than its ids say; whoever looks stays this far behind. */
const LAG = 30 * second;

/** Somebody whom a directory made, who has no passphrase and can use one. */
export interface NewPerson {
  readonly userId: string;
  readonly address: string;
}

/** Accounts in which directories have made effects that nobody has looked at. */
export async function accountsWithDirectories(reader: Reader): Promise<string[]> {
  const rows = await reader.query
    .selectFrom('directories')
    .select('account_id')
    .distinct()
    .where('state', '=', 'on')
    .execute();
  return rows.map((row) => row.account_id);
}

/**
 * The people whom the directories of an account have made since the last look, from where it ended; `more` where there is
 * more to look at. Only active members without a passphrase, in no other account, at their primary address.
 */
export async function takeNewPeople(
  tx: Transaction,
  accountId: string,
  at: number,
): Promise<{ people: NewPerson[]; more: boolean }> {
  const after = await lockMark(tx, accountId);
  const effects = await tx.query
    .selectFrom('effects')
    .select(['id', 'kind', 'state', 'user_id'])
    .where('account_id', '=', accountId)
    .where('id', '>', after)
    .where('id', '<', idFrom(at - LAG))
    .orderBy('id')
    .limit(WINDOW)
    .execute();
  const last = effects.at(-1);
  if (last === undefined) return { people: [], more: false };
  await tx.query
    .updateTable('first_passphrase_marks')
    .set({ effect_id: last.id })
    .where('account_id', '=', accountId)
    .execute();
  const made = effects.filter(({ kind, state }) => kind === 'user_created' && state === 'applied');
  const ids = made.flatMap(({ user_id }) => user_id ?? []);
  return { people: await readPeople(tx, accountId, ids), more: effects.length === WINDOW };
}

/** Where the last look ended; locked, so that one process looks at a time. */
async function lockMark(tx: Transaction, accountId: string): Promise<string> {
  await tx.query
    .insertInto('first_passphrase_marks')
    .values({ account_id: accountId, effect_id: '' })
    .onConflict((oc) => oc.doNothing())
    .execute();
  const mark = tx.query
    .selectFrom('first_passphrase_marks')
    .select('effect_id')
    .where('account_id', '=', accountId);
  return (await tx.dialect.forUpdate(mark).executeTakeFirstOrThrow()).effect_id;
}

async function readPeople(
  tx: Transaction,
  accountId: string,
  userIds: readonly string[],
): Promise<NewPerson[]> {
  if (userIds.length === 0) return [];
  const rows = await tx.query
    .selectFrom('users as u')
    .innerJoin('memberships as m', 'm.user_id', 'u.id')
    .innerJoin('user_emails as e', 'e.user_id', 'u.id')
    .select(['u.id', 'e.address'])
    .where('u.id', 'in', [...userIds])
    .where('u.passphrase_hash', 'is', null)
    .where('m.account_id', '=', accountId)
    .where('m.state', '=', 'active')
    .where('e.is_primary', '=', 1)
    .where('e.proved_at', 'is not', null)
    .where('e.ended_at', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('memberships as x')
            .select('x.user_id')
            .whereRef('x.user_id', '=', 'u.id')
            .where('x.account_id', '<>', accountId)
            .where('x.state', '<>', 'removed'),
        ),
      ),
    )
    .orderBy('u.id')
    .execute();
  return rows.map(({ id, address }) => ({ userId: id, address }));
}
