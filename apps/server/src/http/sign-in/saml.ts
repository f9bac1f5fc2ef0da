import { type SamlIdentity, SsoRefusal, writeSpMetadata } from '@rollcall/sso';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { notFound } from '../../domain/refusal.ts';
import { endSessionsOfSubject } from '../../domain/sessions/index.ts';
import {
  findOpenRequest,
  findSsoConnection,
  readSamlSettings,
  type SsoConnectionRow,
  type SsoIdentity,
  samlMemory,
  serviceProviderOf,
  ssoUrls,
} from '../../domain/sso-connections/index.ts';
import { keepAnswer, noteRefusal } from './sso-answers.ts';
import { registerUniversalLogout } from './universal-logout.ts';

type InConnection = { Params: { connectionId: string } };
type Posted = InConnection & { Body: URLSearchParams };

/** What a form may hold: a response of the largest size that is read, percent-encoded. */
const FORM_LIMIT = 900_000;

/**
 * The addresses of SAML connections that IdPs know. They stand outside of what knows the session cookie: a browser brings
 * them from another site. Nobody is signed in here; the browser is sent to fetch the answer to its own request.
 */
export function registerSaml(app: FastifyInstance, context: Context): void {
  app.register((surface, _options, done) => {
    surface.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_LIMIT },
      (_request, body, parsed) => parsed(null, new URLSearchParams(body.toString())),
    );
    surface.addHook('onRequest', async (_request, reply) => {
      reply.headers({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      });
    });
    registerAddresses(surface, context);
    registerUniversalLogout(surface, context);
    done();
  });
}

function registerAddresses(surface: FastifyInstance, context: Context): void {
  const service = { publicUrl: context.settings.publicUrl, secrets: context.secrets };

  surface.get<InConnection>('/sso/saml/:connectionId', async ({ params }, reply) => {
    const connection = await requireSaml(context, params.connectionId);
    const known = readSamlSettings(connection.settings);
    if (known === undefined) throw notFound('address');
    const metadata = metadataOf(context, connection, known.key.certificate);
    return reply.type('application/samlmetadata+xml').send(metadata);
  });

  surface.post<Posted>('/sso/saml/:connectionId/acs', async ({ params, body }, reply) => {
    const connection = await requireSaml(context, params.connectionId);
    return reply.redirect(
      context.settings.publicUrl + (await receive(context, connection, body)),
      303,
    );
  });

  const logout = async (request: FastifyRequest<InConnection>, reply: FastifyReply) => {
    const connection = await requireSaml(context, request.params.connectionId);
    const query = request.url.split('?').slice(1).join('?');
    const provider = serviceProviderOf(service, connection);
    const at = context.now();
    try {
      const message = provider.readLogout(query, at);
      if (message.kind === 'response') return reply.redirect('/sign-in', 303);
      const whom = { connectionId: connection.id, ...message, at };
      await context.database.write((tx) => endSessionsOfSubject(tx, whom));
      const relayState = new URLSearchParams(query).get('RelayState') ?? undefined;
      const next = await provider.logoutResponseUrl(message.id, relayState);
      return reply.redirect(next ?? '/sign-in', 303);
    } catch (error) {
      return reply.redirect(
        await noteRefusal(context, error, { connection, purpose: 'sign_in' }),
        303,
      );
    }
  };
  surface.get<InConnection>('/sso/saml/:connectionId/logout', logout);
}

async function requireSaml({ database }: Context, connectionId: string): Promise<SsoConnectionRow> {
  const connection = await findSsoConnection(database.read, connectionId);
  if (connection?.protocol === 'saml') return connection;
  throw notFound('address');
}

function metadataOf({ settings }: Context, { id }: SsoConnectionRow, certificate: string): string {
  return writeSpMetadata({ ...ssoUrls(settings.publicUrl, id), certificate });
}

/** Reads a posted response; answers where the browser goes next. */
async function receive(
  context: Context,
  connection: SsoConnectionRow,
  form: URLSearchParams,
): Promise<string> {
  const { database, settings, secrets } = context;
  const at = context.now();
  const relayState = form.get('RelayState') ?? '';
  const asked = await findOpenRequest(database.read, {
    connectionId: connection.id,
    id: relayState,
    at,
  });
  const attempt = {
    connection,
    purpose: asked?.purpose ?? 'sign_in',
    startedBy: asked?.started_by ?? null,
  } as const;
  try {
    const provider = serviceProviderOf({ publicUrl: settings.publicUrl, secrets }, connection);
    const memory = samlMemory(database, connection.id, at);
    const said = await provider.readResponse(form.get('SAMLResponse') ?? '', at, memory);
    if (said.inResponseTo === null) return restart(connection, relayState, asked !== undefined);
    if (relayState !== '' && relayState !== said.inResponseTo) {
      throw new SsoRefusal(
        'state_mismatch',
        'The response and its RelayState belong to different requests. Sign in again.',
      );
    }
    return await keepAnswer(context, connection, {
      requestId: said.inResponseTo,
      identity: identityOf(said),
    });
  } catch (error) {
    return noteRefusal(context, error, attempt);
  }
}

/**
 * A response that the IdP began says that somebody wants to come in, and no more: whose browser brings it, nobody knows. So
 * the browser is sent to the IdP with a request of its own, which that answers at once.
 */
function restart(connection: SsoConnectionRow, relayState: string, answersOurs: boolean): string {
  const { allowIdpInitiated = false } = readSamlSettings(connection.settings) ?? {};
  if (answersOurs) {
    throw new SsoRefusal(
      'unsolicited',
      'The IdP answered a request without naming it (InResponseTo), so the answer cannot be told from a foreign one.',
    );
  }
  if (!allowIdpInitiated) {
    throw new SsoRefusal(
      'unsolicited',
      'The sign-in began at the IdP, which this connection does not allow.',
    );
  }
  const query = new URLSearchParams(relayState === '' ? {} : { next: relayState });
  return `/sso/start/${connection.id}${query.size === 0 ? '' : `?${query}`}`;
}

function identityOf({
  subject,
  nameIdFormat,
  sessionIndex,
  attributes,
}: SamlIdentity): SsoIdentity {
  return { subject, nameIdFormat, sessionIndex, attributes: Object.fromEntries(attributes) };
}
