import { type NoAccessReason, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { explainNoAccess } from '../../domain/sessions/index.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { demandedSso, provedAddresses } from './demanded-sso.ts';

/** Why a person who is signed in sees nothing, and what to do. */
export function registerNoAccess(app: FastifyInstance, context: Context): void {
  const { read } = context.database;
  registerRoute(app, context, routes.getNoAccess, policies.getNoAccess, async (call) => {
    const { id: sessionId, userId } = call.session;
    const reasons = await explainNoAccess(read, { userId, sessionId, at: call.at });
    const isWanted = reasons.some(({ reason }) => reason === 'sso_required');
    const addresses = isWanted ? await provedAddresses(read, userId) : [];
    return {
      reasons: await Promise.all(
        reasons.map(async ({ reason, account, domain }): Promise<NoAccessReason> => {
          const wanted = reason === 'sso_required' && account !== null;
          const location = wanted ? await demandedSso(read, account.id, addresses) : null;
          return { reason, account: account?.name ?? null, domain, location };
        }),
      ),
    };
  });
}
