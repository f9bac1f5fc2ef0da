import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../database/index.ts';
import {
  endCodesOf,
  type LiveCode,
  readCode,
  requestCode,
  spendCode,
} from '../../domain/address-codes/index.ts';
import { auditFactorChange } from '../../domain/factors/index.ts';
import { isMemberElsewhere, lockPerson } from '../../domain/memberships/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  addressThrottle,
  beginGuess,
  endAllSessions,
  forgiveGuess,
  mailThrottle,
  passphraseAuthentication,
  requireLocalFactors,
} from '../../domain/sessions/index.ts';
import {
  hashPassphrase,
  readPassphraseHash,
  requireEmailAddress,
  requireGoodPassphrase,
  setPassphrase,
} from '../../domain/users/index.ts';
import { enqueueMail } from '../../mail/mails.ts';
import { passphraseChangedMail } from '../../mail/passphrase.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { signInBy } from './session-view.ts';

const purposes = ['reset', 'first_passphrase'] as const;

/** A new passphrase for whoever reads the person's mail. */
export function registerReset(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.requestReset, policies.requestReset, async (call) => {
    const { body, request, at } = call;
    requireEmailAddress(body.email);
    await database.write(async (tx) => {
      await beginGuess(tx, mailThrottle(request.ip), at);
      await requestCode(tx, { purpose: 'reset', address: body.email, at });
    });
    return {};
  });

  registerRoute(app, context, routes.getReset, policies.getReset, async ({ params, at }) => {
    const { address, purpose } = await readCode(database.read, params.code, purposes, at);
    return { address, first: purpose === 'first_passphrase' };
  });

  registerRoute(app, context, routes.resetPassphrase, policies.resetPassphrase, async (call) => {
    const { body, requestId, at } = call;
    const throttle = addressThrottle(call.request.ip);
    await database.write((tx) => beginGuess(tx, throttle, at));
    const live = await readCode(database.read, body.code, purposes, at);
    requireGoodPassphrase(body.passphrase);
    const hash = await hashPassphrase(body.passphrase);
    const work = async (tx: Transaction) => {
      await forgiveGuess(tx, throttle);
      await spendCode(tx, body.code, at);
      return setNew(tx, context, live, { hash, requestId });
    };
    // What one account's mail proved opens that account alone.
    const authentication = { ...passphraseAuthentication, accountId: live.accountId };
    return signInBy(context, call, work, authentication);
  });
}

async function setNew(
  tx: Transaction,
  { settings, now }: Context,
  { userId, accountId, address }: LiveCode,
  { hash, requestId }: { readonly hash: string; readonly requestId: string },
): Promise<string> {
  if (userId === null) throw new TypeError('a code that sets a passphrase is a person’s');
  const at = now();
  await lockPerson(tx, userId);
  await requireLocalFactors(tx, userId, at);
  if (accountId !== null) await requireFirst(tx, { accountId, userId });
  await setPassphrase(tx, { userId, hash, at });
  await auditFactorChange(tx, { userId, change: 'passphrase_changed', requestId, at });
  await endCodesOf(tx, userId, at);
  await endAllSessions(tx, userId, at);
  const { productName, publicUrl } = settings;
  if (accountId === null) {
    const mail = passphraseChangedMail({ productName, link: `${publicUrl}/sign-in/reset` });
    await enqueueMail(tx, { accountId: null, recipient: address, at, ...mail });
  }
  return userId;
}

/** The mail that a directory's account sends must not open another: it sets a first passphrase, and for its own people. */
async function requireFirst(
  tx: Transaction,
  who: { readonly accountId: string; readonly userId: string },
): Promise<void> {
  const known = (await readPassphraseHash(tx, who.userId)) !== null;
  if (!known && !(await isMemberElsewhere(tx, who))) return;
  throw new Refusal(
    'code_invalid',
    'You have a passphrase, or another account here, by now. Ask for a new passphrase at the sign-in instead.',
  );
}
