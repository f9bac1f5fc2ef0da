import type { Transaction } from '../database/index.ts';
import {
  type CodeRequest,
  dropCodeRequest,
  makeCode,
  takeCodeRequests,
} from '../domain/address-codes/index.ts';
import { Refusal } from '../domain/refusal.ts';
import { requireLocalFactors } from '../domain/sessions/index.ts';
import { findUserByProvedAddress, type User } from '../domain/users/index.ts';
import { second } from '../duration.ts';
import type { Mail } from '../mail/layout.ts';
import { enqueueMail } from '../mail/mails.ts';
import { resetMail, signedUpAlreadyMail, signUpMail } from '../mail/passphrase.ts';
import type { Job, JobContext } from './job.ts';

/** Mails of one unit. */
const SLICE = 50;

/** Looks who asked for a code, makes it and mails it. Only the mail ever holds it. */
export const sendCodesJob: Job = {
  name: 'send-codes',
  every: 5 * second,
  async run(context) {
    let done: number;
    do done = await context.database.write((tx) => sendSlice(tx, context));
    while (done === SLICE);
  },
};

async function sendSlice(tx: Transaction, context: JobContext): Promise<number> {
  const requests = await takeCodeRequests(tx, SLICE);
  for (const request of requests) {
    const at = context.now();
    const user = await findUserByProvedAddress(tx, request.address);
    const mail =
      request.purpose === 'sign_up'
        ? await signUpAnswer(tx, context, request, user)
        : await resetAnswer(tx, context, request, user);
    if (mail === undefined) await dropCodeRequest(tx, request.id, at);
    else await enqueueMail(tx, { accountId: null, recipient: request.address, at, ...mail });
  }
  return requests.length;
}

async function signUpAnswer(
  tx: Transaction,
  { settings, now }: JobContext,
  request: CodeRequest,
  user: User | undefined,
): Promise<Mail> {
  const { productName, publicUrl } = settings;
  if (user !== undefined) {
    await dropCodeRequest(tx, request.id, now());
    return signedUpAlreadyMail({ productName, link: `${publicUrl}/sign-in` });
  }
  const code = await makeCode(tx, request, { userId: null, accountId: null }, now());
  return signUpMail({ productName, link: `${publicUrl}/sign-up/${code}` });
}

/** Nothing where the person is unknown, or no account of theirs would take a passphrase. */
async function resetAnswer(
  tx: Transaction,
  { settings, now }: JobContext,
  request: CodeRequest,
  user: User | undefined,
): Promise<Mail | undefined> {
  if (user === undefined || !(await takesPassphrase(tx, user.id, now()))) return undefined;
  const code = await makeCode(tx, request, { userId: user.id, accountId: null }, now());
  const { productName, publicUrl } = settings;
  return resetMail({ productName, link: `${publicUrl}/sign-in/reset/${code}` });
}

/** Whether some account of a person lets them in by a passphrase: not where each enforces SSO. */
export async function takesPassphrase(
  tx: Transaction,
  userId: string,
  at: number,
): Promise<boolean> {
  try {
    await requireLocalFactors(tx, userId, at);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
