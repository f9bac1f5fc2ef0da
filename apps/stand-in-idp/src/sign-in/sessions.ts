import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

const cookie = 'stand-in-session';

/** Somebody's signed-in browser. */
export interface SignedIn {
  readonly personId: string;
  /** The id under which services know the session. */
  readonly index: string;
  /** When the person signed in, in milliseconds since the epoch. */
  readonly at: number;
}

/** Who is signed in at the stand-in, by browser; forgotten when it ends. */
export class Sessions {
  readonly #sessions = new Map<string, SignedIn>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  find(request: FastifyRequest): SignedIn | undefined {
    return this.#sessions.get(read(request));
  }

  open(reply: FastifyReply, personId: string): SignedIn {
    const index = `id${randomBytes(16).toString('hex')}`;
    const session = { personId, index, at: this.#now() };
    this.#sessions.set(index, session);
    reply.header('set-cookie', `${cookie}=${index}; Path=/; HttpOnly; SameSite=Lax`);
    return session;
  }

  /** Ends the session of a browser; answers the one that it was. */
  close(request: FastifyRequest): SignedIn | undefined {
    const session = this.find(request);
    this.#sessions.delete(read(request));
    return session;
  }

  /** Signs a person out of every browser. */
  closeAllOf(personId: string): void {
    for (const [index, session] of this.#sessions) {
      if (session.personId === personId) this.#sessions.delete(index);
    }
  }
}

function read({ headers }: FastifyRequest): string {
  return new RegExp(`(?:^|;\\s*)${cookie}=([^;]+)`).exec(headers.cookie ?? '')?.[1] ?? '';
}
