import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import {
  endCodesOf,
  makeCode,
  readCode,
  requestCode,
  spendCode,
} from '../../domain/address-codes/index.ts';
import { noteFactorChange, readFactors } from '../../domain/factors/index.ts';
import { lockPerson } from '../../domain/memberships/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  addAuthentication,
  beginGuess,
  mailThrottle,
  passphraseAuthentication,
} from '../../domain/sessions/index.ts';
import {
  hashPassphrase,
  readProfile,
  requireGoodPassphrase,
  setPassphrase,
} from '../../domain/users/index.ts';
import { enqueueMail } from '../../mail/mails.ts';
import { firstFactorMail } from '../../mail/passphrase.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { sessionView } from './session-view.ts';

/**
 * The first local factor of somebody who only ever signed in through an IdP. An IdP's word is not enough for it, or a
 * hostile IdP would reach every sensitive act; their mail has to agree.
 */
export function registerFirstFactor(app: FastifyInstance, context: Context): void {
  const { database, settings } = context;

  const { requestFirstFactor: request, setFirstFactor: set } = policies;
  registerRoute(app, context, routes.requestFirstFactor, request, async (call) => {
    const { userId } = call.session;
    const { at } = call;
    const address = await provedAddress(database.read, userId);
    await database.write(async (tx) => {
      await requireNoFactor(tx, userId);
      await beginGuess(tx, mailThrottle(call.request.ip), at);
      const opened = await requestCode(tx, { purpose: 'first_factor', address, at });
      if (opened === undefined) return;
      const code = await makeCode(tx, opened, { userId, accountId: null }, at);
      const { productName, publicUrl } = settings;
      const link = `${publicUrl}/app/profile/security?code=${code}`;
      const mail = firstFactorMail({ productName, link });
      await enqueueMail(tx, { accountId: null, recipient: address, at, ...mail });
    });
    return {};
  });

  registerRoute(app, context, routes.setFirstFactor, set, async (call) => {
    const { id: sessionId, userId } = call.session;
    const { code, passphrase } = call.body;
    const { requestId, at } = call;
    const live = await readCode(database.read, code, ['first_factor'], at);
    if (live.userId !== userId) {
      throw new Refusal('code_invalid', 'This link is for somebody else. Sign in as them first.');
    }
    requireGoodPassphrase(passphrase);
    const hash = await hashPassphrase(passphrase);
    await database.write(async (tx) => {
      await lockPerson(tx, userId);
      await requireNoFactor(tx, userId);
      await spendCode(tx, code, at);
      await setPassphrase(tx, { userId, hash, at });
      const change = 'passphrase_changed';
      await noteFactorChange(tx, settings, { userId, change, requestId, at });
      await endCodesOf(tx, userId, at);
      await addAuthentication(tx, sessionId, passphraseAuthentication, at);
    });
    return sessionView(context, { userId, sessionId });
  });
}

async function provedAddress(reader: Reader, userId: string): Promise<string> {
  const { emails } = await readProfile(reader, userId);
  const proved = emails.find((email) => email.proved);
  if (proved !== undefined) return proved.address;
  throw new Refusal('conflict', 'None of your addresses is proved. Ask an owner of your account.');
}

async function requireNoFactor(reader: Reader, userId: string): Promise<void> {
  const { passphrase, totpSince, passkeys } = await readFactors(reader, userId);
  if (!passphrase && totpSince === null && passkeys.length === 0) return;
  throw new Refusal('conflict', 'You have a local factor already: prove it instead.');
}
