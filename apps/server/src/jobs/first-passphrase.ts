import type { Transaction } from '../database/index.ts';
import {
  accountsWithDirectories,
  makeCode,
  type NewPerson,
  openCode,
  takeNewPeople,
} from '../domain/address-codes/index.ts';
import { minute } from '../duration.ts';
import { enqueueMail } from '../mail/mails.ts';
import { firstPassphraseMail } from '../mail/passphrase.ts';
import type { Job, JobContext } from './job.ts';
import { takesPassphrase } from './send-codes.ts';

/** Looks at an account in one run: an import of many people is mailed over many runs. */
const ROUNDS = 80;

/** Mails people whom directories brought how to set their first passphrase, unless their company enforces SSO for them. */
export const firstPassphraseJob: Job = {
  name: 'first-passphrase',
  every: minute,
  async run(context) {
    const { database } = context;
    for (const accountId of await accountsWithDirectories(database.read)) {
      for (let round = 0; round < ROUNDS; round += 1) {
        if (!(await database.write((tx) => mailNewPeople(tx, context, accountId)))) break;
      }
    }
  },
};

/** False where there is no more to look at. */
async function mailNewPeople(
  tx: Transaction,
  context: JobContext,
  accountId: string,
): Promise<boolean> {
  const { people, more } = await takeNewPeople(tx, accountId, context.now());
  if (people.length === 0) return more;
  const account = await tx.query
    .selectFrom('accounts')
    .select(['id', 'name'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  for (const person of people) await mail(tx, context, account, person);
  return more;
}

async function mail(
  tx: Transaction,
  { settings, now }: JobContext,
  account: { readonly id: string; readonly name: string },
  person: NewPerson,
): Promise<void> {
  const at = now();
  const { userId, address } = person;
  if (!(await takesPassphrase(tx, userId, at))) return;
  const request = await openCode(tx, { purpose: 'first_passphrase', address, at });
  const code = await makeCode(tx, request, { userId, accountId: account.id }, at);
  const { productName, publicUrl } = settings;
  const written = firstPassphraseMail({
    productName,
    accountName: account.name,
    link: `${publicUrl}/sign-in/reset/${code}`,
    expiresAt: request.expiresAt,
  });
  await enqueueMail(tx, { accountId: account.id, recipient: address, at, ...written });
}
