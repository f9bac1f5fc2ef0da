import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Console } from '../console/console.ts';
import { html, type Markup } from '../console/html.ts';
import { allowFormTo, allowFrameOf, allowFraming } from '../sign-in/pages.ts';
import type { SignedIn } from '../sign-in/sessions.ts';
import {
  formField,
  type LogoutMessage,
  logoutRequest,
  logoutResponse,
  redirectUrl,
} from './logout.ts';
import { readLogoutResponse, readRequest } from './request.ts';
import { paths } from './response.ts';
import { samlOf } from './settings.ts';
import { subjectOf } from './subject.ts';

type Asked = { Querystring: { SAMLRequest?: string; SAMLResponse?: string } };

/** Single Logout in both directions: begun by the service, or by whoever signs out here. */
export function registerLogout(server: FastifyInstance, console: Console): void {
  const { standIn, sessions, done } = console;
  const saml = samlOf(standIn);

  server.get<Asked>(paths.logout, async (request, reply) => {
    const { SAMLRequest, SAMLResponse = '' } = request.query;
    if (SAMLRequest === undefined) return showAnswer(console, reply, SAMLResponse);
    sessions.close(request);
    const asked = readRequest(SAMLRequest);
    const { logoutUrl: destination } = saml.settings();
    if (asked === undefined || destination === '') return reply.redirect('/dashboard', 303);
    const answer = logoutResponse({ destination, inResponseTo: asked.id, now: standIn.now() });
    allowFormTo(reply, destination);
    const form = html`<form method="post" action="${destination}" data-submit>${await hiddenField(console, answer)}
      <div class="actions"><button class="primary">Back to Insomnia</button></div></form>`;
    return console.answer(
      reply,
      'Signed out',
      'app',
      html`<h1>Signed out at the stand-in</h1>${form}`,
    );
  });

  server.post('/sign-out', async (request, reply) => {
    const session = sessions.close(request);
    const told = session && requestFor(console, session);
    if (told === undefined) return done(reply, '/dashboard', 'Signed out at the stand-in.');
    return showRequest(console, reply, told);
  });
}

/** What the service is told of a session that ended; undefined where it is told nothing. */
function requestFor(console: Console, session: SignedIn): LogoutMessage | undefined {
  const { logoutRequestUrl: destination } = samlOf(console.standIn).settings();
  const subject = subjectOf(console, session);
  if (subject === undefined || destination === '') return undefined;
  return logoutRequest({ ...subject, destination, now: console.standIn.now() });
}

/** Tells the service in a hidden frame, as Okta does: there it has no cookies, and answers to us. */
async function showRequest(console: Console, reply: FastifyReply, told: LogoutMessage) {
  const saml = samlOf(console.standIn);
  allowFormTo(reply, told.destination);
  allowFrameOf(reply, told.destination);
  const byRedirect = saml.settings().logoutRequestBinding === 'REDIRECT';
  const frame = byRedirect
    ? html`<iframe name="single-logout" title="Single Logout" hidden src="${redirectUrl(await saml.key(), told)}"></iframe>`
    : html`<iframe name="single-logout" title="Single Logout" hidden></iframe>
    <form method="post" action="${told.destination}" target="single-logout" data-submit>${await hiddenField(console, told)}
      <div class="actions"><button>Sign out of Insomnia</button></div></form>`;
  const body = html`<h1>Signed out at the stand-in</h1><p class="lede">Insomnia is told too, in a hidden frame.</p>${frame}`;
  return console.answer(reply, 'Signed out', 'app', body);
}

async function hiddenField(console: Console, message: LogoutMessage): Promise<Markup> {
  const { name, value } = formField(await samlOf(console.standIn).key(), message);
  return html`<input type="hidden" name="${name}" value="${value}">`;
}

/** What the service answered: the end of the way through the hidden frame. */
function showAnswer(console: Console, reply: FastifyReply, base64: string) {
  const said = readLogoutResponse(base64) ?? 'nothing that is a LogoutResponse';
  allowFraming(reply);
  return console.answer(reply, 'Single Logout', 'app', html`<h1>Insomnia answered ${said}</h1>`);
}
