import type { Database } from '../../src/database/index.ts';

/** The mails to an address, oldest first. */
export function mailsTo(database: Database, recipient: string) {
  return database.read.query
    .selectFrom('mails')
    .select(['kind', 'subject', 'body_text', 'account_id'])
    .where('recipient', '=', recipient)
    .orderBy('id')
    .execute();
}

/** The code in the newest mail to an address; empty where there is none. */
export async function codeTo(database: Database, recipient: string): Promise<string> {
  const mails = await mailsTo(database, recipient);
  return mails.at(-1)?.body_text.match(/\/(\w{43})\b/)?.[1] ?? '';
}
