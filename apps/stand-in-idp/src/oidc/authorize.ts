import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Console } from '../console/console.ts';
import { findAssigned } from '../sign-in/assigned.ts';
import { askWho, refuseSignIn } from '../sign-in/pages.ts';
import type { SignedIn } from '../sign-in/sessions.ts';
import {
  type AuthorizeRequest,
  type Objection,
  readAuthorizeRequest,
} from './authorize-request.ts';
import { one, type Parameters } from './parameters.ts';
import { paths } from './paths.ts';
import { type Oidc, oidcOf } from './settings.ts';

type Asked = { Querystring: Parameters };
type Chosen = { Body: Parameters };

/** The authorization endpoint: asks who signs in, and sends the browser back with a code. */
export function registerAuthorize(server: FastifyInstance, console: Console): void {
  const pages = { console, oidc: oidcOf(console.standIn) };

  server.get<Asked>(paths.authorize, async (request, reply) => {
    const asked = readAuthorizeRequest(request.query, pages.oidc.settings());
    if (asked.kind !== 'request') return object(pages, reply, asked);
    const session = sessionFor(pages, request, asked);
    if (session !== undefined) return sendBack(pages, reply, session, asked);
    if (asked.prompt === 'none') {
      const error = { error: 'login_required', error_description: 'Nobody is signed in.' };
      return redirect(reply, asked, error);
    }
    return askWho(console, reply, {
      action: '/app/oidc/sign-in',
      fields: keptOf(request.query),
      service: asked.redirectUri,
    });
  });

  server.post<Chosen>('/app/oidc/sign-in', async ({ body }, reply) => {
    const asked = readAuthorizeRequest(body, pages.oidc.settings());
    if (asked.kind !== 'request') return object(pages, reply, asked);
    const session = console.sessions.open(reply, one(body, 'person') ?? '');
    return sendBack(pages, reply, session, asked);
  });
}

interface Pages {
  readonly console: Console;
  readonly oidc: Oidc;
}

/** The session that may answer without asking anew. */
function sessionFor(
  { console }: Pages,
  request: FastifyRequest,
  { prompt, maxAge }: AuthorizeRequest,
): SignedIn | undefined {
  const session = prompt === 'login' ? undefined : console.sessions.find(request);
  if (session === undefined || maxAge === undefined) return session;
  return console.standIn.now() - session.at <= maxAge * 1000 ? session : undefined;
}

/** What the form carries, so that its answer is read as the request was. */
function keptOf(parameters: Parameters): Record<string, string> {
  const names = Object.keys(parameters).filter((name) => name !== 'person');
  return Object.fromEntries(names.map((name) => [name, one(parameters, name) ?? '']));
}

function object({ console }: Pages, reply: FastifyReply, objection: Objection) {
  if (objection.kind === 'page') return refuseSignIn(console, reply, objection.reason);
  const { error, description } = objection;
  return redirect(reply, objection, { error, error_description: description });
}

function sendBack(
  { console, oidc }: Pages,
  reply: FastifyReply,
  session: SignedIn,
  asked: AuthorizeRequest,
) {
  const { personId, at: authTime } = session;
  if (findAssigned(console.standIn.store, personId) === undefined) {
    return redirect(reply, asked, {
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    });
  }
  const { redirectUri, scopes, nonce, codeChallenge } = asked;
  const grant = { personId, authTime, redirectUri, scopes, nonce, codeChallenge };
  return redirect(reply, asked, { code: oidc.grants.issueCode(grant) });
}

function redirect(
  reply: FastifyReply,
  { redirectUri, state }: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  answer: Readonly<Record<string, string>>,
) {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== undefined) url.searchParams.set('state', state);
  return reply.redirect(url.href, 303);
}
