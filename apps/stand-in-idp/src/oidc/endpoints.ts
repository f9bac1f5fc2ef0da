import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { originOf } from '../security.ts';
import { findAssigned } from '../sign-in/assigned.ts';
import { signJwt } from '../sign-in/jwt.ts';
import type { StandIn } from '../stand-in.ts';
import { claimsOf, idTokenClaims } from './claims.ts';
import { type Grant, tokenLife } from './grants.ts';
import { publicJwk } from './keys.ts';
import type { Parameters } from './parameters.ts';
import { paths } from './paths.ts';
import { oidcOf } from './settings.ts';
import { authenticateClient, redeemCode, TokenRefusal } from './token-request.ts';

/** What the service asks the issuer by itself: discovery, keys, token and userinfo. */
export function registerOidcEndpoints(server: FastifyInstance, standIn: StandIn): void {
  const oidc = oidcOf(standIn);

  server.get(paths.discovery, async (request) => discoveryOf(originOf(request)));

  server.get(paths.keys, async () => ({ keys: (await oidc.keys()).map(publicJwk) }));

  server.post<{ Body: Parameters | undefined }>(paths.token, async (request, reply) => {
    try {
      return await answerToken(standIn, request);
    } catch (error) {
      return refuse(reply, error);
    }
  });

  server.route({
    method: ['GET', 'POST'],
    url: paths.userinfo,
    handler: async ({ headers }, reply) => {
      const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      const grant = oidc.grants.findByToken(token ?? '');
      const assigned = grant && findAssigned(standIn.store, grant.personId);
      if (assigned !== undefined) return claimsOf(assigned, grant?.scopes ?? []);
      reply.header('www-authenticate', 'Bearer error="invalid_token"');
      return reply.code(401).send({ error: 'invalid_token' });
    },
  });
}

/** OpenID Connect Discovery §3. */
function discoveryOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: issuer + paths.authorize,
    token_endpoint: issuer + paths.token,
    userinfo_endpoint: issuer + paths.userinfo,
    jwks_uri: issuer + paths.keys,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    claims_supported: ['sub', 'email', 'email_verified', 'name', 'given_name', 'family_name'],
  };
}

/** RFC 6749 §5.1. */
async function answerToken(
  standIn: StandIn,
  request: FastifyRequest<{ Body: Parameters | undefined }>,
) {
  const oidc = oidcOf(standIn);
  const parameters = request.body ?? {};
  authenticateClient({ parameters, authorization: request.headers.authorization }, oidc.secret());
  const { code, grant } = redeemCode(parameters, oidc.grants);
  const assigned = requireAssigned(standIn, grant);
  const [key] = await oidc.keys();
  const accessToken = oidc.grants.issueToken(code, grant);
  const claims = idTokenClaims(assigned, grant, {
    issuer: originOf(request),
    accessToken,
    settings: oidc.settings(),
    now: standIn.now(),
  });
  return {
    token_type: 'Bearer',
    expires_in: tokenLife / 1000,
    access_token: accessToken,
    scope: grant.scopes.join(' '),
    id_token: signJwt(key.privateKey, { kid: key.keyId }, claims),
  };
}

function requireAssigned({ store }: StandIn, { personId }: Grant) {
  const assigned = findAssigned(store, personId);
  if (assigned !== undefined) return assigned;
  throw new TokenRefusal('invalid_grant', 'The person is not assigned to the app any more.');
}

function refuse(reply: FastifyReply, error: unknown) {
  if (!(error instanceof TokenRefusal)) throw error;
  const { code, message } = error;
  const status = code === 'invalid_client' ? 401 : 400;
  if (status === 401) reply.header('www-authenticate', 'Basic realm="Stand-in IdP"');
  return reply.code(status).send({ error: code, error_description: message });
}
