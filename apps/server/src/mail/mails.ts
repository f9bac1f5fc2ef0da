import type { Transaction } from '../database/index.ts';
import { newId } from '../uuid-v7.ts';
import type { Mail } from './layout.ts';

/** A mail that is to be sent. */
export interface NewMail extends Mail {
  readonly accountId: string | null;
  readonly recipient: string;
  /** UTC milliseconds. */
  readonly at: number;
}

/** Stores a mail for the transport, in the unit of what it tells of. */
export async function enqueueMail(tx: Transaction, mail: NewMail): Promise<void> {
  const { accountId, recipient, kind, subject, text, html, at } = mail;
  await tx.query
    .insertInto('mails')
    .values({
      id: newId(at),
      account_id: accountId,
      kind,
      recipient,
      subject,
      body_text: text,
      body_html: html,
      created_at: at,
      sent_at: null,
    })
    .execute();
}
