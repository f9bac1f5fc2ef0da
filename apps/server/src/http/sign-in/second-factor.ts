import { routes } from '@rollcall/api';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../database/index.ts';
import {
  mailPerson,
  provePasskey,
  proveTotp,
  readFactors,
  readSecondFactors,
} from '../../domain/factors/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  addAuthentication,
  beginGuess,
  completeSession,
  forgiveGuess,
  notPending,
  type PendingSession,
  secondFactorThrottle,
} from '../../domain/sessions/index.ts';
import { recoveryCodeUsedMail } from '../../mail/recovery-code.ts';
import type { Settings } from '../../settings.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { setSessionCookie } from '../plugins/session-cookie.ts';
import { partyOf } from './factors.ts';
import { secondFactorView, sessionView } from './session-view.ts';

/** The second half of a sign-in by passphrase. */
export function registerSecondFactor(app: FastifyInstance, context: Context): void {
  const { database, secrets, settings } = context;

  registerRoute(app, context, routes.getSecondFactor, policies.getSecondFactor, async (call) => {
    const { userId, expiresAt } = call.pending;
    const wanted = await readSecondFactors(database.read, userId);
    if (wanted === null) throw notPending();
    return secondFactorView(wanted, expiresAt);
  });

  registerRoute(app, context, routes.presentCode, policies.presentCode, async (call) => {
    const { pending, at } = call;
    const { userId } = pending;
    const throttle = secondFactorThrottle(userId);
    await database.write((tx) => beginGuess(tx, throttle, at));
    return complete(context, call, 'totp', async (tx) => {
      const used = await proveTotp(tx, secrets, { userId, code: call.body.code, at });
      await forgiveGuess(tx, throttle);
      if (used === 'recovery_code') await tellOfRecoveryCode(tx, settings, { userId, at });
    });
  });

  registerRoute(app, context, routes.presentPasskey, policies.presentPasskey, async (call) => {
    const { pending, at, body } = call;
    const owner = await provePasskey(database, partyOf(settings), body.response, at);
    if (owner !== pending.userId) {
      throw new Refusal('passkey_refused', 'That passkey is not of the person who signs in.');
    }
    return complete(context, call, 'passkey', async () => {});
  });
}

/** Makes the session whole in the unit that the proof is part of, and gives the browser its new secret. */
async function complete(
  context: Context,
  { pending, reply, at }: { pending: PendingSession; reply: FastifyReply; at: number },
  method: 'totp' | 'passkey',
  prove: (tx: Transaction) => Promise<void>,
) {
  const { id: sessionId, userId } = pending;
  const opened = await context.database.write(async (tx) => {
    await prove(tx);
    const completed = await completeSession(tx, sessionId, at);
    // A passkey is a whole sign-in; a code adds to what the passphrase was worth.
    const accountId = method === 'passkey' ? null : pending.accountId;
    await addAuthentication(tx, sessionId, { method, accountId }, at);
    return completed;
  });
  setSessionCookie(reply, context.settings.publicUrl, opened);
  return sessionView(context, { userId, sessionId });
}

/** Whoever stole passphrase and codes is found out by the person's mail. */
async function tellOfRecoveryCode(
  tx: Transaction,
  { productName, publicUrl }: Settings,
  { userId, at }: { readonly userId: string; readonly at: number },
): Promise<void> {
  const { recoveryCodesLeft: left } = await readFactors(tx, userId);
  const link = `${publicUrl}/app/profile/security`;
  await mailPerson(tx, { userId, at }, recoveryCodeUsedMail({ productName, left, link }));
}
