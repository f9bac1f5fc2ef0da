import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sessions } from '../sign-in/sessions.ts';
import type { StandIn } from '../stand-in.ts';
import type { Part } from './html.ts';
import { type Page, renderPage } from './layout.ts';
import { Notices } from './notices.ts';

/** What the pages of the console share. */
export type Console = ReturnType<typeof createConsole>;

export function createConsole(standIn: StandIn) {
  const notices = new Notices();
  const send = (reply: FastifyReply, page: Page) =>
    reply.type('text/html; charset=utf-8').send(renderPage(standIn, page));
  return {
    standIn,
    /** The browsers that are signed in for the app, by whichever protocol. */
    sessions: new Sessions(standIn.now),
    /** Answers a page, with the notice of the action before it. */
    show: (request: FastifyRequest, reply: FastifyReply, page: Page) =>
      send(reply, { ...page, notice: notices.get(request) }),
    /** Answers a page of a form that was posted, with what was entered. */
    answer: (reply: FastifyReply, title: string, section: Page['section'], body: Part) =>
      send(reply, { title, section, body }),
    /** Answers a form again, because what was entered cannot be taken. */
    again: (reply: FastifyReply, title: string, section: Page['section'], body: Part) =>
      send(reply.code(422), { title, section, body }),
    /** Ends an action that was done. */
    done: (reply: FastifyReply, path: string, text: string) =>
      notices.redirect(reply, path, { kind: 'done', text }),
    /** Ends an action that was refused. */
    refuse: (reply: FastifyReply, path: string, text: string) =>
      notices.redirect(reply, path, { kind: 'problem', text }),
  };
}
