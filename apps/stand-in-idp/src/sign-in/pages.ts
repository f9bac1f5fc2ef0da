import type { FastifyReply } from 'fastify';
import type { Console } from '../console/console.ts';
import { button } from '../console/forms.ts';
import { html } from '../console/html.ts';
import { fullName } from '../store/profile.ts';

/** A question who signs in: where the answer goes, what goes along, and which service it is for in the end. */
export interface Question {
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly service: string;
}

/** Asks who signs in. There are no passwords here: it stands in for whatever the real one asks. */
export function askWho(console: Console, reply: FastifyReply, question: Question) {
  const { action, fields, service } = question;
  allowFormTo(reply, service);
  const kept = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const rows = console.standIn.store.people.list().map(({ id, profile }) => {
    const name = fullName(profile);
    return html`<tr><td data-label="Person">${name}</td><td data-label="Username">${profile.login}</td><td>
    <form method="post" action="${action}" class="inline"><input type="hidden" name="person" value="${id}">${kept}
    <button aria-label="Sign in as ${name}">Sign in</button></form></td></tr>`;
  });
  const body = html`<h1>Sign in to the stand-in</h1>
  <p class="lede">Whose browser is this? The real identity provider would ask for a password here.</p>
  <table><thead><tr><th scope="col">Person</th><th scope="col">Username</th><th scope="col">Choose</th></tr></thead>
  <tbody>${rows}</tbody></table>`;
  return console.answer(reply, 'Sign in', 'app', body);
}

/** Answers why nobody is signed in, with what to change. */
export function refuseSignIn(console: Console, reply: FastifyReply, reason: string) {
  const body = html`<h1>400 Bad Request</h1><p class="error">${reason}</p>`;
  return console.answer(reply.code(400), 'Sign-in refused', 'app', body);
}

/** Lets a form of this one page lead elsewhere: to the service, and where that leads. */
export function allowFormTo(reply: FastifyReply, url: string): void {
  const origin = URL.parse(url)?.origin;
  if (origin === undefined) return;
  const policy = String(reply.getHeader('content-security-policy'));
  const allowed = policy.replace("form-action 'self'", `form-action 'self' ${origin}`);
  reply.header('content-security-policy', allowed);
}

/** Lets this one page frame another site's, and our own that it leads to. */
export function allowFrameOf(reply: FastifyReply, url: string): void {
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header('content-security-policy', `${policy}; frame-src 'self' ${URL.parse(url)?.origin}`);
}

/** Lets a page of ours stand in a frame of ours. */
export function allowFraming(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
  );
}

export const signOutButton = () => button('/sign-out', 'Sign out of the stand-in');
