import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader, Transaction } from '../../database/index.ts';
import { type OpenInvitation, readInvitation } from '../../domain/invitations/index.ts';
import { isMemberElsewhere, lockPerson } from '../../domain/memberships/index.ts';
import { acceptInvitation } from '../../domain/provisioning/index.ts';
import { Refusal } from '../../domain/refusal.ts';
import {
  type Authentication,
  addressThrottle,
  beginGuess,
  forgiveGuess,
  passphraseAuthentication,
  requireLocalFactorsToJoin,
} from '../../domain/sessions/index.ts';
import {
  createUser,
  hashPassphrase,
  readPassphraseHash,
  requireGoodPassphrase,
  setPassphrase,
  verifyPassphrase,
} from '../../domain/users/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { demandedSso, provedAddresses } from './demanded-sso.ts';
import { signInBy } from './session-view.ts';

/** What the link of an invitation leads to. */
export function registerAcceptInvitation(app: FastifyInstance, context: Context): void {
  const { database } = context;

  registerRoute(app, context, routes.getInvitation, policies.getInvitation, async (call) => {
    const invitation = await readInvitation(database.read, call.params.code, call.at);
    return {
      accountName: invitation.accountName,
      address: invitation.address,
      expiresAt: instantOf(invitation.expiresAt),
      hasPassphrase: hasPassphrase(invitation),
      sso: await ssoOf(database.read, invitation),
    };
  });

  registerRoute(app, context, routes.acceptInvitation, policies.acceptInvitation, async (call) => {
    const { body, at, requestId } = call;
    const throttle = addressThrottle(call.request.ip);
    await database.write((tx) => beginGuess(tx, throttle, at));
    const invitation = await readInvitation(database.read, body.code, at);
    const { become, authentication } = await personOf(invitation, body, at);
    const work = async (tx: Transaction) => {
      await forgiveGuess(tx, throttle);
      const userId = await become(tx);
      await requireLocalFactorsToJoin(tx, { accountId: invitation.accountId, userId }, at);
      await acceptInvitation(tx, { code: body.code, userId, requestId, at });
      return userId;
    };
    return signInBy(context, call, work, authentication);
  });
}

function hasPassphrase({ user }: OpenInvitation): boolean {
  return user !== null && user.passphraseHash !== null;
}

/** The sign-in that accepts in place of a passphrase, where the inviting account takes its IdP's word alone. */
async function ssoOf(read: Reader, { user, address, accountId }: OpenInvitation) {
  const addresses = user === null ? [address] : await provedAddresses(read, user.id);
  return demandedSso(read, accountId, addresses);
}

interface Accepting {
  readonly become: (tx: Transaction) => Promise<string>;
  readonly authentication: Authentication;
}

/**
 * Who accepts: somebody who proves their passphrase, which is a sign-in like any other; or whoever has the mail and sets
 * one, whose session opens the inviting account alone. Slow, so before the unit.
 */
async function personOf(
  { user, address, accountId }: OpenInvitation,
  { name, passphrase }: { name?: string | undefined; passphrase: string },
  at: number,
): Promise<Accepting> {
  if (user !== null && user.passphraseHash !== null) {
    const right = await verifyPassphrase(user.passphraseHash, passphrase);
    if (!right) throw new Refusal('wrong_credentials', 'That passphrase is not right.');
    return { become: async () => user.id, authentication: passphraseAuthentication };
  }
  requireGoodPassphrase(passphrase);
  const hash = await hashPassphrase(passphrase);
  const authentication = { ...passphraseAuthentication, accountId };
  if (user !== null) {
    const become = (tx: Transaction) => setFirstPassphrase(tx, user.id, { accountId, hash, at });
    return { become, authentication };
  }
  const given = { name: name ?? address, address, provedBy: 'invitation', passphraseHash: hash };
  return { become: (tx) => createUser(tx, { ...given, at }), authentication };
}

/**
 * The mail of one account must not open another: somebody who is in another account, or set a passphrase meanwhile, gets
 * none by an invitation.
 */
async function setFirstPassphrase(
  tx: Transaction,
  userId: string,
  { accountId, hash, at }: { accountId: string; hash: string; at: number },
): Promise<string> {
  await lockPerson(tx, userId);
  const known = (await readPassphraseHash(tx, userId)) !== null;
  if (known || (await isMemberElsewhere(tx, { accountId, userId }))) {
    throw new Refusal(
      'conflict',
      'You are in another account here, so an invitation cannot set your passphrase. Sign in the way that you do there, set a passphrase in your profile, and open this link again; or ask whoever invited you to use another address of yours.',
    );
  }
  await setPassphrase(tx, { userId, hash, at });
  return userId;
}
