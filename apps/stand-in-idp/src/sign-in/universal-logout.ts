import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Console } from '../console/console.ts';
import { oidcOf } from '../oidc/settings.ts';
import { requirePerson } from '../provisioning/people-actions.ts';
import { samlOf } from '../saml/settings.ts';
import { originOf } from '../security.ts';
import { appId } from '../store/app.ts';
import { signJwt } from './jwt.ts';

const lifetime = 300;
const timeout = 10_000;

/** Directory > People > Clear user sessions: those here, and those of the app where it has an endpoint for it, by either protocol. */
export function registerUniversalLogout(server: FastifyInstance, console: Console): void {
  const { standIn, sessions, done, refuse } = console;
  const saml = samlOf(standIn);
  const oidc = oidcOf(standIn);
  const signers = async (): Promise<readonly Signer[]> => {
    const { privateKey } = await saml.key();
    const [token] = await oidc.keys();
    return [
      { endpoint: saml.settings().universalLogoutUrl, privateKey },
      { endpoint: oidc.settings().universalLogoutUrl, ...token },
    ];
  };
  server.post<{ Params: { id: string } }>('/people/:id/clear-sessions', async (request, reply) => {
    const { id, profile } = requirePerson(standIn.store, request.params.id);
    const path = `/people/${id}`;
    sessions.closeAllOf(id);
    const asked = (await signers()).filter(({ endpoint }) => endpoint !== '');
    if (asked.length === 0) return done(reply, path, 'The sessions here ended.');
    const call = { issuer: originOf(request), now: standIn.now() };
    const answers = await Promise.all(
      asked.map((signer) => revoke(signer, profile.email ?? '', call)),
    );
    const bad = answers.find((answer) => answer !== 204);
    if (bad === undefined) return done(reply, path, 'The sessions here and in the app ended.');
    return refuse(reply, path, `The sessions here ended. The app answered ${bad}.`);
  });
}

/** Where the app is told, and by which key it believes that. */
interface Signer {
  /** Empty where it is not told. */
  readonly endpoint: string;
  /** PEM. */
  readonly privateKey: string;
  /** As the key set names it; a certificate names none. */
  readonly keyId?: string;
}

interface Call {
  readonly issuer: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** Asks the app to end a person's sessions (draft-parecki-oauth-global-token-revocation); the status, or why there is none. */
async function revoke(signer: Signer, email: string, call: Call): Promise<number | string> {
  try {
    const answer = await fetch(signer.endpoint, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
      headers: {
        authorization: `Bearer ${tokenFor(signer, call)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ sub_id: { format: 'email', email } }),
    });
    return answer.status;
  } catch (error) {
    return error instanceof Error ? `nothing (${error.message})` : 'nothing';
  }
}

function tokenFor({ endpoint, privateKey, keyId }: Signer, { issuer, now }: Call): string {
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
  const header = { typ: 'global-token-revocation+jwt', ...(keyId !== undefined && { kid: keyId }) };
  return signJwt(privateKey, header, claims);
}
