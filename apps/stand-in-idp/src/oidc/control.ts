import type { FastifyInstance } from 'fastify';
import type { StandIn } from '../stand-in.ts';
import { clientId, defaultOidc, type OidcSettings, oidcOf } from './settings.ts';

/**
 * The part of the control API that speaks of OIDC: `POST /control/oidc` with any of the OIDC settings answers client ID and
 * client secret, `POST /control/oidc/rotate` signs with a new key from then on.
 */
export function registerOidcControl(server: FastifyInstance, standIn: StandIn): void {
  const oidc = oidcOf(standIn);
  server.post<{ Body: Partial<OidcSettings> }>('/control/oidc', async ({ body }) => {
    const { redirectUris, requirePkce, thinIdToken, universalLogoutUrl } = {
      ...oidc.settings(),
      ...body,
    };
    oidc.change({
      redirectUris: Array.isArray(redirectUris)
        ? redirectUris.map(String)
        : defaultOidc.redirectUris,
      requirePkce: requirePkce === true,
      thinIdToken: thinIdToken === true,
      universalLogoutUrl: String(universalLogoutUrl),
    });
    return { clientId, clientSecret: oidc.secret() };
  });
  server.post('/control/oidc/rotate', async () => {
    const [{ keyId }] = await oidc.rotate();
    return { keyId };
  });
}
