import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { listSsoConnections } from '../../domain/sso-connections/index.ts';
import { instantOf } from '../../instant.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** The SSO connections of an account. */
export function registerSsoConnections(app: FastifyInstance, context: Context): void {
  const { read } = context.database;

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
