import { createHash, createPublicKey, verify } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { Browser } from './support/browser.ts';
import { type Harness, startHarness } from './support/harness.ts';
import { ManualClock } from './support/manual-clock.ts';

const callback = 'http://127.0.0.1:4280/sso/oidc/c1/callback';
const verifier = 'a'.repeat(43);
const challengeOf = (text: string) => createHash('sha256').update(text).digest('base64url');
const pkce = { code_challenge: challengeOf(verifier), code_challenge_method: 'S256' };

type Fields = Record<string, string>;
// biome-ignore lint/suspicious/noExplicitAny: whatever came over the wire; tests say what they expect of it
type Json = any;

describe('the OIDC sign-in', () => {
  let harness: Harness;
  let clock: ManualClock;
  let client: { id: string; secret: string };
  let ada: string;

  beforeEach(async () => {
    clock = new ManualClock();
    harness = await startHarness({ clock });
    const { clientId, clientSecret } = await harness.control('POST', '/oidc', {
      redirectUris: [callback],
    });
    client = { id: String(clientId), secret: String(clientSecret) };
    ada = await harness.person('Ada');
    await harness.control('POST', `/people/${ada}/assign`);
  });

  const asked = (change: Fields = {}): Fields => ({
    client_id: client.id,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid email profile',
    state: 's1',
    nonce: 'n1',
    ...pkce,
    ...change,
  });

  const open = (parameters: Fields | string, headers: Fields = {}) =>
    harness.idp.inject({
      url: `/oauth2/v1/authorize?${new URLSearchParams(parameters)}`,
      headers: { host: 'localhost', ...headers },
    });

  /** Chooses a person in the form; where the browser is sent, and its cookie. */
  async function signIn(parameters: Fields = asked(), person = ada) {
    const { headers, statusCode } = await harness.idp.inject({
      method: 'POST',
      url: '/app/oidc/sign-in',
      headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ ...parameters, person }).toString(),
    });
    expect(statusCode).toBe(303);
    return {
      back: backOf(headers.location),
      cookie: String(headers['set-cookie']).split(';', 1)[0],
    };
  }

  const codeOf = async (parameters?: Fields) => (await signIn(parameters)).back.code ?? '';

  async function redeem(code: string, change: Fields = {}, headers: Fields = {}) {
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: callback,
      code_verifier: verifier,
      ...(headers.authorization ? {} : { client_id: client.id, client_secret: client.secret }),
      ...change,
    };
    const answer = await harness.idp.inject({
      method: 'POST',
      url: '/oauth2/v1/token',
      headers: {
        host: 'localhost',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      payload: new URLSearchParams(form).toString(),
    });
    const body: Json = answer.json();
    return { status: answer.statusCode, body, headers: answer.headers };
  }

  async function userinfo(token: string) {
    const headers = { host: 'localhost', authorization: `Bearer ${token}` };
    const answer = await harness.idp.inject({ url: '/oauth2/v1/userinfo', headers });
    const body: Json = answer.json();
    return { status: answer.statusCode, body };
  }

  /** The claims of a token whose signature holds with a key that is published. */
  async function claimsIn(token: string): Promise<Json> {
    const [head = '', body = '', signature = ''] = token.split('.');
    const { kid, alg } = jsonIn(head);
    const { keys }: Json = (await harness.idp.inject('/oauth2/v1/keys')).json();
    const key = keys.find((candidate: Json) => candidate.kid === kid);
    expect([alg, key.alg, key.use, key.d]).toEqual(['RS256', 'RS256', 'sig', undefined]);
    const publicKey = createPublicKey({ key, format: 'jwk' });
    const signed = Buffer.from(`${head}.${body}`);
    expect(verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    return jsonIn(body);
  }

  it('is set up by the form, which refuses what is no redirect URI, and shows what the service needs', async () => {
    const browser = new Browser(harness.idp);
    const bad = await browser.post('/app/oidc', { redirectUris: 'javascript:alert(1)' });
    expect([bad.status, bad.text]).toEqual([422, expect.stringContaining('not a web address')]);
    const told = { redirectUris: callback, universalLogoutUrl: 'ftp://insomnia.example.com' };
    expect((await browser.post('/app/oidc', told)).status).toBe(422);
    const fields = { redirectUris: `${callback} https://insomnia.example.com/callback` };
    const { text } = await browser.post('/app/oidc', { ...fields, requirePkce: 'on' });
    for (const shown of ['OIDC settings saved.', client.id, client.secret, 'http://localhost']) {
      expect(text).toContain(shown);
    }
    expect((await browser.post('/app/oidc/secrets')).text).not.toContain(client.secret);
    expect((await redeem(await codeOf())).status).toBe(401);
  });

  it('describes itself under the name by which it was asked', async () => {
    const asking = { url: '/.well-known/openid-configuration', headers: { host: 'localhost:81' } };
    const metadata: Json = (await harness.idp.inject(asking)).json();
    expect(metadata).toMatchObject({
      issuer: 'http://localhost:81',
      authorization_endpoint: 'http://localhost:81/oauth2/v1/authorize',
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('describes itself by https behind a proxy', async () => {
    const { idp } = await startHarness({ publicUrl: 'https://idp.example.com' });
    const headers = { host: 'idp.example.com', 'x-forwarded-proto': 'https' };
    const metadata: Json = (
      await idp.inject({ url: '/.well-known/openid-configuration', headers })
    ).json();
    expect(metadata.issuer).toBe('https://idp.example.com');
  });

  it('leads from the form to an ID token about the person, signed by the published key', async () => {
    const page = await open(asked());
    expect(page.body).toContain('Sign in to the stand-in');
    expect(page.headers['content-security-policy']).toContain(
      "form-action 'self' http://127.0.0.1:4280;",
    );
    const { back } = await signIn();
    expect(back).toMatchObject({ url: callback, state: 's1' });
    clock.advance(30_000);
    const { status, body, headers } = await redeem(back.code ?? '');
    expect([status, headers['cache-control'], body.token_type]).toEqual([
      200,
      'no-store',
      'Bearer',
    ]);
    const now = clock.now() / 1000;
    expect(await claimsIn(body.id_token)).toMatchObject({
      iss: 'http://localhost',
      aud: client.id,
      sub: ada,
      email: 'ada.example@example.com',
      email_verified: true,
      name: 'Ada Example',
      nonce: 'n1',
      auth_time: now - 30,
      iat: now,
      exp: now + 3600,
    });
    expect(await userinfo(body.access_token)).toMatchObject({ status: 200, body: { sub: ada } });
    clock.advance(3_600_000);
    expect((await userinfo(body.access_token)).status).toBe(401);
  });

  it('tells by scope, and with a thin ID token only at the userinfo endpoint', async () => {
    const narrow = await redeem(await codeOf(asked({ scope: 'openid' })));
    expect(await claimsIn(narrow.body.id_token)).not.toHaveProperty('email');
    expect((await userinfo(narrow.body.access_token)).body).toEqual({ sub: ada });
    await harness.control('POST', '/oidc', { thinIdToken: true });
    const thin = await redeem(await codeOf());
    expect(await claimsIn(thin.body.id_token)).not.toHaveProperty('email');
    const told = await userinfo(thin.body.access_token);
    expect(told.body).toMatchObject({ sub: ada, email: 'ada.example@example.com' });
  });

  it('takes the secret in the header too, form-encoded, but not in both places', async () => {
    const basic = (secret: string) =>
      `Basic ${Buffer.from(`${client.id}:${encodeURIComponent(secret)}`).toString('base64')}`;
    const right = { authorization: basic(client.secret) };
    expect((await redeem(await codeOf(), {}, right)).status).toBe(200);
    const both = await redeem(await codeOf(), { client_secret: client.secret }, right);
    expect([both.status, both.body.error]).toEqual([400, 'invalid_request']);
    for (const authorization of [basic('wrong'), 'Basic !', 'Bearer x']) {
      const wrong = await redeem(await codeOf(), {}, { authorization });
      expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
      expect(wrong.headers['www-authenticate']).toContain('Basic');
    }
  });

  it('remembers the browser, and asks anew where the service wants it', async () => {
    const { cookie = '' } = await signIn();
    const again = async (change: Fields) => {
      const { statusCode, headers } = await open(asked(change), { cookie });
      return statusCode === 303 ? backOf(headers.location) : 'asked';
    };
    expect(await again({})).toHaveProperty('code');
    expect(await again({ prompt: 'login' })).toBe('asked');
    clock.advance(61_000);
    expect(await again({ max_age: '60' })).toBe('asked');
    expect(await again({ max_age: '3600' })).toHaveProperty('code');
    const nobody = await open(asked({ prompt: 'none' }));
    expect(backOf(nobody.headers.location)).toMatchObject({ error: 'login_required', state: 's1' });
  });

  it.each<[string, Fields, string]>([
    ['another client', { client_id: 'other' }, 'The client ID is other'],
    ['no redirect URI', { redirect_uri: '' }, 'missing'],
    [
      'a foreign redirect URI',
      { redirect_uri: 'https://evil.example/' },
      'must be a Login redirect',
    ],
    ['a longer redirect URI', { redirect_uri: `${callback}/../x` }, 'must be a Login redirect'],
    [
      'a redirect URI with a query',
      { redirect_uri: `${callback}?x=1` },
      'must be a Login redirect',
    ],
    ['a redirect URI in capitals', { redirect_uri: callback.toUpperCase() }, 'must be a Login'],
  ])('sends nobody anywhere for %s', async (_name, change, words) => {
    const { statusCode, body, headers } = await open(asked(change));
    expect([statusCode, headers.location]).toEqual([400, undefined]);
    expect(body).toContain(words);
  });

  it('sends nobody anywhere for a parameter that came twice', async () => {
    const twice = `${new URLSearchParams(asked())}&redirect_uri=https://evil.example/`;
    expect((await open(twice)).body).toContain('redirect_uri came more than once');
  });

  it.each<[string, Fields, string]>([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['another response mode', { response_mode: 'fragment' }, 'invalid_request'],
    ['no openid scope', { scope: 'email' }, 'invalid_scope'],
    ['no challenge', { code_challenge: '' }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without method', { code_challenge_method: '' }, 'invalid_request'],
    ['a challenge that is no digest', { code_challenge: 'short' }, 'invalid_request'],
  ])('tells the service about %s', async (_name, change, error) => {
    const { headers } = await open(asked(change));
    expect(backOf(headers.location)).toMatchObject({ url: callback, state: 's1', error });
    expect((await signIn(asked(change))).back).toMatchObject({ error });
  });

  it('refuses people who are not assigned, not active, or nobody', async () => {
    const tom = await harness.person('Tom');
    const denied = { error: 'access_denied', state: 's1' };
    expect((await signIn(asked(), tom)).back).toMatchObject(denied);
    expect((await signIn(asked(), 'nobody')).back).toMatchObject(denied);
    const code = await codeOf();
    await harness.control('POST', `/people/${ada}/deactivate`);
    expect((await signIn()).back).toMatchObject(denied);
    expect((await redeem(code)).body.error).toBe('invalid_grant');
  });

  it.each<[string, Fields, string]>([
    ['another verifier', { code_verifier: 'b'.repeat(43) }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    [
      'the challenge in place of the verifier',
      { code_verifier: pkce.code_challenge },
      'invalid_grant',
    ],
    ['another redirect URI', { redirect_uri: 'https://evil.example/' }, 'invalid_grant'],
    ['no redirect URI', { redirect_uri: '' }, 'invalid_grant'],
    ['another grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['a wrong secret', { client_secret: 'wrong' }, 'invalid_client'],
    ['no secret', { client_secret: '' }, 'invalid_client'],
    ['another client', { client_id: 'other' }, 'invalid_client'],
    ['another code', { code: 'made up' }, 'invalid_grant'],
  ])('gives no token for %s', async (_name, change, error) => {
    const { status, body } = await redeem(await codeOf(), change);
    expect([status, body.error]).toEqual([error === 'invalid_client' ? 401 : 400, error]);
    expect(body).not.toHaveProperty('id_token');
  });

  it('spends a code once, also by a try that fails; a second try takes the token back', async () => {
    const code = await codeOf();
    const { body } = await redeem(code);
    expect((await userinfo(body.access_token)).status).toBe(200);
    expect((await redeem(code)).body.error).toBe('invalid_grant');
    expect((await userinfo(body.access_token)).status).toBe(401);
    const guessed = await codeOf();
    await redeem(guessed, { code_verifier: 'b'.repeat(43) });
    expect((await redeem(guessed)).body.error).toBe('invalid_grant');
  });

  it('lets a code live for a minute', async () => {
    const code = await codeOf();
    clock.advance(60_000);
    expect((await redeem(code)).body.error).toBe('invalid_grant');
  });

  it('without required PKCE takes no challenge, but then no verifier either', async () => {
    await harness.control('POST', '/oidc', { requirePkce: false });
    const plain = asked({ code_challenge: '', code_challenge_method: '' });
    expect((await redeem(await codeOf(plain), { code_verifier: '' })).status).toBe(200);
    expect((await redeem(await codeOf(plain))).body.error).toBe('invalid_grant');
  });

  it('publishes the key before beside a new one, so that its tokens stay good', async () => {
    const before = await redeem(await codeOf());
    const { keyId } = await harness.control('POST', '/oidc/rotate');
    const after = await redeem(await codeOf());
    expect(jsonIn(after.body.id_token.split('.')[0]).kid).toBe(keyId);
    await claimsIn(before.body.id_token);
    await claimsIn(after.body.id_token);
  });
});

/** Where a redirect leads, and what it carries. */
function backOf(location: unknown): { url: string; code?: string } & Fields {
  const { origin, pathname, searchParams } = new URL(String(location));
  return { ...Object.fromEntries(searchParams), url: origin + pathname };
}

const jsonIn = (base64: string): Json => JSON.parse(Buffer.from(base64, 'base64url').toString());
