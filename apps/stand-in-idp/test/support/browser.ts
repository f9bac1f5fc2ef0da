import type { FastifyInstance } from 'fastify';

/** What a page holds after a call. */
export interface View {
  readonly status: number;
  readonly path: string;
  readonly html: string;
  /** The page's text, without markup. */
  readonly text: string;
}

/** Walks the console as a browser without script does: reads pages, posts forms, follows redirects. */
export class Browser {
  readonly #server: FastifyInstance;
  #at = '/';

  constructor(server: FastifyInstance) {
    this.#server = server;
  }

  async open(path: string): Promise<View> {
    const answer = await this.#server.inject({
      method: 'GET',
      url: path,
      headers: { host: 'localhost' },
    });
    const { location } = answer.headers;
    if (answer.statusCode >= 300 && answer.statusCode < 400 && location !== undefined) {
      return this.open(String(location));
    }
    this.#at = path;
    return toView(path, answer.statusCode, answer.body);
  }

  /** Posts a form to `action`, as the page that was opened last would. */
  async post(
    action: string,
    fields: Record<string, string> | [string, string][] = {},
  ): Promise<View> {
    const answer = await this.#server.inject({
      method: 'POST',
      url: action,
      headers: {
        host: 'localhost',
        origin: 'http://localhost',
        referer: `http://localhost${this.#at}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(fields).toString(),
    });
    const { location } = answer.headers;
    if (answer.statusCode === 303 && location !== undefined) return this.open(String(location));
    return toView(action, answer.statusCode, answer.body);
  }
}

function toView(path: string, status: number, html: string): View {
  const text = html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
  return { path, status, html, text };
}
