import type { FastifyInstance } from 'fastify';
import { passphrase } from './fixtures.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer {
  readonly status: number;
  /** The parsed body; null where there is none or it is no JSON. */
  // Tests reach into answers of every shape; `toMatchObject` checks what matters.
  // biome-ignore lint/suspicious/noExplicitAny: the shape of an answer is what a test asserts
  readonly body: any;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface BrowserOptions {
  /** Origin of the pages that it shows. */
  readonly origin?: string;
  /** Its network address. */
  readonly address?: string;
  /** Headers of every request, on top of its own. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a browser does for the console: keeps the cookie, says its origin, sends JSON. */
export class TestBrowser {
  readonly #app: FastifyInstance;
  readonly #origin: string;
  readonly #address: string;
  readonly #headers: Readonly<Record<string, string>>;
  /** The cookie as it would be sent; empty without a session. */
  cookie = '';

  constructor(app: FastifyInstance, options: BrowserOptions = {}) {
    this.#app = app;
    this.#origin = options.origin ?? 'http://127.0.0.1:4280';
    this.#address = options.address ?? '127.0.0.1';
    this.#headers = options.headers ?? {};
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body: object = {}): Promise<Answer> {
    return this.send('POST', path, body);
  }

  /** Sends a request to the management API. */
  async send(method: Method, path: string, body?: object): Promise<Answer> {
    const response = await this.#app.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: this.#address,
      headers: { origin: this.#origin, cookie: this.cookie, ...this.#headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    for (const { name, value } of response.cookies) this.cookie = value && `${name}=${value}`;
    const json = String(response.headers['content-type']).includes('json');
    return {
      status: response.statusCode,
      body: json ? response.json() : null,
      text: response.body,
      headers: response.headers,
    };
  }

  /** Signs in by the passphrase of all fixtures. */
  signIn(email: string, secret = passphrase): Promise<Answer> {
    return this.post('/sign-in/passphrase', { email, passphrase: secret });
  }
}
