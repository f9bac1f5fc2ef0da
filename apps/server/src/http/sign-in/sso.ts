import { newOidcRequest, type OidcRequest } from '@rollcall/sso';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { requirePermission } from '../../domain/accounts/index.ts';
import { notFound, Refusal } from '../../domain/refusal.ts';
import { enterAccount, noteSubject } from '../../domain/sessions/index.ts';
import {
  admitPerson,
  findOpenRequest,
  findSsoConnection,
  keepsSettings,
  markSsoConnectionTested,
  matchPerson,
  newRequestId,
  noteComeThrough,
  openSsoRequest,
  recordAttempt,
  relyingPartyOf,
  SignInDenied,
  type SsoConnectionRow,
  type SsoResult,
  serviceProviderOf,
  takeSsoResult,
} from '../../domain/sso-connections/index.ts';
import { requireSession } from '../management/authorize.ts';
import { keepSsoCookie, readSsoCookie } from '../plugins/sso-cookie.ts';
import { enterBy } from './session-view.ts';
import { keepAnswer, noteRefusal, refusedPage, testPage } from './sso-answers.ts';

type InConnection = { Params: { connectionId: string } };
type Start = InConnection & { Querystring: { next?: string; test?: string } };
type Finish = InConnection & { Querystring: { code?: string } };

/** Where a browser begins a sign-in through an IdP, and where it fetches its own answer. */
export function registerSso(app: FastifyInstance, context: Context): void {
  app.get<Start>('/sso/start/:connectionId', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const connection = await requireConnection(context, request.params.connectionId);
    return reply.redirect(await begin(context, connection, { request, reply }), 303);
  });

  app.get<InConnection>('/sso/oidc/:connectionId/callback', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const connection = await requireConnection(context, request.params.connectionId);
    return reply.redirect(await receiveCode(context, connection, request.url), 303);
  });

  app.get<Finish>('/sso/finish/:connectionId', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const connection = await requireConnection(context, request.params.connectionId);
    return reply.redirect(await finish(context, connection, { request, reply }), 303);
  });
}

interface Http<Types extends InConnection> {
  readonly request: FastifyRequest<Types>;
  readonly reply: FastifyReply;
}

async function requireConnection({ database }: Context, id: string): Promise<SsoConnectionRow> {
  const connection = await findSsoConnection(database.read, id);
  if (connection === undefined) throw notFound('address');
  return connection;
}

/** Sends the browser to the IdP. A test is begun by an owner, who need not be the person that signs in there. */
async function begin(
  context: Context,
  connection: SsoConnectionRow,
  { request, reply }: Http<Start>,
): Promise<string> {
  const { database, settings } = context;
  const { next = '', test } = request.query;
  const startedBy = test === undefined ? null : await requireTester(context, connection, request);
  if (startedBy === null && connection.state === 'draft') return refusedPage('not_ready');
  const id = newRequestId();
  const { url, remembered } = await addressOf(context, connection, id);
  const binding = keepSsoCookie(request, reply, settings.publicUrl);
  const purpose = startedBy === null ? 'sign_in' : 'test';
  const sent = { connection, purpose, binding, next: localPath(next), startedBy } as const;
  const opened = { ...sent, ...remembered, at: context.now() };
  const begun = await database.write(async (tx) => {
    if (purpose === 'test' && !(await keepsSettings(tx, connection))) return false;
    await openSsoRequest(tx, id, opened);
    return true;
  });
  return begun ? url : refusedPage('try_again');
}

/** Where the IdP is asked, and what of the request has to be remembered. */
async function addressOf(
  { settings, secrets }: Context,
  connection: SsoConnectionRow,
  id: string,
): Promise<{ url: string; remembered: { secrets?: string } }> {
  const { publicUrl, privateHosts } = settings;
  if (connection.protocol === 'saml') {
    const provider = serviceProviderOf({ publicUrl, secrets }, connection);
    return { url: await provider.signInUrl({ id, relayState: id }), remembered: {} };
  }
  const party = relyingPartyOf({ publicUrl, secrets, privateHosts }, connection);
  const request = newOidcRequest(id);
  const sealed = secrets.seal(JSON.stringify(request), `sso_requests/secrets/${id}`);
  return { url: await party.signInUrl(request), remembered: { secrets: sealed } };
}

/** Reads what an OIDC issuer sent the browser back with; answers where the browser goes next. */
async function receiveCode(
  context: Context,
  connection: SsoConnectionRow,
  path: string,
): Promise<string> {
  const { database, settings, secrets, now } = context;
  const { publicUrl, privateHosts } = settings;
  const address = publicUrl + path;
  const id = new URL(address).searchParams.get('state') ?? '';
  const asked = await findOpenRequest(database.read, {
    connectionId: connection.id,
    id,
    at: now(),
  });
  if (!asked?.secrets) return refusedPage('not_this_browser');
  const { purpose, started_by: startedBy } = asked;
  try {
    // Only `addressOf` writes it.
    const request = JSON.parse(
      secrets.open(asked.secrets, `sso_requests/secrets/${id}`),
    ) as OidcRequest;
    const party = relyingPartyOf({ publicUrl, secrets, privateHosts }, connection);
    const { subject, attributes } = await party.readCallback(address, request);
    const identity = {
      subject,
      nameIdFormat: '',
      sessionIndex: null,
      attributes: Object.fromEntries(attributes),
    };
    return await keepAnswer(context, connection, { requestId: id, identity });
  } catch (error) {
    return noteRefusal(context, error, { connection, purpose, startedBy });
  }
}

