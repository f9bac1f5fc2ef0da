import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Console } from '../console/console.ts';
import { type Form, text } from '../console/forms.ts';
import { html } from '../console/html.ts';
import { originOf } from '../security.ts';
import { allowFormTo, askWho, refuseSignIn } from '../sign-in/pages.ts';
import type { SignedIn } from '../sign-in/sessions.ts';
import { readRequest } from './request.ts';
import { paths, writeMetadata, writeResponse } from './response.ts';
import { type Saml, samlOf } from './settings.ts';
import { subjectOf } from './subject.ts';

interface Query {
  readonly SAMLRequest?: string;
  readonly RelayState?: string;
}
type Asked = { Querystring: Query };
type Chosen = { Body: Form };

/** The app's SAML: metadata, and sign-on from the service and from the tile. */
export function registerSamlPages(server: FastifyInstance, console: Console): void {
  const saml = samlOf(console.standIn);
  const { sessions } = console;
  const pages = { saml, console };

  server.get(paths.metadata, async (request, reply) =>
    reply.type('application/xml').send(writeMetadata(originOf(request), await saml.key())),
  );

  server.get<Asked>(paths.signOn, async (request, reply) => {
    const { SAMLRequest = '', RelayState = '' } = request.query;
    const asked = readRequest(SAMLRequest);
    const { ssoUrl, audience } = saml.settings();
    if (asked === undefined) {
      return refuseSignIn(console, reply, 'The request is not a SAML AuthnRequest.');
    }
    if (asked.issuer !== audience || (asked.acsUrl !== null && asked.acsUrl !== ssoUrl)) {
      return refuseSignIn(
        console,
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
}

interface Pages {
  readonly saml: Saml;
  readonly console: Console;
}

interface Answer {
  /** Null where the sign-in begins here. */
  readonly inResponseTo: string | null;
  readonly relayState: string;
}

function choose({ console, saml }: Pages, reply: FastifyReply, answer: Answer) {
  const { inResponseTo, relayState } = answer;
  return askWho(console, reply, {
    action: '/app/saml/sign-in',
    fields: { inResponseTo: inResponseTo ?? '', relayState },
    service: saml.settings().ssoUrl,
  });
}

/** Posts a response to the service, through the browser. */
async function respond(
  pages: Pages,
  reply: FastifyReply,
  session: SignedIn,
  { inResponseTo, relayState }: Answer,
) {
  const { saml, console } = pages;
  const settings = saml.settings();
  const subject = subjectOf(console, session);
  if (subject === undefined) {
    return refuseSignIn(
      console,
      reply,
      'User is not assigned to this application. Assign the person under Assignments, or sign in as somebody else.',
    );
  }
  if (settings.ssoUrl === '') {
    return refuseSignIn(console, reply, 'SAML Settings have no Single sign-on URL.');
  }
  const now = console.standIn.now();
  const xml = writeResponse(await saml.key(), settings, { subject, inResponseTo, now });
  allowFormTo(reply, settings.ssoUrl);
  const body = html`<h1>Signed in as ${subject.nameId}</h1>
  <form method="post" action="${settings.ssoUrl}" data-submit>
    <input type="hidden" name="SAMLResponse" value="${Buffer.from(xml).toString('base64')}">
    <input type="hidden" name="RelayState" value="${relayState}">
    <div class="actions"><button class="primary">Continue to Insomnia</button></div>
  </form>`;
  return console.answer(reply, 'Signing in', 'app', body);
}
