import { type Selectable, sql } from 'kysely';
import type { Reader, Schema, Transaction } from '../database/index.ts';
import { day, hour, minute } from '../duration.ts';
import type { Delivery } from './transport.ts';

/** Whoever claimed a mail and does not come back in this time has died over it. */
const CLAIM = 15 * minute;

/** Waits between tries; after the last there is none. */
const pauses = [
  minute,
  5 * minute,
  15 * minute,
  hour,
  3 * hour,
  6 * hour,
  12 * hour,
  day,
  day,
] as const;

type MailRow = Selectable<Schema['mails']>;

export type ClaimedMail = Pick<
  MailRow,
  'id' | 'recipient' | 'subject' | 'body_text' | 'body_html' | 'attempts'
> & { readonly messageId: string };

/**
 * Takes the mails that are due, the oldest first: they are this process's to send. What is claimed is not sent by anybody
 * else, even where this process dies over it; that is what makes twice impossible.
 *
 * @param host the domain of message ids
 */
export async function claimMails(
  tx: Transaction,
  { at, limit, host }: { readonly at: number; readonly limit: number; readonly host: string },
): Promise<ClaimedMail[]> {
  const due = await tx.dialect
    .skipLocked(
      tx.query
        .selectFrom('mails')
        .select(['id', 'recipient', 'subject', 'body_text', 'body_html', 'attempts'])
        .where('state', '=', sql.lit('waiting'))
        .where('due_at', '<=', at)
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit),
    )
    .execute();
  const claimed: ClaimedMail[] = [];
  for (const mail of due) {
    const messageId = `${mail.id}@${host}`;
    const attempts = mail.attempts + 1;
    await tx.query
      .updateTable('mails')
      .set({ state: 'sending', message_id: messageId, attempts, claimed_at: at })
      .where('id', '=', mail.id)
      .execute();
    claimed.push({ ...mail, attempts, messageId });
  }
  return claimed;
}

/** Gives mails back that were claimed and not tried. */
export async function releaseMails(tx: Transaction, mails: readonly ClaimedMail[], at: number) {
  for (const { id, attempts } of mails) {
    await tx.query
      .updateTable('mails')
      .set({ state: 'waiting', attempts: attempts - 1, due_at: at + minute, claimed_at: null })
      .where('id', '=', id)
      .where('state', '=', 'sending')
      .execute();
  }
}

/** Notes what became of a mail. The codes in it are nobody's any more once it has left. */
export async function settleMail(
  tx: Transaction,
  { id, attempts }: ClaimedMail,
  delivery: Delivery,
  at: number,
): Promise<void> {
  await tx.query
    .updateTable('mails')
    .set(columnsOf(delivery, attempts, at))
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

function columnsOf(delivery: Delivery, attempts: number, at: number) {
  if (delivery.outcome === 'sent') {
    return { state: 'sent', sent_at: at, error: null, body_text: '', body_html: '' } as const;
  }
  const { outcome, reason } = delivery;
  const pause = outcome === 'failed' ? pauses[attempts - 1] : undefined;
  if (pause !== undefined) {
    return { state: 'waiting', due_at: at + pause, claimed_at: null, error: reason } as const;
  }
  const error = outcome === 'unknown' ? `${mayHaveLeft} ${reason}` : reason;
  return { state: 'dead', error } as const;
}

const mayHaveLeft = 'It may have left: the connection ended before the server’s word.';

/** Gives up the mails of a process that died over them: whether one left is not known, so it is not sent again by itself. */
export async function buryMails(tx: Transaction, at: number): Promise<void> {
  await tx.query
    .updateTable('mails')
    .set({ state: 'dead', error: 'It may have left: the server ended while it was being sent.' })
    .where('state', '=', sql.lit('sending'))
    .where('claimed_at', '<=', at - CLAIM)
    .execute();
}

export type MailState = MailRow['state'];

/** Mails for the operator, newest first. */
export function listMails(
  reader: Reader,
  { state, limit }: { readonly state?: MailState | undefined; readonly limit: number },
) {
  let query = reader.query
    .selectFrom('mails')
    .select(['id', 'kind', 'recipient', 'subject', 'state', 'attempts', 'created_at', 'error'])
    .orderBy('id', 'desc')
    .limit(limit);
  if (state !== undefined) query = query.where('state', '=', state);
  return query.execute();
}

/** One mail with its text; undefined where there is none. */
export function readMail(reader: Reader, id: string) {
  return reader.query.selectFrom('mails').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Sends a dead mail again, under the same message id; false where it is not dead. */
export async function retryMail(tx: Transaction, id: string, at: number): Promise<boolean> {
  const again = await tx.query
    .updateTable('mails')
    .set({ state: 'waiting', attempts: 0, due_at: at, claimed_at: null })
    .where('id', '=', id)
    .where('state', '=', 'dead')
    .returning('id')
    .executeTakeFirst();
  return again !== undefined;
}

/** How long a mail is kept that has left or was given up, and one that nobody sends. */
const RETENTION = 90 * day;

/** Deletes old mails. Answers how many. */
export async function purgeMails(tx: Transaction, at: number, limit: number): Promise<number> {
  const purged = await tx.query
    .deleteFrom('mails')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('mails')
        .select('id')
        .where('created_at', '<=', at - RETENTION)
        .where('state', '<>', 'sending')
        .limit(limit),
    )
    .returning('id')
    .execute();
  return purged.length;
}