async function requireTester(
  context: Context,
  connection: SsoConnectionRow,
  request: FastifyRequest<InConnection>,
): Promise<string> {
  const { session } = await requireSession(context, request);
  const who = { accountId: connection.account_id, sessionId: session.id, at: context.now() };
  const { role } = await enterAccount(context.database.read, who);
  requirePermission(role, 'manage_sso');
  return session.userId;
}

/** A page of the console, for after the sign-in; whatever else was asked for leads to Home. */
function localPath(next: string): string {
  const url = URL.parse(next, 'https://console.invalid');
  const local = url?.origin === 'https://console.invalid' && url.pathname.startsWith('/app/');
  return local ? url.pathname + url.search : '';
}

/** Signs in the browser that began the request; answers where it goes. */
async function finish(
  context: Context,
  connection: SsoConnectionRow,
  http: Http<Finish>,
): Promise<string> {
  const { database, settings, now } = context;
  const binding = readSsoCookie(http.request, settings.publicUrl) ?? '';
  const code = z.string().max(200).safeParse(http.request.query.code).data ?? '';
  const at = now();
  const result = await database.write((tx) => takeSsoResult(tx, { code, binding, at }));
  if (result === undefined || result.request.connection_id !== connection.id) {
    return refusedPage('not_this_browser');
  }
  if (result.request.purpose === 'test') return finishTest(context, connection, result);
  try {
    await signIn(context, connection, http, result);
    return result.request.next || '/app/home';
  } catch (error) {
    return refuse(context, connection, result, error);
  }
}

async function signIn(
  context: Context,
  connection: SsoConnectionRow,
  { request, reply }: Http<Finish>,
  { identity }: SsoResult,
): Promise<void> {
  const at = context.now();
  const { account_id: accountId, id: connectionId, protocol: method } = connection;
  const authentication = { method, connectionId, accountId };
  const work = async (tx: Parameters<Parameters<typeof enterBy>[2]>[0]) => {
    const userId = await admitPerson(tx, connection, identity, at);
    const { subject } = identity;
    const attempt = {
      connection,
      purpose: 'sign_in',
      outcome: 'accepted',
      subject,
      userId,
      at,
    } as const;
    await recordAttempt(tx, attempt);
    await noteComeThrough(tx, connection, identity.signedBy);
    return userId;
  };
  await enterBy(context, { request, reply }, work, authentication, (tx, sessionId) =>
    noteSubject(tx, { sessionId, connectionId, ...identity }),
  );
}

async function refuse(
  { database, now }: Context,
  connection: SsoConnectionRow,
  { identity }: SsoResult,
  error: unknown,
): Promise<string> {
  // Two first sign-ins of one person at the same moment: one of them made the person.
  if (error instanceof Refusal && error.code === 'email_taken') return refusedPage('try_again');
  if (!(error instanceof SignInDenied)) throw error;
  const { reason, message: detail, userId } = error;
  const facts = { connection, purpose: 'sign_in', outcome: 'refused', reason, detail } as const;
  const person = userId === undefined ? {} : { userId };
  const attempt = { ...facts, ...person, subject: identity.subject, at: now() };
  return refusedPage(reason, await database.write((tx) => recordAttempt(tx, attempt)));
}

/** A test passes where the IdP says somebody with an address in one of the connection's verified domains, and counts for the settings that it was made with. */
async function finishTest(
  { database, now }: Context,
  connection: SsoConnectionRow,
  { request, identity }: SsoResult,
): Promise<string> {
  const at = now();
  await database.write(async (tx) => {
    const kept = await keepsSettings(tx, connection, identity.signedBy);
    const { address, userId, inDomains } = await matchPerson(tx, connection, identity);
    const passed = kept && inDomains;
    const tester = await tx.query
      .selectFrom('users')
      .select(['id', 'name'])
      .where('id', '=', request.started_by)
      .executeTakeFirst();
    await recordAttempt(tx, {
      connection,
      purpose: 'test',
      outcome: passed ? 'accepted' : 'refused',
      ...(passed ? {} : kept ? objection(address) : changed),
      subject: identity.subject,
      ...(userId !== undefined && { userId }),
      startedBy: request.started_by,
      facts: identity,
      at,
    });
    if (!passed || tester === undefined) return;
    const actor = { kind: 'user', ...tester } as const;
    const { account_id: accountId, id: connectionId } = connection;
    await markSsoConnectionTested(tx, { accountId, connectionId, actor, at });
    await noteComeThrough(tx, connection, identity.signedBy);
  });
  return testPage(connection.id);
}

const changed = {
  reason: 'settings_changed',
  detail: 'The connection was changed while this test ran. Test it again.',
};

function objection(address: string | undefined) {
  return address === undefined
    ? {
        reason: 'no_address',
        detail:
          'The IdP says no e-mail address. Add the attribute statement email with the value user.email.',
      }
    : {
        reason: 'foreign_domain',
        detail: `${address} is in none of this connection's verified domains. Test with somebody of these domains, or add the domain.`,
      };
}
