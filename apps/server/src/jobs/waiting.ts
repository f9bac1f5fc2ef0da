import type { Database, Transaction } from '../database/index.ts';
import { serveWaiting } from '../domain/licenses/index.ts';
import { day, minute } from '../duration.ts';
import { mailOwners } from '../mail/owners.ts';
import { waitingMail } from '../mail/waiting.ts';
import type { Job, JobContext } from './job.ts';

/**
 * Serves who waits although a seat is free: a unit that freed one and a unit that found none at the same moment did not
 * see each other. Tells the owners, once a day, of people who wait on.
 */
export const waitingJob: Job = {
  name: 'waiting',
  every: minute,
  async run(context) {
    for (const accountId of await accountsWithWaiting(context.database)) {
      await context.database.write((tx) => serveWaiting(tx, accountId, context.now()));
      await context.database.write((tx) => tellOwners(tx, context, accountId));
    }
  },
};

async function accountsWithWaiting(database: Database): Promise<string[]> {
  const rows = await database.read.query
    .selectFrom('effects')
    .select('account_id')
    .distinct()
    .where('settled_at', 'is', null)
    .where('reason', '=', 'no_seat')
    .execute();
  return rows.map((row) => row.account_id);
}

async function tellOwners(
  tx: Transaction,
  { settings, now }: JobContext,
  accountId: string,
): Promise<void> {
  const at = now();
  const account = tx.query.selectFrom('accounts').select('name').where('id', '=', accountId);
  const { name } = await tx.dialect.forUpdate(account).executeTakeFirstOrThrow();
  const people = await countWaiting(tx, accountId);
  if (people === 0 || (await wasTold(tx, accountId, at - day))) return;
  const link = `${settings.publicUrl}/app/billing`;
  const { productName } = settings;
  const mail = waitingMail({ productName, accountName: name, people, link });
  await mailOwners(tx, { accountId, at }, mail);
}

async function countWaiting(tx: Transaction, accountId: string): Promise<number> {
  const row = await tx.query
    .selectFrom('effects')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('settled_at', 'is', null)
    .where('reason', '=', 'no_seat')
    .executeTakeFirstOrThrow();
  return row.count;
}

async function wasTold(tx: Transaction, accountId: string, since: number): Promise<boolean> {
  const mail = await tx.query
    .selectFrom('mails')
    .select('id')
    .where('account_id', '=', accountId)
    .where('kind', '=', 'people_waiting')
    .where('created_at', '>', since)
    .limit(1)
    .executeTakeFirst();
  return mail !== undefined;
}
