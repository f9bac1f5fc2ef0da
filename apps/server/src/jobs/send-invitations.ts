import { sql } from 'kysely';
import type { Transaction } from '../database/index.ts';
import { second } from '../duration.ts';
import { invitationMail } from '../mail/invitation.ts';
import { enqueueMail } from '../mail/mails.ts';
import { digestOf, newSecret } from '../secret.ts';
import type { Job, JobContext } from './job.ts';

/** Mails of one unit. */
const SLICE = 50;

/** Makes the link of each invitation that is out and has none, and mails it. Only the mail ever holds the code. */
export const sendInvitationsJob: Job = {
  name: 'send-invitations',
  every: 5 * second,
  async run(context) {
    let sent: number;
    do sent = await context.database.write((tx) => sendSlice(tx, context));
    while (sent === SLICE);
  },
};

async function sendSlice(tx: Transaction, { settings, now }: JobContext): Promise<number> {
  const open = await tx.dialect
    .skipLocked(
      tx.query
        .selectFrom('invitations as i')
        .innerJoin('accounts as a', 'a.id', 'i.account_id')
        .select(['i.account_id', 'i.id', 'i.address', 'i.expires_at', 'a.name'])
        .where('i.state', '=', sql.lit('pending'))
        .where('i.digest', 'is', null)
        .orderBy('i.id')
        .limit(SLICE),
    )
    .execute();
  for (const { account_id, id, address, expires_at, name } of open) {
    const code = newSecret();
    await tx.query
      .updateTable('invitations')
      .set({ digest: digestOf(code) })
      .where('account_id', '=', account_id)
      .where('id', '=', id)
      .execute();
    const link = `${settings.publicUrl}/invite/${code}`;
    const { productName } = settings;
    const mail = invitationMail({ productName, accountName: name, link, expiresAt: expires_at });
    await enqueueMail(tx, { accountId: account_id, recipient: address, at: now(), ...mail });
  }
  return open.length;
}
