import { type RevocationSigner, readRevocation, SsoRefusal } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { endSessionsFor } from '../../domain/sessions/index.ts';
import {
  findMemberOf,
  findSsoConnection,
  openKeyring,
  revocationSignerOf,
  type SsoConnectionRow,
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
 * answer counts there: 204 done, 400 not understood, 401 not believed, 404 no such person, 503 its keys cannot be read now.
 */
export function registerUniversalLogout(app: FastifyInstance, context: Context): void {
  const { database, settings, now } = context;
  const keyring = openKeyring(settings.privateHosts);
  app.post<InConnection>(
    '/sso/revoke/:connectionId',
    async ({ params, headers, ...request }, reply) => {
      const at = now();
      const connection = await findSsoConnection(database.read, params.connectionId);
      const signer = connection && revocationSignerOf(connection, keyring);
      if (!connection || !signer || connection.state === 'draft') throw notFound('address');
      const [, token = ''] = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '') ?? [];
      const audience = ssoUrls(settings.publicUrl, connection.id).revocationUrl;
      const tokenId = await readTokenId(context, token, { signer, audience, now: at });
      const asked = body.safeParse(request.body);
      if (!asked.success)
        throw new Refusal('invalid_request', 'sub_id must have the format email or iss_sub.');
      const { sub_id: subject } = asked.data;
      if (!(await revoke(context, connection, { tokenId, subject, at }))) throw notFound('person');
      return reply.code(204).send();
    },
  );
}

/** The id of a token that the connection's own IdP signed. Throws `unauthenticated`, and `unavailable` where that cannot be told now. */
async function readTokenId(
  { log }: Context,
  token: string,
  trust: { readonly signer: RevocationSigner; readonly audience: string; readonly now: number },
): Promise<string> {
  const claims = await readRevocation(token, trust).catch((error: unknown) => {
    if (!(error instanceof SsoRefusal)) throw error;
    // Why is for the operator: whoever asks has proved nothing yet.
    log.warn({ err: error }, 'the keys of an issuer cannot be read');
    const text = 'The keys of the issuer cannot be read now. Try again later.';
    throw new Refusal('unavailable', text, { retryAfter: 30 });
  });
  if (claims?.jti === undefined) throw new Refusal('unauthenticated', 'The token is not believed.');
  return claims.jti;
}

interface Revocation {
  readonly tokenId: string;
  readonly subject: z.output<typeof body>['sub_id'];
  readonly at: number;
}

/** Ends a person's sessions, once a token; false where the IdP means nobody of the account. */
function revoke(
  { database }: Context,
  connection: SsoConnectionRow,
  { tokenId, subject, at }: Revocation,
): Promise<boolean> {
  const { account_id: accountId, id: connectionId } = connection;
  const spent = { connectionId, assertionId: `revocation ${tokenId}`, until: at + 30 * minute };
  return database.write(async (tx) => {
    if (!(await spendAssertion(tx, spent)))
      throw new Refusal('unauthenticated', 'The token was used before.');
    const person = await findMemberOf(tx, connection, subject);
    if (person === undefined) return false;
    const actor = { kind: 'system' } as const;
    await endSessionsFor(tx, { accountId, person, actor, by: connection.name, at });
    return true;
  });
}
