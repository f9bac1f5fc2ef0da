import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { registerAcceptInvitation } from './accept-invitation.ts';
import { registerFactorProofs, registerFactors, registerPasskeySignIn } from './factors.ts';
import { registerFirstFactor } from './first-factor.ts';
import { registerNoAccess } from './no-access.ts';
import { registerProfile } from './profile.ts';
import { registerReset } from './reset.ts';
import { registerSecondFactor } from './second-factor.ts';
import { registerSetUp } from './set-up.ts';
import { registerSignIn } from './sign-in.ts';
import { registerSignUp } from './sign-up.ts';
import { registerSso } from './sso.ts';

export { registerIdpAddresses } from './idp-addresses.ts';

/** Everything about a person's own way in. */
export function registerSignIns(app: FastifyInstance, context: Context): void {
  registerSetUp(app, context);
  registerAcceptInvitation(app, context);
  registerSignIn(app, context);
  registerSecondFactor(app, context);
  registerReset(app, context);
  registerSignUp(app, context);
  registerSso(app, context);
  registerNoAccess(app, context);
  registerProfile(app, context);
  registerFactors(app, context);
  registerFirstFactor(app, context);
  registerFactorProofs(app, context);
  registerPasskeySignIn(app, context);
}
