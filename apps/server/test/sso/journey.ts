import { inflateRawSync } from 'node:zlib';
import type { KeyPair } from '@rollcall/sso';
import type { FastifyInstance } from 'fastify';
import { idpKeys, oktaResponse, type Parts } from '../../../../packages/sso/test/saml/idp.ts';
import type { Answer } from '../support/browser.ts';

const origin = 'http://127.0.0.1:4280';

/** A browser that keeps all cookies and goes where it is sent, one step at a time. */
export class Journey {
  readonly #app: FastifyInstance;
  readonly cookies = new Map<string, string>();

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Opens an address; answers where it leads, or the status of a page. */
  async open(url: string): Promise<string> {
    const response = await this.#app.inject({
      method: 'GET',
      url: url.replace(origin, ''),
      headers: { cookie: this.cookie },
    });
    this.#keep(response.cookies);
    return String(response.headers.location ?? response.statusCode);
  }

  /** Posts a form from another site: no cookie goes with it. */
  async postFromElsewhere(url: string, form: Record<string, string>): Promise<string> {
    const response = await this.#app.inject({
      method: 'POST',
      url: url.replace(origin, ''),
      headers: {
        origin: 'https://idp.example.com',
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: new URLSearchParams(form).toString(),
    });
    this.#keep(response.cookies);
    return String(response.headers.location ?? response.statusCode);
  }

  /** A call of the management API. */
  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Pick<Answer, 'status' | 'body'>> {
    const response = await this.#app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { origin, cookie: this.cookie },
      ...(body === undefined ? {} : { payload: body }),
    });
    this.#keep(response.cookies);
    return { status: response.statusCode, body: response.body === '' ? null : response.json() };
  }

  #keep(cookies: readonly { name: string; value: string }[]): void {
    for (const { name, value } of cookies) {
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** What a connection's IdP is told of us. */
export interface Ours {
  readonly ssoUrl: string;
  readonly audience: string;
}

/** Values by hand of the IdP that `answer` speaks for. */
export const idpOf = (name: string) => ({
  entityId: `http://www.okta.com/${name}`,
  signOnUrl: `https://${name}.example.com/sso/saml`,
  certificate: idpKeys.certificate,
});

/** The id of the request that a redirect to an IdP carries. */
export function requestIdOf(location: string): string {
  const request = new URL(location).searchParams.get('SAMLRequest') ?? '';
  const xml = inflateRawSync(Buffer.from(request, 'base64')).toString();
  return / ID="([^"]+)"/.exec(xml)?.[1] ?? '';
}

let assertions = 0;

/** What an IdP posts: a signed response for a person, to a request or, with null, to none. */
export function answer(
  idp: string,
  { ssoUrl, audience }: Ours,
  { inResponseTo, ...parts }: Parts & { readonly inResponseTo: string | null },
  keys: KeyPair = idpKeys,
): Record<string, string> {
  assertions += 1;
  const said = {
    id: `_assertion${assertions}`,
    issuer: `http://www.okta.com/${idp}`,
    audience,
    recipient: ssoUrl,
    destination: ssoUrl,
    inResponseTo,
    ...parts,
  };
  const xml = oktaResponse(said, { keys });
  return { SAMLResponse: Buffer.from(xml).toString('base64'), RelayState: inResponseTo ?? '' };
}

interface Through {
  readonly startUrl: string;
  readonly idp: string;
  readonly ours: Ours;
  readonly parts?: Parts;
  /** What the IdP signs with. */
  readonly keys?: KeyPair;
}

/** Goes from our start address through the IdP to where the browser is told to fetch the answer. */
export async function answeredBy(
  journey: Journey,
  { startUrl, idp, ours, parts = {}, keys }: Through,
): Promise<string> {
  const inResponseTo = requestIdOf(await journey.open(startUrl));
  const form = answer(idp, ours, { ...parts, inResponseTo }, keys);
  return journey.postFromElsewhere(ours.ssoUrl, form);
}

/** Goes from our start address through the IdP to where the browser ends. */
export async function signInThrough(journey: Journey, through: Through): Promise<string> {
  const next = await answeredBy(journey, through);
  return next.includes('/sso/finish/') ? journey.open(next) : next;
}
