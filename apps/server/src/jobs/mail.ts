import { second } from '../duration.ts';
import {
  buryMails,
  type ClaimedMail,
  claimMails,
  releaseMails,
  settleMail,
} from '../mail/queue.ts';
import type { SmtpSettings } from '../mail/smtp-settings.ts';
import { type Delivery, openTransport } from '../mail/transport.ts';
import type { Job, JobContext } from './job.ts';

/** Mails that are claimed at once, and how many of those rounds one run has: other jobs wait for it. */
const SLICE = 10;
const ROUNDS = 10;

/** Sends the mails that are due. Without SMTP they wait in the outbox. */
export const mailJob: Job = {
  name: 'mail',
  every: 5 * second,
  async run(context) {
    const { database, settings, now } = context;
    if (settings.smtp === null) return;
    await database.write((tx) => buryMails(tx, now()));
    await sendDue(context, settings.smtp);
  },
};

async function sendDue(context: JobContext, smtp: SmtpSettings): Promise<void> {
  const { database, now, settings } = context;
  const host = new URL(settings.publicUrl).hostname;
  const transport = openTransport(smtp);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const claim = { at: now(), limit: SLICE, host };
      const mails = await database.write((tx) => claimMails(tx, claim));
      const reached = await sendAll(context, mails, (mail) => transport.send(outgoing(mail)));
      if (!reached || mails.length < SLICE) return;
    }
  } finally {
    transport.close();
  }
}

function outgoing({ messageId, recipient, subject, body_text, body_html }: ClaimedMail) {
  return { messageId, recipient, subject, text: body_text, html: body_html };
}

/** False where the server could not be reached: the rest is given back untried. */
async function sendAll(
  { database, now }: JobContext,
  mails: readonly ClaimedMail[],
  send: (mail: ClaimedMail) => Promise<Delivery>,
): Promise<boolean> {
  for (const [index, mail] of mails.entries()) {
    const delivery = await send(mail);
    await database.write((tx) => settleMail(tx, mail, delivery, now()));
    if (delivery.outcome === 'sent' || !delivery.unreachable) continue;
    const rest = mails.slice(index + 1);
    await database.write((tx) => releaseMails(tx, rest, now()));
    return false;
  }
  return true;
}
