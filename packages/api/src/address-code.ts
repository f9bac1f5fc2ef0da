import { z } from 'zod';
import { route } from './route.ts';
import { emailAddress, passphrase, personName, session, signedIn } from './session.ts';

const code = z.string().min(1).max(200);
const inCode = z.object({ code: z.string().max(200) });

/** Reset of a passphrase and sign-up, both proved by a code that is mailed. */
export const addressCodeRoutes = {
  requestReset: route({
    method: 'POST',
    path: '/sign-in/reset',
    summary: 'Have a link to a new passphrase mailed; reads the same for an unknown person',
    status: 204,
    body: z.object({ email: emailAddress }),
  }),
  getReset: route({
    method: 'GET',
    path: '/sign-in/reset/:code',
    summary: 'Whose passphrase a link sets; spends nothing',
    params: inCode,
    /** `first`: the person has none yet. */
    response: z.object({ address: z.string(), first: z.boolean() }),
  }),
  resetPassphrase: route({
    method: 'POST',
    path: '/sign-in/reset/complete',
    summary: 'Set a new passphrase by a code, end all sessions, and sign in',
    body: z.object({ code, passphrase }),
    response: signedIn,
  }),
  requestSignUp: route({
    method: 'POST',
    path: '/sign-up',
    summary: 'Have a link mailed that proves an address',
    status: 204,
    body: z.object({ email: emailAddress }),
  }),
  getSignUp: route({
    method: 'GET',
    path: '/sign-up/:code',
    summary: 'What a proved address joins; spends nothing',
    params: inCode,
    /** The account that takes people of the domain in; null for an own account. */
    response: z.object({ address: z.string(), joins: z.string().nullable() }),
  }),
  signUp: route({
    method: 'POST',
    path: '/sign-up/complete',
    summary: 'Make a person by a proved address, and sign in',
    status: 201,
    body: z.object({ code, name: personName, passphrase }),
    response: session,
  }),
} as const;
