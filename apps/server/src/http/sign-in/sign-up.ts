import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../database/index.ts';
import { readCode, requestCode, spendCode } from '../../domain/address-codes/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  addressThrottle,
  beginGuess,
  forgiveGuess,
  mailThrottle,
} from '../../domain/sessions/index.ts';
import { readWayIn, signUp } from '../../domain/sign-up/index.ts';
import {
  hashPassphrase,
  requireEmailAddress,
  requireGoodPassphrase,
} from '../../domain/users/index.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { enterBy } from './session-view.ts';

const purposes = ['sign_up'] as const;

/** People who come by themselves: the address is proved by mail, then its domain decides where they go. */
export function registerSignUp(app: FastifyInstance, context: Context): void {
  const { database, settings } = context;

  registerRoute(app, context, routes.requestSignUp, policies.requestSignUp, async (call) => {
    const { body, request, at } = call;
    requireOpen();
    requireEmailAddress(body.email);
    await readWayIn(database.read, body.email, at);
    await database.write(async (tx) => {
      await beginGuess(tx, mailThrottle(request.ip), at);
      await requestCode(tx, { purpose: 'sign_up', address: body.email, at });
    });
    return {};
  });

  registerRoute(app, context, routes.getSignUp, policies.getSignUp, async ({ params, at }) => {
    requireOpen();
    const { address } = await readCode(database.read, params.code, purposes, at);
    const capture = await readWayIn(database.read, address, at);
    return { address, joins: capture?.accountName ?? null };
  });

  registerRoute(app, context, routes.signUp, policies.signUp, async (call) => {
    const { body, requestId, at } = call;
    requireOpen();
    const throttle = addressThrottle(call.request.ip);
    await database.write((tx) => beginGuess(tx, throttle, at));
    const { address } = await readCode(database.read, body.code, purposes, at);
    requireGoodPassphrase(body.passphrase);
    const passphraseHash = await hashPassphrase(body.passphrase);
    const { name } = body;
    return enterBy(context, call, async (tx: Transaction) => {
      await forgiveGuess(tx, throttle);
      await spendCode(tx, body.code, at);
      return signUp(tx, { name, address, passphraseHash, requestId, at });
    });
  });

  function requireOpen(): void {
    if (settings.signUp) return;
    throw new Refusal(
      'sign_up_closed',
      'Nobody signs up here on their own. Ask whoever runs this in your company for an invitation.',
    );
  }
}
