import type { InjectOptions } from 'fastify';
import { expect, it } from 'vitest';
import { apiPrefix } from '../../src/http/management/register.ts';
import { describeEachEngine } from '../support/databases.ts';
import { eventLog } from '../support/event-log.ts';
import { seedAccount } from '../support/fixtures.ts';
import { testApp, testSettings } from '../support/server.ts';
import { oktaUser } from './bodies.ts';

const proxied = { PUBLIC_URL: 'https://rollcall.example.com', TRUSTED_PROXIES: '10.0.0.1' };

describeEachEngine('A request over plain HTTP', (databases) => {
  const start = async (environment: Readonly<Record<string, string>>) => {
    const events = eventLog();
    const database = await databases.open({ observer: events.observer });
    const seeded = await seedAccount(database);
    const app = testApp(database, { settings: testSettings(environment) });
    const send = (proto: string | undefined, more: InjectOptions) =>
      app.inject({
        remoteAddress: '10.0.0.1',
        ...more,
        headers: {
          ...(proto === undefined ? {} : { 'x-forwarded-proto': proto }),
          ...more.headers,
        },
      });
    const url = `/scim/${seeded.directoryId}/v2/Users`;
    const headers = { authorization: `Bearer ${seeded.token}` };
    return { events, send, url, headers };
  };

  it('is refused without being processed, and says that its token was exposed (S-01)', async () => {
    const { events, send, url, headers } = await start(proxied);
    events.clear();
    const payload = oktaUser('ada');
    const refused = await send('http', { method: 'POST', url, headers, payload });
    expect(refused.statusCode).toBe(403);
    expect(refused.headers['content-type']).toBe('application/scim+json; charset=utf-8');
    expect(refused.json()).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '403',
      detail:
        'The request came over plain HTTP and was not processed. Use the connector URL exactly as the SCIM page shows it, with https://. The token could be read on the way: make a new one with Refresh Token.',
    });
    for (const path of ['/scim', '/SCIM/x/v2', `${url}/%zz`]) {
      expect((await send('HTTP', { url: path })).statusCode, path).toBeGreaterThanOrEqual(400);
    }
    expect(events.of('statement')).toEqual([]);
    const { statusCode, body } = await send('https', { url, headers });
    expect([statusCode, JSON.parse(body).totalResults]).toEqual([200, 0]);
  });

  it('is told by the proxy that spoke with the client, and by nobody else', async () => {
    const { send, url, headers } = await start(proxied);
    const statuses = await Promise.all(
      ['https', 'https, http', 'http, https', undefined, 'httpx'].map(
        async (proto) => (await send(proto, { url, headers })).statusCode,
      ),
    );
    expect(statuses).toEqual([200, 200, 403, 200, 200]);
  });

  it('is sent on to https where it asks for a page, and refused where it asks the API', async () => {
    const { send, headers } = await start(proxied);
    const page = await send('http', { url: '/sign-in?next=%2Fscim' });
    expect([page.statusCode, page.headers.location]).toEqual([
      308,
      'https://rollcall.example.com/sign-in?next=%2Fscim',
    ]);
    const api = await send('http', { url: `${apiPrefix}/session`, headers });
    expect([api.statusCode, api.json().code]).toEqual([400, 'invalid_request']);
    const write = await send('http', { method: 'POST', url: `${apiPrefix}/sign-in` });
    expect(write.statusCode).toBe(400);
    expect((await send('http', { url: '/healthz' })).statusCode).toBe(200);
  });

  it.each([{ PUBLIC_URL: 'https://rollcall.example.com' }, { TRUSTED_PROXIES: '10.0.0.1' }])(
    'is served where no proxy is known, or on loopback: %j',
    async (environment) => {
      const { send, url, headers } = await start(environment);
      expect((await send('http', { url, headers })).statusCode).toBe(200);
    },
  );
});
