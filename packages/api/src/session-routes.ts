import { z } from 'zod';
import { id } from './common.ts';
import { route } from './route.ts';
import * as session from './session.ts';

/** Before and around sign-in. */
export const sessionRoutes = {
  getProduct: route({
    method: 'GET',
    path: '/product',
    summary: 'Name of the product, and whether the first account exists',
    response: session.product,
  }),
  getSetupLink: route({
    method: 'GET',
    path: '/setup/:code',
    summary: 'Whether a set-up link still works',
    params: z.object({ code: z.string().max(200) }),
    response: session.setupLink,
  }),
  setUp: route({
    method: 'POST',
    path: '/setup',
    summary: 'Make the owner and the account, once, and sign in',
    status: 201,
    body: session.setupBody,
    response: session.session,
  }),
  getInvitation: route({
    method: 'GET',
    path: '/invitations/:code',
    summary: 'What a link of an invitation offers',
    params: z.object({ code: z.string().max(200) }),
    response: session.invitation,
  }),
  acceptInvitation: route({
    method: 'POST',
    path: '/invitations/accept',
    summary: 'Join the account that invited, and sign in',
    status: 201,
    body: session.acceptInvitationBody,
    response: session.signedIn,
  }),
  identify: route({
    method: 'POST',
    path: '/sign-in/identify',
    summary: 'How an address signs in',
    body: session.identifyBody,
    response: session.identified,
  }),
  signIn: route({
    method: 'POST',
    path: '/sign-in/passphrase',
    summary: 'Sign in by passphrase',
    body: session.signInBody,
    response: session.signedIn,
  }),
  signOut: route({
    method: 'POST',
    path: '/sign-out',
    summary: 'End this session',
    /** Where the identity provider ends its own; null where it has no address for that. */
    response: z.object({ location: z.string().nullable() }),
  }),
  proveFactor: route({
    method: 'POST',
    path: '/session/fresh-factor',
    summary: 'Prove a local factor again, for sensitive acts of the next ten minutes',
    body: session.freshFactorBody,
    response: session.session,
  }),
  getSession: route({
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in, and to which accounts',
    response: session.session,
  }),
  getProfile: route({
    method: 'GET',
    path: '/profile',
    summary: 'Own name and addresses',
    response: session.profile,
  }),
  updateProfile: route({
    method: 'PATCH',
    path: '/profile',
    summary: 'Change the own name',
    body: session.profileBody,
    response: session.profile,
  }),
  changePassphrase: route({
    method: 'PUT',
    path: '/profile/passphrase',
    summary: 'Change the own passphrase; needs a fresh local factor and ends the other sessions',
    status: 204,
    body: session.passphraseBody,
  }),
  listSessions: route({
    method: 'GET',
    path: '/profile/sessions',
    summary: 'Own sessions',
    response: z.object({ items: z.array(session.sessionEntry) }),
  }),
  endSession: route({
    method: 'DELETE',
    path: '/profile/sessions/:sessionId',
    summary: 'End one of the own sessions',
    status: 204,
    params: z.object({ sessionId: id }),
  }),
} as const;
