import { type NoAccessReason, routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import type { Reader } from '../../database/index.ts';
import { explainNoAccess } from '../../domain/sessions/index.ts';
import { routeByAddress } from '../../domain/sso-connections/index.ts';
import { readProfile } from '../../domain/users/index.ts';
import { policies } from '../management/policies.ts';
import { registerRoute } from '../management/register.ts';
import { ssoStart } from './sso-answers.ts';

/** Why a person who is signed in sees nothing, and what to do. */
export function registerNoAccess(app: FastifyInstance, context: Context): void {
  const { read } = context.database;
  registerRoute(app, context, routes.getNoAccess, policies.getNoAccess, async (call) => {
    const { id: sessionId, userId } = call.session;
    const reasons = await explainNoAccess(read, { userId, sessionId, at: call.at });
    return {
      reasons: await Promise.all(
        reasons.map(async ({ reason, account, domain }): Promise<NoAccessReason> => {
          const wanted = reason === 'sso_required' && account !== null;
          const location = wanted ? await startOf(read, account.id, userId) : null;
          return { reason, account: account?.name ?? null, domain, location };
        }),
      ),
    };
  });
}

/** Where a member's sign-in through their account's identity provider begins. */
async function startOf(read: Reader, accountId: string, userId: string): Promise<string | null> {
  const { emails } = await readProfile(read, userId);
  for (const { address, proved } of emails) {
    if (!proved) continue;
    const connection = await routeByAddress(read, address);
    if (connection?.account_id === accountId) return ssoStart(connection.id);
  }
  return null;
}
