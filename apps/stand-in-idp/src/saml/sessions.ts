import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const cookie = 'stand-in-session';

/** Who is signed in at the stand-in, by browser; forgotten when it ends. */
export class Sessions {
  readonly #people = new Map<string, string>();

  /** The person of a browser, and the id under which services know the session. */
  find(request: FastifyRequest): { personId: string; index: string } | undefined {
    const index = read(request);
    const personId = index === undefined ? undefined : this.#people.get(index);
    return index === undefined || personId === undefined ? undefined : { personId, index };
  }

  open(reply: FastifyReply, personId: string): { personId: string; index: string } {
    const index = `id${randomBytes(16).toString('hex')}`;
    this.#people.set(index, personId);
    reply.header('set-cookie', `${cookie}=${index}; Path=/; HttpOnly; SameSite=Lax`);
    return { personId, index };
  }

  close(request: FastifyRequest): void {
    const index = read(request);
    if (index !== undefined) this.#people.delete(index);
  }
}

function read({ headers }: FastifyRequest): string | undefined {
  return new RegExp(`(?:^|;\\s*)${cookie}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
}
