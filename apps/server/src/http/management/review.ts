import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { countReview, decide, listReview } from '../../domain/decisions/index.ts';
import { actOf } from './directory-act.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';

/** What of a directory waits for a seat, an answer or a decision, and deciding it. */
export function registerReview(app: FastifyInstance, context: Context): void {
  const { database } = context;
  registerRoute(app, context, routes.listReview, policies.listReview, async (call) => ({
    ...(await listReview(database.read, { ...call.params, ...call.query })),
    counts: await countReview(database.read, call.params),
  }));

  registerRoute(app, context, routes.decideReview, policies.decideReview, async (call) => {
    const act = { ...actOf(call), ...call.body };
    return { decided: await database.write((tx) => decide(tx, act)) };
  });
}
