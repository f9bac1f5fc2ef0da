import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { sendRaw } from './raw-request.ts';
import { type ScimAnswer, startScim } from './scim-server.ts';

const scimType = 'application/scim+json; charset=utf-8';
const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

describeEachEngine('HTTP', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = async () => {
    const scim = await startScim(database, { provider: 'generic' });
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    return { scim, ada, path: `/Users/${ada.id}` };
  };

  it('carries type, location and version where an answer has them, and no body with 204 and 304 (H-11, C-01)', async () => {
    const { scim, ada, path } = await start();
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const groupPath = `/Groups/${sales.id}`;
    const rename = (displayName: string) => ({
      body: patch({ op: 'replace', value: { displayName } }),
    });
    const known = { headers: { 'if-none-match': ada.meta.version } };
    const made = await scim.send('POST', '/Users', { body: oktaUser('grace') });
    expectWhole(made, 201);
    expect(made.headers.get('location')).toBe(made.body.meta.location);
    const madeGroup = await scim.send('POST', '/Groups', { body: group('Legal') });
    expectWhole(madeGroup, 201);
    expect(madeGroup.headers.get('location')).toBe(madeGroup.body.meta.location);
    expectEmpty(await scim.send('GET', path, known), 304);
    expectWhole(await scim.send('GET', path), 200);
    expectWhole(await scim.send('PUT', path, { body: { ...ada, title: 'x' } }), 200);
    expectWhole(await scim.send('PATCH', path, rename('Ada')), 200);
    expectWhole(await scim.send('PUT', groupPath, { body: group('Sellers') }), 200);
    const silent = await scim.send('PATCH', groupPath, rename('Sales'));
    expectEmpty(silent, 204);
    expect(silent.headers.get('etag')).toMatch(/^W\/"/);
    expectEmpty(await scim.send('DELETE', path), 204);
    expectEmpty(await scim.send('DELETE', groupPath), 204);
  });

  it('answers in the type of SCIM unless plain JSON alone is asked for, and refuses what excludes both (H-02, H-03, H-04)', async () => {
    const { scim, path } = await start();
    for (const [accept, type] of [
      [undefined, scimType],
      ['*/*', scimType],
      ['application/scim+json', scimType],
      ['application/*', scimType],
      ['application/json, application/scim+json', scimType],
      ['text/html, */*;q=0.1', scimType],
      ['application/json', 'application/json; charset=utf-8'],
    ] as const) {
      const headers = accept === undefined ? {} : { accept };
      const answer = await sendRaw(scim, path, { headers });
      expect([accept, answer.status, answer.headers['content-type']]).toEqual([accept, 200, type]);
    }
    for (const accept of [
      'text/html',
      'application/xml, image/*',
      'application/scim+json;q=0, application/json;q=0.0',
      '*/*;q=0',
    ]) {
      const { status, headers, text } = await sendRaw(scim, path, { headers: { accept } });
      expect([accept, status, headers['content-type']]).toEqual([accept, 406, scimType]);
      expect(JSON.parse(text)).toMatchObject({ schemas: [errorSchema], status: '406' });
    }
  });

  it('takes a body under both names of JSON and under none, in UTF-8 alone (H-05, H-06, H-07)', async () => {
    const { scim } = await start();
    const sent = (name: string, type: string | undefined) =>
      sendRaw(scim, '/Users', {
        method: 'POST',
        headers: type === undefined ? {} : { 'content-type': type },
        body: JSON.stringify(oktaUser(name)),
      });
    for (const [name, type] of [
      ['scim', 'application/scim+json'],
      ['json', 'application/json'],
      ['upper', 'APPLICATION/SCIM+JSON; Charset="UTF-8"'],
      ['none', undefined],
    ] as const) {
      expect([name, (await sent(name, type)).status]).toEqual([name, 201]);
    }
    for (const type of ['text/plain', 'application/xml', 'application/json; charset=latin1']) {
      const { status, text } = await sent('other', type);
      expect([type, status, JSON.parse(text).schemas]).toEqual([type, 415, [errorSchema]]);
    }
  });

  it('builds locations from the configured address, whatever Host says (H-12)', async () => {
    const { scim } = await start();
    for (const [name, headers] of [
      ['host', { host: 'evil.example' }],
      ['forwarded', { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }],
    ] as const) {
      const body = JSON.stringify(oktaUser(name));
      const made = await sendRaw(scim, '/Users', { method: 'POST', headers, body });
      const { meta } = JSON.parse(made.text);
      expect([made.status, made.headers.location]).toEqual([201, meta.location]);
      expect(meta.location).toMatch(/^https:\/\/rollcall\.example\.com\/scim\//);
      expect(JSON.stringify(made)).not.toContain('evil');
    }
  });

  it('tells of each address which methods it takes (H-13, C-12)', async () => {
    const { scim, path } = await start();
    for (const [wrong, address, allow] of [
      ['DELETE', '/Users', 'GET, HEAD, POST'],
      ['PATCH', '/Users', 'GET, HEAD, POST'],
      ['PUT', '/Groups', 'GET, HEAD, POST'],
      ['POST', path, 'GET, HEAD, PUT, PATCH, DELETE'],
      ['POST', '/Groups/some-id', 'GET, HEAD, PUT, PATCH, DELETE'],
      ['GET', '/Users/.search', 'POST'],
      ['DELETE', '/.search', 'POST'],
      ['GET', '/Bulk', 'POST'],
      ['POST', '/', 'GET, HEAD'],
    ] as const) {
      const body = wrong === 'GET' || wrong === 'DELETE' ? undefined : oktaUser('eve');
      const answer = await scim.send(wrong, address, { body });
      const told = [answer.status, answer.headers.get('allow'), answer.body.schemas];
      expect(told, `${wrong} ${address}`).toEqual([405, allow, [errorSchema]]);
    }
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(1);
  });

  it('says of an unknown address that it is one, and reads ids once and exactly (H-14, H-18, H-19, H-20)', async () => {
    const { scim, ada, path } = await start();
    for (const unknown of [
      '/Nope',
      '/users',
      '/Users/a/b',
      '/ServiceProviderConfig/x',
      `${path}.scim`,
      '/Users.scim',
      '/Users/%2e%2e',
      '/Users/../Users',
      '/Users/..%2fUsers',
      '/Users/%252e',
      `/Users/${ada.id.replace('-', '%252D')}`,
    ]) {
      const answer = await sendRaw(scim, unknown);
      expect([unknown, answer.status]).toEqual([unknown, 404]);
      expect(JSON.parse(answer.text)).toMatchObject({ schemas: [errorSchema], status: '404' });
    }
    const encoded = await sendRaw(scim, path.replaceAll('-', '%2D'));
    expect(JSON.parse(encoded.text)).toEqual(ada);
    for (const version of ['v1', 'v3', 'V2']) {
      const other = { ...scim, connectorUrl: scim.connectorUrl.replace(/v2$/, version) };
      const { status, text } = await sendRaw(other, path);
      expect([version, status, JSON.parse(text).schemas]).toEqual([version, 404, [errorSchema]]);
    }
  });

  it('passes over a slash at the end (H-17)', async () => {
    const { scim, path } = await start();
    for (const address of ['/Users', path, '/Groups', '/Schemas']) {
      const [plain, slashed] = [await sendRaw(scim, address), await sendRaw(scim, `${address}/`)];
      expect([slashed.status, slashed.text]).toEqual([200, plain.text]);
    }
  });

  it('refuses two tokens at once by the name that OAuth has for it (K-07)', async () => {
    const { scim } = await start();
    const headers = ['host', 'x', 'authorization', `Bearer ${scim.seeded.token}`];
    const twice = await sendRaw(scim, '/Users', {
      headers: [...headers, 'Authorization', 'Bearer other'],
    });
    expect([twice.status, JSON.parse(twice.text).status]).toEqual([400, '400']);
    expect(twice.headers['www-authenticate']).toBe('Bearer realm="SCIM", error="invalid_request"');
    expect((await sendRaw(scim, '/Users', { headers })).status).toBe(200);
  });
});

function expectWhole({ status, headers, body }: ScimAnswer, expected: number): void {
  expect(status).toBe(expected);
  expect(headers.get('content-type')).toBe(scimType);
  expect(headers.get('etag')).toBe(body.meta.version);
}

function expectEmpty({ status, headers, text }: ScimAnswer, expected: number): void {
  expect([status, text]).toEqual([expected, '']);
  expect(headers.get('content-type')).toBeNull();
}
