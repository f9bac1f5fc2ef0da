import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import {
  createAccount,
  isSetUp,
  requireSetupLink,
  spendSetupLink,
} from '../../domain/accounts/index.ts';
import {
  createUser,
  hashPassphrase,
  requireEmailAddress,
  requireGoodPassphrase,
} from '../../domain/users/index.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { enterBy } from './session-view.ts';

/** The first start: product, set-up link, owner and account. */
export function registerSetUp(app: FastifyInstance, context: Context): void {
  const { database, settings } = context;

  registerRoute(app, context, routes.getProduct, policies.getProduct, async () => ({
    name: settings.productName,
    setUp: await isSetUp(database.read),
    signUp: settings.signUp,
  }));

  registerRoute(app, context, routes.getSetupLink, policies.getSetupLink, async (call) => {
    await requireSetupLink(database.read, call.params.code, call.at);
    return { state: 'ready' as const };
  });

  registerRoute(app, context, routes.setUp, policies.setUp, async ({ body, at, ...call }) => {
    await requireSetupLink(database.read, body.code, at);
    requireEmailAddress(body.email);
    requireGoodPassphrase(body.passphrase);
    const passphraseHash = await hashPassphrase(body.passphrase);
    return enterBy(context, call, async (tx) => {
      await spendSetupLink(tx, body.code, at);
      const owner = { name: body.name, address: body.email, provedBy: 'setup_link' };
      const id = await createUser(tx, { ...owner, passphraseHash, at });
      const actor = { kind: 'user', id, name: body.name } as const;
      const { requestId } = call;
      await createAccount(tx, { name: body.accountName, ownerId: id, actor, requestId, at });
      return id;
    });
  });
}
