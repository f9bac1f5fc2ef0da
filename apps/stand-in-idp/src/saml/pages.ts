import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Console } from '../console/console.ts';
import { button, type Form, text } from '../console/forms.ts';
import { html, type Markup } from '../console/html.ts';
import { fullName } from '../store/profile.ts';
import { logoutResponseUrl, readRequest } from './request.ts';
import { paths, type Subject, writeMetadata, writeResponse } from './response.ts';
import { Sessions } from './sessions.ts';
import { type Saml, samlOf } from './settings.ts';

interface Query {
  readonly SAMLRequest?: string;
  readonly RelayState?: string;
}
type Asked = { Querystring: Query };
type Chosen = { Body: Form };

/** The app's SAML: metadata, sign-on from the service and from the tile, sign-out. */
export function registerSamlPages(server: FastifyInstance, console: Console): void {
  const saml = samlOf(console.standIn);
  const sessions = new Sessions();
  const pages = { saml, sessions, console };

  server.get(paths.metadata, async (request, reply) =>
    reply.type('application/xml').send(writeMetadata(originOf(request), await saml.key())),
  );

  server.get<Asked>(paths.signOn, async (request, reply) => {
    const { SAMLRequest = '', RelayState = '' } = request.query;
    const asked = readRequest(SAMLRequest);
    const { ssoUrl, audience } = saml.settings();
    if (asked === undefined) return refuse(pages, reply, 'The request is not a SAML AuthnRequest.');
    if (asked.issuer !== audience || (asked.acsUrl !== null && asked.acsUrl !== ssoUrl)) {
      return refuse(
        pages,
        reply,
        `The request comes from ${asked.issuer}, for ${asked.acsUrl}. In SAML Settings the Audience URI is ${audience || 'empty'}, the Single sign-on URL ${ssoUrl || 'empty'}.`,
      );
    }
    const session = asked.forceAuthn ? undefined : sessions.find(request);
    const answer = { inResponseTo: asked.id, relayState: RelayState };
    return session === undefined
      ? choose(pages, reply, answer)
      : respond(pages, reply, session, answer);
  });

  server.get(paths.tile, async (request, reply) => {
    const session = sessions.find(request);
    const answer = { inResponseTo: null, relayState: saml.settings().relayState };
    return session === undefined
      ? choose(pages, reply, answer)
      : respond(pages, reply, session, answer);
  });

  server.post<Chosen>('/app/saml/sign-in', async ({ body }, reply) => {
    const session = sessions.open(reply, text(body, 'person'));
    const inResponseTo = text(body, 'inResponseTo');
    const answer = { inResponseTo: inResponseTo || null, relayState: text(body, 'relayState') };
    return respond(pages, reply, session, answer);
  });

  server.post('/app/saml/sign-out', async (request, reply) => {
    sessions.close(request);
    return console.done(reply, '/dashboard', 'Signed out at the stand-in.');
  });

  server.get<Asked>(paths.logout, async (request, reply) => {
    sessions.close(request);
    const asked = readRequest(request.query.SAMLRequest ?? '');
    const { logoutUrl: destination } = saml.settings();
    if (asked === undefined || destination === '') return reply.redirect('/dashboard', 303);
    const now = console.standIn.now();
    const answer = { destination, inResponseTo: asked.id, now };
    return reply.redirect(logoutResponseUrl(await saml.key(), answer), 303);
  });
}

interface Pages {
  readonly saml: Saml;
  readonly sessions: Sessions;
  readonly console: Console;
}

interface Answer {
  /** Null where the sign-in begins here. */
  readonly inResponseTo: string | null;
  readonly relayState: string;
}

function refuse({ console }: Pages, reply: FastifyReply, reason: string) {
  const body = html`<h1>400 Bad Request</h1><p class="error">${reason}</p>`;
  return console.answer(reply.code(400), 'Sign-in refused', 'app', body);
}

/** Asks who signs in. There are no passwords here: it stands in for whatever the real one asks. */
function choose({ console, saml }: Pages, reply: FastifyReply, answer: Answer) {
  allowPost(reply, saml);
  const { people } = console.standIn.store;
  const form = (
    id: string,
    name: string,
  ): Markup => html`<form method="post" action="/app/saml/sign-in" class="inline">
    <input type="hidden" name="person" value="${id}">
    <input type="hidden" name="inResponseTo" value="${answer.inResponseTo}">
    <input type="hidden" name="relayState" value="${answer.relayState}">
    <button aria-label="Sign in as ${name}">Sign in</button></form>`;
  const body = html`<h1>Sign in to the stand-in</h1>
  <p class="lede">Whose browser is this? The real identity provider would ask for a password here.</p>
  <table><thead><tr><th scope="col">Person</th><th scope="col">Username</th><th scope="col">Choose</th></tr></thead>
  <tbody>${people
    .list()
    .map(
      ({ id, profile }) =>
        html`<tr><td data-label="Person">${fullName(profile)}</td><td data-label="Username">${profile.login}</td><td>${form(id, fullName(profile))}</td></tr>`,
    )}</tbody></table>`;
  return console.answer(reply, 'Sign in', 'app', body);
}

/** Posts a response to the service, through the browser. */
async function respond(
  pages: Pages,
  reply: FastifyReply,
  session: { personId: string; index: string },
  { inResponseTo, relayState }: Answer,
) {
  const { saml, console } = pages;
  const settings = saml.settings();
  const subject = subjectOf(pages, session);
  if (subject === undefined) {
    return refuse(
      pages,
      reply,
      'User is not assigned to this application. Assign the person under Assignments, or sign in as somebody else.',
    );
  }
  if (settings.ssoUrl === '')
    return refuse(pages, reply, 'SAML Settings have no Single sign-on URL.');
  const now = console.standIn.now();
  const xml = writeResponse(await saml.key(), settings, { subject, inResponseTo, now });
  allowPost(reply, saml);
  const body = html`<h1>Signed in as ${subject.nameId}</h1>
  <form method="post" action="${settings.ssoUrl}" data-submit>
    <input type="hidden" name="SAMLResponse" value="${Buffer.from(xml).toString('base64')}">
    <input type="hidden" name="RelayState" value="${relayState}">
    <div class="actions"><button class="primary">Continue to Insomnia</button></div>
  </form>`;
  return console.answer(reply, 'Signing in', 'app', body);
}

function subjectOf(
  { console }: Pages,
  session: { personId: string; index: string },
): Subject | undefined {
  const { people, appUsers } = console.standIn.store;
  const person = people.get(session.personId);
  const appUser = appUsers.get(session.personId);
  if (person?.status !== 'ACTIVE' || appUser?.assigned !== true) return undefined;
  const { email = '', firstName = '', lastName = '' } = person.profile;
  const nameId = appUser.profile.userName ?? email;
  return { nameId, email, firstName, lastName, sessionIndex: session.index };
}

/** The one page that may send a form elsewhere: to the service, and where that leads. */
function allowPost(reply: FastifyReply, saml: Saml): void {
  const origin = URL.parse(saml.settings().ssoUrl)?.origin;
  const policy = String(reply.getHeader('content-security-policy'));
  if (origin !== undefined) {
    reply.header(
      'content-security-policy',
      policy.replace("form-action 'self'", `form-action 'self' ${origin}`),
    );
  }
}

const originOf = ({ protocol, headers }: FastifyRequest) => `${protocol}://${headers.host}`;

/** Who is signed in at the stand-in, on the Sign On tab. */
export const signOutButton = () => button('/app/saml/sign-out', 'Sign out of the stand-in');
