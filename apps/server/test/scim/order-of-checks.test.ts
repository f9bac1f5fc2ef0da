import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { startScim } from './scim-server.ts';

const megabytes = (count: number) => 'x'.repeat(count * 1024 * 1024);
const unknownId = '0198b7e0-0000-7000-8000-000000000000';

interface Faulty {
  readonly method: string;
  readonly path: string;
  readonly token?: string | null;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

describeEachEngine('Several faults at once', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = async () => {
    const scim = await startScim(database, { provider: 'generic' });
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: grace } = await scim.send('POST', '/Users', { body: oktaUser('grace') });
    return { scim, ada, path: `/Users/${grace.id}` };
  };

  it('are told in one order: 401, 404, 405, 406, 415, 413, 400, 412, 409 (E-10, E-02, V-08)', async () => {
    const { scim, path } = await start();
    const stale = { 'if-match': 'W/"9"' };
    const text = { 'content-type': 'text/plain' };
    const taken = { ...oktaUser('ada'), externalId: '00u-grace' };
    const faulty: readonly (readonly [number, Faulty])[] = [
      [401, { method: 'PUT', path: '/Nope', token: 'wrong', headers: text, body: '{' }],
      [401, { method: 'GET', path: '/Me', token: null }],
      [404, { method: 'PUT', path: '/Nope', headers: { ...text, accept: 'text/html' }, body: '{' }],
      [405, { method: 'PUT', path: '/Users', headers: { ...text, accept: 'a/b' }, body: '{' }],
      [406, { method: 'PUT', path, headers: { ...text, accept: 'text/html' }, body: '{' }],
      [415, { method: 'PUT', path, headers: { ...text, ...stale }, body: megabytes(2) }],
      [413, { method: 'PUT', path, headers: stale, body: megabytes(2) }],
      [400, { method: 'PUT', path, headers: stale, body: '{' }],
      [400, { method: 'PATCH', path, headers: stale, body: patch({ op: 'move' }) }],
      [412, { method: 'PUT', path, headers: stale, body: taken }],
      [409, { method: 'PUT', path, headers: { 'if-match': '*' }, body: taken }],
      [404, { method: 'PUT', path: `/Users/${unknownId}`, headers: stale, body: taken }],
      [404, { method: 'DELETE', path: `/Groups/${unknownId}`, headers: stale }],
      [404, { method: 'PUT', path: `/Users/${unknownId}`, headers: text, body: '{' }],
      [404, { method: 'PATCH', path: `/Groups/${unknownId}`, body: megabytes(2) }],
      [404, { method: 'PATCH', path: '/Users/%00', body: patch({ op: 'move' }) }],
      [404, { method: 'GET', path: `/Users/${unknownId}`, headers: { accept: 'text/html' } }],
    ];
    for (const [status, { method, path: at, ...request }] of faulty) {
      const answer = await scim.send(method, at, request);
      expect(answer.body, `${method} ${at}`).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: String(status),
        detail: expect.stringMatching(/./),
      });
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    }
  });

  it('are told of a token that may only read before anything that it asks for (E-10, S-02)', async () => {
    const { scim, path } = await start();
    await database.write((tx) =>
      tx.query
        .updateTable('connector_tokens')
        .set({ access: 'read_only' })
        .where('id', '=', scim.seeded.tokenId)
        .execute(),
    );
    for (const [method, at] of [
      ['POST', '/Nope'],
      ['DELETE', '/Users'],
      ['PUT', path],
      ['PATCH', `/Users/${unknownId}`],
    ] as const) {
      const answer = await scim.send(method, at, { body: method === 'DELETE' ? undefined : '{' });
      expect([method, answer.status]).toEqual([method, 403]);
    }
    expect((await scim.send('GET', '/Nope')).status).toBe(404);
  });
});

describeEachEngine('Statuses', (databases) => {
  it('mean what the protocol says of them, one by one (E-07)', async () => {
    const scim = await startScim(await databases.open(), { provider: 'generic' });
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const [user, team] = [`/Users/${ada.id}`, `/Groups/${sales.id}`];
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    const title = { body: patch({ op: 'replace', path: 'title', value: 'Countess' }) };
    const name = { body: patch({ op: 'replace', path: 'displayName', value: 'Sellers' }) };
    for (const [status, method, path, request] of [
      [200, 'GET', user, {}],
      [200, 'GET', '/Users', {}],
      [200, 'POST', '/Users/.search', { body: { schemas } }],
      [200, 'PUT', user, { body: ada }],
      [200, 'PATCH', user, title],
      [201, 'POST', '/Users', { body: oktaUser('grace') }],
      [204, 'PATCH', team, name],
      [204, 'DELETE', team, {}],
      [304, 'GET', user, { headers: { 'if-none-match': '*' } }],
      [400, 'POST', '/Users', { body: '{' }],
      [401, 'GET', '/Users', { token: null }],
      [403, 'GET', '/Schemas?filter=id%20pr', {}],
      [404, 'GET', team, {}],
      [404, 'GET', '/Nope', {}],
      [405, 'DELETE', '/Users', {}],
      [406, 'GET', '/Users', { headers: { accept: 'text/html' } }],
      [409, 'POST', '/Users', { body: oktaUser('ada') }],
      [412, 'DELETE', user, { headers: { 'if-match': 'W/"9"' } }],
      [413, 'POST', '/Users', { body: megabytes(2) }],
      [415, 'POST', '/Users', { body: '{}', headers: { 'content-type': 'text/plain' } }],
      [501, 'GET', '/Me', {}],
    ] as const) {
      const answer = await scim.send(method, path, request);
      expect([answer.status, method, path]).toEqual([status, method, path]);
      if (status >= 400) expect(answer.body.status).toBe(String(status));
    }
  });
});
