import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { listDomains } from '../../domain/domains/index.ts';
import { listSsoConnections } from '../../domain/sso-connections/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** E-mail domains and SSO connections. */
export function registerDomains(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

  registerRoute(app, context, routes.listDomains, policies.listDomains, async ({ params }) => {
    const domains = await listDomains(read, params.accountId);
    return {
      items: domains.map(({ id, name, state, verified_at }) => ({
        id,
        name,
        state,
        verifiedAt: instantOf(verified_at),
      })),
    };
  });

  registerRoute(
    app,
    context,
    routes.listSsoConnections,
    policies.listSsoConnections,
    async ({ params }) => {
      const connections = await listSsoConnections(read, params.accountId);
      return {
        items: connections.map(({ tested_at, ...connection }) => ({
          ...connection,
          testedAt: instantOf(tested_at),
        })),
      };
    },
  );
}
