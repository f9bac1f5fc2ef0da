import { routes } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { fetchText, requireUrl } from '../../domain/outgoing/index.ts';
import {
  addCertificate,
  createSsoConnection,
  deleteSsoConnection,
  type GivenIdp,
  listSsoConnections,
  newSettings,
  prepareClient,
  readSsoConnection,
  removeCertificate,
  type SsoConnectionChange,
  setEnforced,
  updateSsoConnection,
} from '../../domain/sso-connections/index.ts';
import { newId } from '../../uuid-v7.ts';
import { policies } from './policies.ts';
import { registerRoute } from './register.ts';
import { connectionDetail, connectionView } from './sso-connection-view.ts';

/** The SSO connections of an account. */
export function registerSsoConnections(app: FastifyInstance, context: Context): void {
  const { database, secrets, settings } = context;
  const { read } = database;

  registerRoute(
    app,
    context,
    routes.listSsoConnections,
    policies.listSsoConnections,
    async ({ params }) => ({
      items: (await listSsoConnections(read, params.accountId)).map(connectionView),
    }),
  );

  registerRoute(
    app,
    context,
    routes.createSsoConnection,
    policies.createSsoConnection,
    async (call) => {
      const { body, at, params } = call;
      const id = newId(at);
      const begun = await newSettings(body.protocol, { id, secrets, at });
      const connection = { ...changeOf(call), ...body, id, settings: begun };
      await database.write((tx) => createSsoConnection(tx, connection));
      return detailOf({ ...params, connectionId: id }, at);
    },
  );

  registerRoute(app, context, routes.getSsoConnection, policies.getSsoConnection, (call) =>
    detailOf(call.params, call.at),
  );

  registerRoute(
    app,
    context,
    routes.updateSsoConnection,
    policies.updateSsoConnection,
    async (call) => {
      const { accountId, connectionId } = call.params;
      const { saml, oidc, ...rest } = call.body;
      const { privateHosts } = settings;
      const connection = await readSsoConnection(read, accountId, connectionId);
      const idp = saml && (await givenIdp(saml, privateHosts));
      const client = oidc && (await prepareClient(connection, oidc, { secrets, privateHosts }));
      const update = { ...changeOf(call), connectionId, ...rest, idp, client };
      await database.write((tx) => updateSsoConnection(tx, update));
      return detailOf(call.params, call.at);
    },
  );

  registerRoute(
    app,
    context,
    routes.deleteSsoConnection,
    policies.deleteSsoConnection,
    async (call) => {
      const change = { ...changeOf(call), connectionId: call.params.connectionId };
      await database.write((tx) => deleteSsoConnection(tx, change));
      return {};
    },
  );

  registerTrust(app, context);

  const detailOf = (params: { accountId: string; connectionId: string }, at: number) =>
    connectionDetail(read, { ...params, publicUrl: settings.publicUrl, at });
}

/** By which keys a connection is trusted, and for whom it is the only way in. */
function registerTrust(app: FastifyInstance, context: Context): void {
  const { database, settings } = context;

  registerRoute(
    app,
    context,
    routes.addSsoCertificate,
    policies.addSsoCertificate,
    async (call) => {
      const { connectionId } = call.params;
      const change = { ...changeOf(call), connectionId, ...call.body };
      await database.write((tx) => addCertificate(tx, change));
      return detailOf(call.params, call.at);
    },
  );

  registerRoute(
    app,
    context,
    routes.removeSsoCertificate,
    policies.removeSsoCertificate,
    async (call) => {
      const { connectionId, fingerprint } = call.params;
      const change = { ...changeOf(call), connectionId, fingerprint };
      await database.write((tx) => removeCertificate(tx, change));
      return detailOf(call.params, call.at);
    },
  );

  registerRoute(
    app,
    context,
    routes.enforceSsoConnection,
    policies.enforceSsoConnection,
    async (call) => {
      const { connectionId } = call.params;
      const change = { ...changeOf(call), connectionId, enforced: call.body.enforced };
      await database.write((tx) => setEnforced(tx, change));
      return detailOf(call.params, call.at);
    },
  );

  const detailOf = (params: { accountId: string; connectionId: string }, at: number) =>
    connectionDetail(database.read, { ...params, publicUrl: settings.publicUrl, at });
}

/** What the owner gave, with metadata fetched: never inside a write unit. */
async function givenIdp(
  given: NonNullable<z.output<typeof routes.updateSsoConnection.body>['saml']>,
  privateHosts: readonly string[],
): Promise<GivenIdp> {
  if ('metadata' in given) return { metadata: given.metadata, metadataUrl: null };
  if ('metadataUrl' in given) {
    const { metadataUrl } = given;
    return { metadata: await fetchText(metadataUrl, privateHosts), metadataUrl };
  }
  requireUrl(given.signOnUrl, privateHosts);
  if (given.logoutUrl !== null) requireUrl(given.logoutUrl, privateHosts);
  return given;
}

function changeOf(call: {
  readonly params: { readonly accountId: string };
  readonly actor: SsoConnectionChange['actor'];
  readonly requestId: string;
  readonly at: number;
}): SsoConnectionChange {
  const { actor, requestId, at } = call;
  return { accountId: call.params.accountId, actor, requestId, at };
}
