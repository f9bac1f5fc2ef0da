import { type SamlSignIn, SsoRefusal, writeSpMetadata } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { notFound } from '../../domain/refusal.ts';
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

export type InConnection = { Params: { connectionId: string } };
export type Posted = InConnection & { Body: unknown };

/**
 * Where an IdP reads our metadata and where it posts its responses. Nobody is signed in here; the browser is sent to fetch the
 * answer to its own request.
 */
export function registerSaml(surface: FastifyInstance, context: Context): void {
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
      context.settings.publicUrl + (await receive(context, connection, formOf(body))),
      303,
    );
  });
}

/** The connection, where it speaks SAML. Throws `not_found`. */
export async function requireSaml(
  { database }: Context,
  connectionId: string,
): Promise<SsoConnectionRow> {
  const connection = await findSsoConnection(database.read, connectionId);
  if (connection?.protocol === 'saml') return connection;
  throw notFound('address');
}

/** What was posted, where it is a form: JSON is read at these addresses too, for Universal Logout. */
export function formOf(body: unknown): URLSearchParams {
  return body instanceof URLSearchParams ? body : new URLSearchParams();
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
      identity: identityOf(said, connection),
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

function identityOf(
  { subject, nameIdFormat, sessionIndex, attributes, signedBy }: SamlSignIn,
  { settings }: SsoConnectionRow,
): SsoIdentity {
  const certificates = readSamlSettings(settings)?.idp?.certificates ?? [];
  const signer = certificates.find(({ pem }) => pem === signedBy);
  return {
    subject,
    nameIdFormat,
    sessionIndex,
    attributes: Object.fromEntries(attributes),
    ...(signer && { signedBy: signer.fingerprint }),
  };
}
