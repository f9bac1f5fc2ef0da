import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { listReview } from '../../domain/provisioning/index.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** What of a directory waits for a seat, an answer or a decision. */
export function registerReview(app: FastifyInstance, context: Context): void {
  const { read } = context.database;
  registerRoute(app, context, routes.listReview, policies.listReview, ({ params, query }) =>
    listReview(read, { ...params, ...query }),
  );
}
