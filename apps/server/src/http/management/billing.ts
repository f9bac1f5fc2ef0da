import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { readBilling, spendActivationCode, startTrial } from '../../domain/accounts/index.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** Plan & billing. */
export function registerBilling(app: FastifyInstance, context: Context): void {
  const { database } = context;
  const view = (accountId: string) => readBilling(database.read, accountId, context.now());

  registerRoute(app, context, routes.getBilling, policies.getBilling, ({ params }) =>
    view(params.accountId),
  );

  registerRoute(
    app,
    context,
    routes.enterActivationCode,
    policies.enterActivationCode,
    async ({ params, body, actor, requestId, at }) => {
      const { accountId } = params;
      const use = { accountId, code: body.code, actor, requestId, at };
      await database.write((tx) => spendActivationCode(tx, use));
      return view(accountId);
    },
  );

  registerRoute(
    app,
    context,
    routes.startTrial,
    policies.startTrial,
    async ({ params, actor, requestId, at }) => {
      const { accountId } = params;
      await database.write((tx) => startTrial(tx, { accountId, actor, requestId, at }));
      return view(accountId);
    },
  );
}
