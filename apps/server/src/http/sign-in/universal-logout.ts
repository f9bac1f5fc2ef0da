import { readRevocation } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { recordAudit } from '../../domain/audit/index.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { endSessionsFor } from '../../domain/sessions/index.ts';
import {
  findMemberOf,
  findSsoConnection,
  readSamlSettings,
  spendAssertion,
  ssoUrls,
} from '../../domain/sso-connections/index.ts';
import { minute } from '../../duration.ts';

/** Whom the IdP means: by e-mail, or by its own subject. */
const body = z.object({
  sub_id: z.union([
    z.object({ format: z.literal('email'), email: z.string().min(3).max(254) }),
    z.object({ format: z.literal('iss_sub'), iss: z.string(), sub: z.string().min(1).max(512) }),
  ]),
});

type InConnection = { Params: { connectionId: string } };

/**
 * Universal Logout: Okta calls it, server to server, when it ends a person's sessions everywhere. Only the status of the
 * answer counts there: 204 done, 400 not understood, 401 not believed, 404 no such person.
 */
export function registerUniversalLogout(app: FastifyInstance, context: Context): void {
  const { database, settings, now } = context;
  app.post<InConnection>(
    '/sso/revoke/:connectionId',
    async ({ params, headers, ...request }, reply) => {
      const at = now();
      const connection = await findSsoConnection(database.read, params.connectionId);
      const idp = connection && readSamlSettings(connection.settings)?.idp;
      if (!connection || !idp || connection.state === 'draft') throw notFound('address');
      const [, token = ''] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
      const trust = {
        certificates: idp.certificates.map(({ pem }) => pem),
        audience: ssoUrls(settings.publicUrl, connection.id).revocationUrl,
        now: at,
      };
      const claims = await readRevocation(token, trust);
      if (claims?.jti === undefined)
        throw new Refusal('unauthenticated', 'The token is not believed.');
      const asked = body.safeParse(request.body);
      if (!asked.success)
        throw new Refusal('invalid_request', 'sub_id must have the format email or iss_sub.');
      const { sub_id: subject } = asked.data;
      const { account_id: accountId } = connection;
      const jti = `revocation ${claims.jti}`;
      const found = await database.write(async (tx) => {
        const spent = { connectionId: connection.id, assertionId: jti, until: at + 30 * minute };
        if (!(await spendAssertion(tx, spent)))
          throw new Refusal('unauthenticated', 'The token was used before.');
        const person = await findMemberOf(tx, connection, subject);
        if (person === undefined) return false;
        const sessions = await endSessionsFor(tx, { accountId, userId: person.id, at });
        await recordAudit(tx, {
          accountId,
          actor: { kind: 'system' },
          action: 'user.sessions_ended',
          subject: { kind: 'user', ...person },
          after: { sessions, by: connection.name },
          at,
        });
        return true;
      });
      if (!found) throw notFound('person');
      return reply.code(204).send();
    },
  );
}
