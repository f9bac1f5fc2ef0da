import { z } from 'zod';
import { id, instant } from './common.ts';
import { route } from './route.ts';
import { passphrase, secondFactor, session } from './session.ts';

/** What WebAuthn's own scripts exchange; the server checks it as the standard says. */
const webauthn = z.record(z.string(), z.unknown());

/** Six digits of an authenticator app, or a recovery code, as people type them. */
const code = z.string().trim().min(1, 'Type the code.').max(40);

export const passkey = z.object({
  id,
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type Passkey = z.infer<typeof passkey>;

/** The local factors of a person: what sensitive acts may ask for. */
export const factors = z.object({
  passphrase: z.boolean(),
  /** Since when an authenticator app is set up; null without one. */
  totpSince: instant.nullable(),
  recoveryCodesLeft: z.number().int(),
  passkeys: z.array(passkey),
});
export type Factors = z.infer<typeof factors>;

export const factorRoutes = {
  getFactors: route({
    method: 'GET',
    path: '/profile/factors',
    summary: 'Own local factors',
    response: factors,
  }),
  beginTotp: route({
    method: 'POST',
    path: '/profile/factors/totp',
    summary: 'Begin to set up an authenticator app; needs a fresh local factor',
    response: z.object({
      /** For the app's camera. */
      uri: z.string(),
      /** For typing. */
      secret: z.string(),
    }),
  }),
  confirmTotp: route({
    method: 'POST',
    path: '/profile/factors/totp/confirm',
    summary:
      'Set the authenticator app up with a code of it; answers recovery codes, which are shown only here',
    body: z.object({ code }),
    response: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  requestFirstFactor: route({
    method: 'POST',
    path: '/profile/first-factor',
    summary: 'Mail a link to somebody who is signed in and has no local factor',
    status: 204,
  }),
  setFirstFactor: route({
    method: 'PUT',
    path: '/profile/first-factor',
    summary: 'Set the first passphrase by the link that was mailed; it is a fresh local factor',
    body: z.object({ code: z.string().min(1).max(200), passphrase }),
    response: session,
  }),
  removeTotp: route({
    method: 'DELETE',
    path: '/profile/factors/totp',
    summary: 'Remove the authenticator app; needs a fresh local factor',
    status: 204,
  }),
  renewRecoveryCodes: route({
    method: 'POST',
    path: '/profile/factors/recovery-codes',
    summary: 'Make new recovery codes; the old ones end; needs a fresh local factor',
    response: z.object({ recoveryCodes: z.array(z.string()) }),
  }),
  beginPasskey: route({
    method: 'POST',
    path: '/profile/factors/passkeys/options',
    summary: 'What the browser needs to make a passkey; needs a fresh local factor',
    response: webauthn,
  }),
  addPasskey: route({
    method: 'POST',
    path: '/profile/factors/passkeys',
    summary: 'Keep the passkey that the browser made; needs a fresh local factor',
    status: 204,
    body: z.object({
      name: z.string().trim().min(1, 'Give it a name.').max(100),
      response: webauthn,
    }),
  }),
  removePasskey: route({
    method: 'DELETE',
    path: '/profile/factors/passkeys/:passkeyId',
    summary: 'Remove a passkey; needs a fresh local factor',
    status: 204,
    params: z.object({ passkeyId: id }),
  }),
  proveTotp: route({
    method: 'POST',
    path: '/session/fresh-factor/totp',
    summary: 'Prove a code of the authenticator app, or a recovery code, for sensitive acts',
    body: z.object({ code }),
    response: session,
  }),
  passkeyChallenge: route({
    method: 'POST',
    path: '/session/passkey-challenge',
    summary: 'What the browser needs to prove a passkey',
    response: webauthn,
  }),
  provePasskey: route({
    method: 'POST',
    path: '/session/fresh-factor/passkey',
    summary: 'Prove a passkey, for sensitive acts of the next ten minutes',
    body: z.object({ response: webauthn }),
    response: session,
  }),
  getSecondFactor: route({
    method: 'GET',
    path: '/sign-in/second-factor',
    summary: 'What this sign-in still asks for, until when',
    response: secondFactor,
  }),
  presentCode: route({
    method: 'POST',
    path: '/sign-in/second-factor/code',
    summary: 'Finish a sign-in by a code of the authenticator app, or a recovery code',
    body: z.object({ code }),
    response: session,
  }),
  presentPasskey: route({
    method: 'POST',
    path: '/sign-in/second-factor/passkey',
    summary: 'Finish a sign-in by a passkey',
    body: z.object({ response: webauthn }),
    response: session,
  }),
  signInWithPasskey: route({
    method: 'POST',
    path: '/sign-in/passkey',
    summary: 'Sign in with a passkey',
    body: z.object({ response: webauthn }),
    response: session,
  }),
} as const;
