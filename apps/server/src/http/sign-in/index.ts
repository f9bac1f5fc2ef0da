import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { registerAcceptInvitation } from './accept-invitation.ts';
import { registerProfile } from './profile.ts';
import { registerSetUp } from './set-up.ts';
import { registerSignIn } from './sign-in.ts';

/** Everything about a person's own way in. */
export function registerSignIns(app: FastifyInstance, context: Context): void {
  registerSetUp(app, context);
  registerAcceptInvitation(app, context);
  registerSignIn(app, context);
  registerProfile(app, context);
}
