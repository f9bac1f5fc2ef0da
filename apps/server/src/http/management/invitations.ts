import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Transaction } from '../../database/index.ts';
import { type OpenInvitation, readInvitation } from '../../domain/invitations/index.ts';
import { acceptInvitation } from '../../domain/provisioning/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import { addressThrottle, beginGuess, forgiveGuess } from '../../domain/sessions/index.ts';
import {
  createUser,
  hashPassphrase,
  requireGoodPassphrase,
  setPassphrase,
  verifyPassphrase,
} from '../../domain/users/index.ts';
import { instantOf } from '../../instant.ts';
import { signInBy } from '../sign-in/session-view.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** What the link of an invitation leads to. */
export function registerInvitations(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.getInvitation, policies.getInvitation, async (call) => {
    const invitation = await readInvitation(database.read, call.params.code, call.at);
    return {
      accountName: invitation.accountName,
      address: invitation.address,
      expiresAt: instantOf(invitation.expiresAt),
      hasPassphrase: hasPassphrase(invitation),
    };
  });

  registerRoute(app, context, routes.acceptInvitation, policies.acceptInvitation, async (call) => {
    const { body, at, requestId } = call;
    const throttle = addressThrottle(call.request.ip);
    await database.write((tx) => beginGuess(tx, throttle, at));
    const invitation = await readInvitation(database.read, body.code, at);
    const become = await personOf(invitation, body, at);
    return signInBy(context, call, async (tx) => {
      await forgiveGuess(tx, throttle);
      const userId = await become(tx);
      await acceptInvitation(tx, { code: body.code, userId, requestId, at });
      return userId;
    });
  });
}

function hasPassphrase({ user }: OpenInvitation): boolean {
  return user !== null && user.passphraseHash !== null;
}

/** Who accepts: somebody who proves their passphrase, or whoever has the mail and sets one. Slow, so before the unit. */
async function personOf(
  { user, address }: OpenInvitation,
  { name, passphrase }: { name?: string | undefined; passphrase: string },
  at: number,
): Promise<(tx: Transaction) => Promise<string>> {
  if (user !== null && user.passphraseHash !== null) {
    const right = await verifyPassphrase(user.passphraseHash, passphrase);
    if (!right) throw new Refusal('wrong_credentials', 'That passphrase is not right.');
    return async () => user.id;
  }
  requireGoodPassphrase(passphrase);
  const hash = await hashPassphrase(passphrase);
  if (user !== null) {
    return async (tx) => {
      await setPassphrase(tx, { userId: user.id, hash, at });
      return user.id;
    };
  }
  const given = { name: name ?? address, address, provedBy: 'invitation', passphraseHash: hash };
  return (tx) => createUser(tx, { ...given, at });
}
