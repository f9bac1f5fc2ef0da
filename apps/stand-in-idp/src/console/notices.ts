import { randomUUID } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What the page after an action says about it. */
export interface Notice {
  readonly kind: 'done' | 'problem';
  readonly text: string;
}

/** How many notices wait to be shown at most. */
const kept = 50;

/** Carries a notice over the redirect that ends an action; a link cannot make one up. */
export class Notices {
  readonly #waiting = new Map<string, Notice>();

  /** Ends an action: goes to `path`, where `notice` is shown. */
  redirect(reply: FastifyReply, path: string, notice: Notice): FastifyReply {
    const id = randomUUID();
    this.#waiting.set(id, notice);
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > kept && oldest !== undefined) this.#waiting.delete(oldest);
    return reply.redirect(`${path}${path.includes('?') ? '&' : '?'}notice=${id}`, 303);
  }

  /** The notice that this request is to show; the same again when the page is reloaded. */
  get(request: FastifyRequest): Notice | undefined {
    const { query } = request;
    if (typeof query !== 'object' || query === null || !('notice' in query)) return undefined;
    return this.#waiting.get(String(query.notice));
  }
}
