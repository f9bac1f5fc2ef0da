import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { checkSchemaVersion } from '../../database/index.ts';

/** `/healthz`: the process lives. `/readyz`: its database answers and has a schema that this program knows. */
export function registerHealth(app: FastifyInstance, { database }: Context): void {
  app.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });
  app.get('/readyz', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      await checkSchemaVersion(database);
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'not_ready' });
    }
  });
}
