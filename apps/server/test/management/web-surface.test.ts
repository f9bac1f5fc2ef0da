import { routes } from '@rollcall/api';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import { apiPrefix } from '../../src/http/management/register.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { testApp, testSettings } from '../support/server.ts';

const ours = 'http://127.0.0.1:4280';

describeEachEngine('What a browser is served', (databases) => {
  let app: FastifyInstance;

  beforeAll(async () => {
    app = testApp(await databases.open());
  });

  const signOut = (headers: Record<string, string>, method: InjectOptions['method'] = 'POST') =>
    app.inject({ method, url: `${apiPrefix}/sign-out`, headers });

  it.each([
    [{ origin: ours }],
    [{ origin: ours, 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'same-origin' }],
  ])('accepts a write of our own pages: %o', async (headers) => {
    expect((await signOut(headers)).statusCode).toBe(200);
  });

  it.each([
    [{}],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: `${ours}.evil.example` }],
    [{ origin: ours, 'sec-fetch-site': 'cross-site' }],
    [{ origin: ours, 'sec-fetch-site': 'same-site' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('refuses a write from elsewhere: %o', async (headers) => {
    const answer = await signOut(headers);
    expect(answer.json()).toMatchObject({ status: 403, code: 'cross_site_request' });
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('registers every route of the contract with its method', () => {
    const missing = Object.entries(routes).filter(
      ([, { method, path }]) => !app.hasRoute({ method, url: apiPrefix + path }),
    );
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it('checks the origin of every write in the contract', async () => {
    for (const { method, path } of Object.values(routes)) {
      if (method === 'GET') continue;
      const answer = await app.inject({ method, url: apiPrefix + path, payload: {} });
      expect(answer.json()).toMatchObject({ code: 'cross_site_request' });
    }
  });

  it('answers problem details for what it does not take', async () => {
    const browser = new TestBrowser(app);
    const unknown = await browser.get('/nowhere');
    expect(unknown.body).toMatchObject({ status: 404, code: 'not_found' });
    expect(unknown.headers['content-type']).toMatch(/^application\/problem\+json/);
    const overlong = await browser.get(`/setup/${'a'.repeat(300)}`);
    expect(overlong.body).toMatchObject({ status: 404, code: 'not_found' });
    const noUrl = await browser.get('/%zz');
    expect(noUrl.body).toMatchObject({ status: 400, code: 'invalid_request' });
    const wrongMethod = await browser.send('DELETE', '/session');
    expect(wrongMethod.body).toMatchObject({ status: 405, code: 'method_not_allowed' });
    expect(wrongMethod.headers.allow).toBe('GET, HEAD');
  });

  it.each([
    ['text/plain', '{}', 415, 'unsupported_media_type'],
    ['application/x-www-form-urlencoded', 'email=a', 415, 'unsupported_media_type'],
    ['application/json', '{"email":', 400, 'invalid_request'],
    ['application/json', '', 400, 'invalid_request'],
    ['application/json', '{"__proto__":{"admin":true}}', 400, 'invalid_request'],
    ['application/json', JSON.stringify('x'.repeat(1024 * 1024)), 413, 'payload_too_large'],
  ])('answers a body of %s %.40s with %i %s', async (type, payload, status, code) => {
    const answer = await app.inject({
      method: 'POST',
      url: `${apiPrefix}/sign-in/passphrase`,
      headers: { origin: ours, 'content-type': type },
      payload,
    });
    expect(answer.json()).toMatchObject({ status, code });
  });

  it('has strict headers on pages and answers, and keeps answers out of caches', async () => {
    for (const url of ['/sign-in', '/app/home', `${apiPrefix}/product`]) {
      const { headers } = await app.inject({ url });
      expect(headers['content-security-policy']).toBe(
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';" +
          "connect-src 'self';manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers['strict-transport-security']).toBeUndefined();
    }
  });

  it.each([
    ['/', '/sign-in'],
    ['/app/home', '/sign-in?next=%2Fapp%2Fhome'],
    [
      '/app/enterprise/audit?event=1&q=//a',
      '/sign-in?next=%2Fapp%2Fenterprise%2Faudit%3Fevent%3D1%26q%3D%2F%2Fa',
    ],
  ])(
    'leads whoever opens %s without a session to sign-in, and from there back',
    async (url, target) => {
      const { statusCode, headers } = await app.inject({ url });
      expect({ statusCode, location: headers.location }).toEqual({
        statusCode: 302,
        location: target,
      });
      const withSession = await app.inject({
        url,
        cookies: { rollcall: 'whether it holds or not' },
      });
      expect(withSession.statusCode).not.toBe(302);
    },
  );

  it('tells browsers to stay on https where the service is', async () => {
    const settings = testSettings({ PUBLIC_URL: 'https://rollcall.example.com' });
    const secured = testApp(await databases.open(), { settings });
    const { headers } = await secured.inject({ url: `${apiPrefix}/product` });
    expect(headers['strict-transport-security']).toMatch(/^max-age=31536000/);
  });

  it('does not mistake an address of the API or of SCIM for a page', async () => {
    for (const url of ['/api', '/api/v2/session', '/scim/nowhere']) {
      const answer = await app.inject({ url, headers: { accept: 'text/html' } });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.headers['content-type']).toContain('json');
    }
  });

  it('believes forwarded addresses from trusted proxies alone', async () => {
    const database = await databases.open();
    const lines: string[] = [];
    const log = { write: (line: string) => lines.push(line) };
    const environment = { LOG_LEVEL: 'info', TRUSTED_PROXIES: '10.0.0.0/8' };
    const proxied = testApp(database, { settings: testSettings(environment), log });
    for (const remoteAddress of ['10.1.2.3', '192.0.2.1']) {
      const headers = { 'x-forwarded-for': '203.0.113.5' };
      await proxied.inject({ url: `${apiPrefix}/product`, remoteAddress, headers });
    }
    // A line is written after its answer was sent.
    await expect
      .poll(() => lines.map((line) => JSON.parse(line).address))
      .toEqual(['203.0.113.5', '192.0.2.1']);
  });

  it('logs one line of JSON a request, by its route, whatever was sent', async () => {
    const lines: string[] = [];
    const log = { write: (line: string) => lines.push(line) };
    const logged = testApp(await databases.open(), {
      settings: testSettings({ LOG_LEVEL: 'trace' }),
      log,
    });
    const headers = { 'user-agent': 'a"}\\n{"level":60', authorization: 'Bearer secret-token' };
    const urls = ['/setup/secret-code%0A%7B', '/product?email=ada@example.com', '/%00', '/%zz'];
    for (const url of urls) await logged.inject({ url: apiPrefix + url, headers });
    const routesLogged = () => lines.map((line) => JSON.parse(line).route).filter(Boolean);
    await expect
      .poll(routesLogged)
      .toEqual(expect.arrayContaining([`${apiPrefix}/setup/:code`, `${apiPrefix}/product`]));
    expect(lines.join('')).not.toMatch(/secret|ada@example.com/);
  });

  it('is alive and ready', async () => {
    expect((await app.inject({ url: '/healthz' })).json()).toEqual({ status: 'ok' });
    expect((await app.inject({ url: '/readyz' })).json()).toEqual({ status: 'ready' });
  });

  it('is not ready on a database that a newer program has upgraded beyond this one', async () => {
    const database = await databases.open();
    const newer = testApp(database);
    await database.write((tx) =>
      tx.query
        .updateTable('database_facts')
        .set({ value: '1000' })
        .where('name', '=', 'oldest_program')
        .execute(),
    );
    const answer = await newer.inject({ url: '/readyz' });
    expect(answer.statusCode).toBe(503);
    expect((await newer.inject({ url: '/healthz' })).statusCode).toBe(200);
  });
});
