import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Console } from '../console/console.ts';
import { requirePerson } from '../provisioning/people-actions.ts';
import { originOf } from '../security.ts';
import { signJwt } from '../sign-in/jwt.ts';
import { appId } from '../store/app.ts';
import type { SigningKey } from './keys.ts';
import { samlOf } from './settings.ts';

const lifetime = 300;
const timeout = 10_000;

/** Directory > People > Clear user sessions: those here, and those of the app where it has an endpoint for it. */
export function registerUniversalLogout(server: FastifyInstance, console: Console): void {
  const { standIn, sessions, done, refuse } = console;
  const saml = samlOf(standIn);
  server.post<{ Params: { id: string } }>('/people/:id/clear-sessions', async (request, reply) => {
    const { id, profile } = requirePerson(standIn.store, request.params.id);
    const path = `/people/${id}`;
    sessions.closeAllOf(id);
    const { universalLogoutUrl: endpoint } = saml.settings();
    if (endpoint === '') return done(reply, path, 'The sessions here ended.');
    const call = { endpoint, issuer: originOf(request), now: standIn.now() };
    const answer = await revoke(await saml.key(), profile.email ?? '', call);
    if (answer === 204) return done(reply, path, 'The sessions here and in the app ended.');
    return refuse(reply, path, `The sessions here ended. The app answered ${answer}.`);
  });
}

interface Call {
  readonly endpoint: string;
  readonly issuer: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** Asks the app to end a person's sessions (draft-parecki-oauth-global-token-revocation); the status, or why there is none. */
async function revoke(key: SigningKey, email: string, call: Call): Promise<number | string> {
  try {
    const answer = await fetch(call.endpoint, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      headers: {
        authorization: `Bearer ${tokenFor(key, call)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ sub_id: { format: 'email', email } }),
    });
    return answer.status;
  } catch (error) {
    return error instanceof Error ? `nothing (${error.message})` : 'nothing';
  }
}

function tokenFor({ privateKey }: SigningKey, { endpoint, issuer, now }: Call): string {
  const { origin, pathname } = new URL(endpoint);
  const issuedAt = Math.floor(now / 1000);
  const claims = {
    jti: randomUUID(),
    iss: issuer,
    sub: appId,
    aud: origin + pathname,
    iat: issuedAt,
    nbf: issuedAt - lifetime,
    exp: issuedAt + lifetime,
  };
  return signJwt(privateKey, { typ: 'global-token-revocation+jwt' }, claims);
}
