import { type LogoutMessage, type SamlServiceProvider, SsoRefusal } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { endSessionsOfSubject, listSubjects } from '../../domain/sessions/index.ts';
import {
  findSsoConnection,
  newRequestId,
  readSamlSettings,
  serviceProviderOf,
  spendAssertion,
} from '../../domain/sso-connections/index.ts';
import { formOf, type InConnection, type Posted, requireSaml } from './saml.ts';
import { noteRefusal } from './sso-answers.ts';

/**
 * Where an IdP signs a person out, and answers where we did; by redirect or by a form, often in a hidden frame. It ends what
 * its signed message names, once, whatever the browser's cookies say.
 */
export function registerSingleLogout(app: FastifyInstance, context: Context): void {
  app.get<InConnection>('/sso/saml/:connectionId/logout', async ({ params, url }, reply) => {
    const query = url.split('?').slice(1).join('?');
    const read = (provider: SamlServiceProvider, at: number) => provider.readLogout(query, at);
    const message = { read, relayState: new URLSearchParams(query).get('RelayState') };
    return reply.redirect(await receiveLogout(context, params.connectionId, message), 303);
  });

  app.post<Posted>('/sso/saml/:connectionId/logout', async ({ params, body }, reply) => {
    const { RelayState = null, ...form } = Object.fromEntries(formOf(body));
    const read = (provider: SamlServiceProvider, at: number) => provider.readPostedLogout(form, at);
    const message = { read, relayState: RelayState };
    return reply.redirect(await receiveLogout(context, params.connectionId, message), 303);
  });
}

/** Follows a logout message; answers where the browser goes next. */
async function receiveLogout(
  context: Context,
  connectionId: string,
  {
    read,
    relayState,
  }: {
    readonly read: (
      provider: SamlServiceProvider,
      at: number,
    ) => LogoutMessage | Promise<LogoutMessage>;
    readonly relayState: string | null;
  },
): Promise<string> {
  const { settings, secrets, now } = context;
  const connection = await requireSaml(context, connectionId);
  const provider = serviceProviderOf({ publicUrl: settings.publicUrl, secrets }, connection);
  const at = now();
  try {
    const message = await read(provider, at);
    if (message.kind === 'response') return '/sign-in';
    await follow(context, connectionId, message, at);
    return (await provider.logoutResponseUrl(message.id, relayState ?? undefined)) ?? '/sign-in';
  } catch (error) {
    return noteRefusal(context, error, { connection, purpose: 'sign_in' });
  }
}

/** Ends the sessions that a request names. Throws `replayed` where it was followed before. */
function follow(
  { database }: Context,
  connectionId: string,
  request: Extract<LogoutMessage, { kind: 'request' }>,
  at: number,
): Promise<number> {
  const { id, usableUntil: until } = request;
  const spent = { connectionId, assertionId: `logout ${id}`, until };
  return database.write(async (tx) => {
    if (!(await spendAssertion(tx, spent)))
      throw new SsoRefusal('replayed', 'This logout request was followed before.');
    return endSessionsOfSubject(tx, { connectionId, ...request, at });
  });
}

/** Where the browser ends its session at the IdP that opened this one; null where that has no address for it. */
export async function singleLogoutUrl(context: Context, sessionId: string): Promise<string | null> {
  const { database, settings, secrets } = context;
  for (const known of await listSubjects(database.read, sessionId)) {
    const connection = await findSsoConnection(database.read, known.connection_id);
    if (connection === undefined || connection.protocol !== 'saml') continue;
    if (!readSamlSettings(connection.settings)?.idp?.logoutUrl) continue;
    const provider = serviceProviderOf({ publicUrl: settings.publicUrl, secrets }, connection);
    const url = await provider.logoutUrl({
      id: newRequestId(),
      subject: known.subject,
      nameIdFormat: known.name_id_format,
      sessionIndex: known.session_index,
    });
    if (url !== undefined) return url;
  }
  return null;
}
