import { type Command, Option } from 'commander';
import { instantOf } from '../instant.ts';
import { listMails, type MailState, readMail, retryMail } from '../mail/queue.ts';
import { jsonOption, print } from './print.ts';
import { UsageError } from './usage-error.ts';
import { withDatabase } from './with-database.ts';

const states = ['waiting', 'sending', 'sent', 'dead'] as const satisfies readonly MailState[];
const LISTED = 200;

/** `rollcall mail`: the outbox, which nothing else shows. */
export function addMailCommands(root: Command): void {
  const mail = root.command('mail').description('outgoing mail: the outbox, and what was given up');
  mail
    .command('list')
    .description(`the last ${LISTED} mails, newest first`)
    .addOption(new Option('--state <state>', 'only those in this state').choices(states))
    .option(...jsonOption)
    .action(list);
  mail
    .command('show')
    .description('one mail with its text; it can hold a link that opens an account')
    .argument('<id>')
    .option(...jsonOption)
    .action(show);
  mail
    .command('retry')
    .description('send a mail again that was given up')
    .argument('<id>')
    .option(...jsonOption)
    .action(retry);
}

function list({ state, json }: { state?: MailState; json?: boolean }): Promise<void> {
  return withDatabase(async ({ read }) => {
    const mails = await listMails(read, { state, limit: LISTED });
    const items = mails.map(({ created_at, ...mail }) => ({
      ...mail,
      createdAt: instantOf(created_at),
    }));
    const lines = items.map(
      (mail) =>
        `${mail.id}  ${mail.createdAt}  ${mail.state.padEnd(7)}  ${mail.recipient}  ${mail.subject}${mail.error === null ? '' : `\n    ${mail.error}`}`,
    );
    print(json, { items }, lines.length === 0 ? ['No mail.'] : lines);
  });
}

function show(id: string, { json }: { json?: boolean }): Promise<void> {
  return withDatabase(async ({ read }) => {
    const mail = await readMail(read, id);
    if (mail === undefined) throw new UsageError(`there is no mail ${id}`);
    const { recipient, subject, state, error, body_text: text } = mail;
    print(json, { id, recipient, subject, state, error, text }, [
      `To      ${recipient}`,
      `Subject ${subject}`,
      `State   ${state}${error === null ? '' : `: ${error}`}`,
      '',
      text === '' ? '(It has left, and its text is not kept.)' : text,
    ]);
  });
}

function retry(id: string, { json }: { json?: boolean }): Promise<void> {
  return withDatabase(async (database) => {
    const again = await database.write((tx) => retryMail(tx, id, Date.now()));
    if (!again) throw new UsageError(`${id} is no mail that was given up`);
    print(json, { id }, [`${id} is sent again.`]);
  });
}
