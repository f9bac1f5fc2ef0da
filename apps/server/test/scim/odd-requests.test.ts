import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { listRequests } from '../../src/domain/request-log/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount } from '../support/fixtures.ts';
import { testApp } from '../support/server.ts';
import { oktaUser } from './bodies.ts';
import { sendRaw } from './raw-request.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

describeEachEngine('An odd request', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database, { provider: 'generic' });

  const logOf = async ({ seeded }: ScimServer) => {
    const page = { limit: 20 };
    const { requests } = await listRequests(
      database.read,
      { directoryId: seeded.directoryId },
      page,
    );
    return requests.map(({ outcome, status, explanation }) => [outcome, status, explanation]);
  };

  it.each(['TRACE', 'QUERY', 'OPTIONS'])(
    'by %s is told which methods the address takes (H-13)',
    async (method) => {
      const scim = await start();
      const { status, headers, text } = await sendRaw(scim, '/Users', { method });
      const told = [status, headers.allow, JSON.parse(text).schemas];
      expect(told).toEqual([405, 'GET, HEAD, POST', [errorSchema]]);
      const stranger = await sendRaw(scim, '/Users', { method, headers: ['host', 'x'] });
      expect(stranger.status).toBe(401);
    },
  );

  it('by a method that nobody knows is told so, and not that the address is wrong', async () => {
    const { directoryId } = await seedAccount(database);
    const app = testApp(database);
    // The type of `inject` knows no other methods than the server.
    const send = (url: string) => app.inject({ method: 'LINK' as 'GET', url });
    const answer = await send(`/scim/${directoryId}/v2/Users`);
    expect([answer.statusCode, answer.json()]).toEqual([
      501,
      {
        schemas: [errorSchema],
        status: '501',
        detail: 'SCIM has no method LINK. Send GET, POST, PUT, PATCH or DELETE.',
      },
    ]);
    expect((await send(`/SCIM/${directoryId}/v2/Users`)).statusCode).toBe(404);
  });

  it('whose target is absolute, as for a proxy, is answered as any other (RFC 9112 §3.2.2)', async () => {
    const scim = await start();
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { hostname, port } = new URL(scim.origin);
    const headers = { authorization: `Bearer ${scim.seeded.token}` };
    const path = `${scim.connectorUrl}/Users?count=0`;
    const sent = request({ hostname, port, path, headers }).end();
    const [answer]: IncomingMessage[] = await once(sent, 'response');
    expect(answer?.statusCode).toBe(200);
    expect(JSON.parse((await answer?.toArray())?.join('') ?? '')).toMatchObject({
      totalResults: 1,
    });
  });

  it.each(['json', 'application/json, text/plain', '; charset=utf-8'])(
    'declared as %j is refused for it once its token is known, and stands in the log (E-10, H-07)',
    async (type) => {
      const scim = await start();
      const send = (authorization: string) => {
        const headers = { 'content-type': type, authorization };
        const body = JSON.stringify(oktaUser('ada'));
        return sendRaw(scim, '/Users', { method: 'POST', headers, body });
      };
      expect((await send('Bearer rollcall_scim_thisIsNotOurs')).status).toBe(401);
      const { status, text } = await send(`Bearer ${scim.seeded.token}`);
      expect(status).toBe(415);
      expect(JSON.parse(text).detail).toContain(`The body is declared as ${JSON.stringify(type)}`);
      await scim.app.close();
      expect(await logOf(scim)).toEqual([
        ['refused', 415, 'media_type'],
        ['refused', 401, 'unknown_token'],
      ]);
    },
  );

  it('whose Content-Type is empty is read as JSON, as one without', async () => {
    const scim = await start();
    const body = JSON.stringify(oktaUser('ada'));
    const headers = { 'content-type': '' };
    const { status } = await sendRaw(scim, '/Users', { method: 'POST', headers, body });
    expect(status).toBe(201);
  });

  it('that is compressed is refused for it (RFC 9110 §8.4)', async () => {
    const scim = await start();
    const body = oktaUser('ada');
    const sent = (encoding: string, bytes: unknown) =>
      scim.send('POST', '/Users', { body: bytes, headers: { 'content-encoding': encoding } });
    const refused = await sent('gzip', gzipSync(JSON.stringify(body)));
    expect([refused.status, refused.body.detail]).toEqual([
      415,
      'The body is encoded as "gzip", and only plain JSON is read. Send it as application/scim+json.',
    ]);
    expect((await sent('Identity', body)).status).toBe(201);
  });

  it.each([
    ['of a declared length', 'Content-Length: 999\r\n\r\n{"schemas":'],
    ['in chunks', 'Transfer-Encoding: chunked\r\n\r\n40\r\n{"schemas":'],
  ])(
    '%s whose connection ends early is the client’s fault, and changes nothing',
    async (_, rest) => {
      const scim = await start();
      const { hostname, port, pathname } = new URL(scim.connectorUrl);
      const socket = connect(Number(port), hostname);
      socket.write(
        `POST ${pathname}/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${scim.seeded.token}\r\n` +
          `Content-Type: application/scim+json\r\nExpect: 100-continue\r\n${rest}`,
      );
      await once(socket, 'data');
      socket.destroy();
      await expect.poll(() => logOf(scim)).toEqual([['refused', 400, 'body_cut_off']]);
    },
  );

  it.each(['SSWS', 'Token', 'OAuth', 'Bearer:'])(
    'that signs in by %s is told that it is another scheme than the token’s',
    async (scheme) => {
      const scim = await start();
      const headers = { authorization: `${scheme} ${scim.seeded.token}` };
      const { status, text } = await sendRaw(scim, '/Users', { headers });
      expect(status).toBe(401);
      expect(JSON.parse(text).detail).toBe(
        'The request signs in by another scheme than a bearer token. Send the connector token as "Authorization: Bearer <token>".',
      );
    },
  );

  it('for a page beyond any list gets none of it, and all of a list by a count beyond any (L-04, L-07)', async () => {
    const scim = await start();
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const huge = '9'.repeat(30);
    for (const [query, items] of [
      [`startIndex=${huge}`, 0],
      [`count=${huge}`, 1],
      [`count=-${huge}`, 0],
      [`startIndex=-${huge}`, 1],
    ]) {
      const { status, body } = await scim.send('GET', `/Users?${query}`);
      expect([query, status, body.totalResults, body.itemsPerPage]).toEqual([query, 200, 1, items]);
    }
  });
});
