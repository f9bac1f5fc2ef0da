import type { DemoOwner } from './memory.ts';
import type { OpenStandIn } from './stand-in.ts';

/**
 * Connects the stand-in for SSO as an owner does by hand: a connection in the console, its two values at the stand-in, the
 * metadata's address back, and a test sign-in of a person who is assigned for it.
 */
export async function connectSso(
  consoleUrl: string,
  owner: DemoOwner,
  standIn: OpenStandIn,
): Promise<void> {
  const browser = new DemoBrowser();
  const call = (method: string, path: string, body?: object) =>
    browser.call(consoleUrl, { method, path, body });
  const session = await call('POST', '/sign-in/passphrase', owner);
  const accountPath = `/accounts/${session.accounts[0]?.id}`;
  const domains = await call('GET', `${accountPath}/domains`);
  const created = await call('POST', `${accountPath}/sso-connections`, {
    name: 'Stand-in IdP',
    protocol: 'saml',
    domainIds: domains.items.map(({ id }) => id),
  });
  const { ssoUrl, audience, logoutUrl, universalLogoutUrl } = created.ours;
  await standIn.control('/saml', {
    ssoUrl,
    audience,
    logoutUrl,
    logoutRequestUrl: logoutUrl,
    universalLogoutUrl,
  });
  await call('PATCH', `${accountPath}/sso-connections/${created.id}`, {
    saml: { metadataUrl: `${standIn.url}/app/saml/metadata` },
  });
  await testAs(browser, standIn, `${consoleUrl}/sso/start/${created.id}?test=1`);
  await call('POST', '/sign-out');
  const { state } = await readState(call, accountPath, owner);
  if (state !== 'tested') throw new Error('the demo could not sign in through the stand-in');
}

type Call = (method: string, path: string, body?: object) => Promise<Known>;

async function readState(call: Call, accountPath: string, owner: DemoOwner) {
  await call('POST', '/sign-in/passphrase', owner);
  const { items } = await call('GET', `${accountPath}/sso-connections`);
  await call('POST', '/sign-out');
  return { state: items[0]?.state };
}

/** Goes through the stand-in's pages as a person who is assigned for as long as that takes. */
async function testAs(browser: DemoBrowser, standIn: OpenStandIn, startUrl: string): Promise<void> {
  const personId = await standIn.firstPersonId();
  await standIn.control(`/people/${personId}/assign`);
  const page = await browser.open(startUrl);
  const inResponseTo = hidden(page, 'inResponseTo');
  const form = { person: personId, inResponseTo, relayState: hidden(page, 'relayState') };
  const answer = await browser.post(`${standIn.url}/app/saml/sign-in`, form);
  await browser.post(/action="([^"]+)" data-submit/.exec(answer)?.[1] ?? '', {
    SAMLResponse: hidden(answer, 'SAMLResponse'),
    RelayState: hidden(answer, 'RelayState'),
  });
  await standIn.control(`/people/${personId}/unassign`);
}

function hidden(page: string, name: string): string {
  return new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';
}

/** What of the answers is read here. */
interface Known {
  readonly accounts: readonly { readonly id: string }[];
  readonly items: readonly { readonly id: string; readonly state: string }[];
  readonly id: string;
  readonly ours: Readonly<
    Record<'ssoUrl' | 'audience' | 'logoutUrl' | 'universalLogoutUrl', string>
  >;
}

/** A browser as far as this needs one: cookies by origin, redirects, forms. */
class DemoBrowser {
  readonly #cookies = new Map<string, string>();

  async call(
    origin: string,
    { method, path, body }: { method: string; path: string; body?: object | undefined },
  ): Promise<Known> {
    const answer = await this.#send(`${origin}/api/v1${path}`, {
      method,
      headers: { origin, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    // The management API's own answers, of which only what stands in `Known` is read.
    return (text === '' ? {} : JSON.parse(text)) as Known;
  }

  async open(url: string): Promise<string> {
    const answer = await this.#send(url, { method: 'GET' });
    const location = answer.headers.get('location');
    return location === null ? answer.text() : this.open(new URL(location, url).href);
  }

  async post(url: string, form: Record<string, string>): Promise<string> {
    const answer = await this.#send(url, { method: 'POST', body: new URLSearchParams(form) });
    const location = answer.headers.get('location');
    return location === null ? answer.text() : this.open(new URL(location, url).href);
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const { origin } = new URL(url);
    const headers = { cookie: this.#cookies.get(origin) ?? '', ...init.headers };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    const kept = new Map(
      (this.#cookies.get(origin) ?? '')
        .split('; ')
        .filter(Boolean)
        .map((pair) => split(pair)),
    );
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = split(cookie.split(';', 1).join(''));
      if (value === '') kept.delete(name);
      else kept.set(name, value);
    }
    this.#cookies.set(origin, [...kept].map(([name, value]) => `${name}=${value}`).join('; '));
    return answer;
  }
}

function split(pair: string): [string, string] {
  const cut = pair.indexOf('=');
  return [pair.slice(0, cut), pair.slice(cut + 1)];
}
