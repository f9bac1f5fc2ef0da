import type { FastifyInstance } from 'fastify';
import type { StandIn } from '../stand-in.ts';
import { defaultSaml, samlOf } from './settings.ts';

/**
 * The part of the control API that speaks of SAML: `POST /control/saml` with any of the SAML settings, and
 * `POST /control/saml/rotate` for a new certificate; both answer the active certificate.
 */
export function registerSamlControl(server: FastifyInstance, standIn: StandIn): void {
  const saml = samlOf(standIn);
  server.post<{ Body: Record<string, unknown> }>('/control/saml', async ({ body }) => {
    const known = Object.keys(defaultSaml);
    const given = Object.entries(body).filter(
      ([name, value]) => known.includes(name) && typeof value === 'string',
    );
    saml.change(Object.fromEntries(given));
    return { certificate: (await saml.key()).certificate };
  });
  server.post('/control/saml/rotate', async () => ({
    certificate: (await saml.rotate()).certificate,
  }));
}
