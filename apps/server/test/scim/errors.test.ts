import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { sendScim, startScim } from './scim-server.ts';

const user = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describeEachEngine('Errors and credentials', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database, { provider: 'generic' });

  it('give each 400 and 409 the type that is listed for it (E-05, C-09, H-10)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('POST', '/Users', { body: oktaUser('grace') });
    const path = `/Users/${ada.id}`;
    const change = (operation: object) => ['PATCH', path, patch(operation)] as const;
    for (const [method, at, body, status, type] of [
      ['GET', '/Users?filter=userName', undefined, 400, 'invalidFilter'],
      ['GET', '/Users?count=ten', undefined, 400, 'invalidValue'],
      ['GET', '/Users?cursor=x', undefined, 400, 'invalidCursor'],
      ['GET', '/Users?cursor&count=x', undefined, 400, 'invalidCount'],
      ['POST', '/Users', '{', 400, 'invalidSyntax'],
      ['POST', '/Users', '', 400, 'invalidSyntax'],
      ['PUT', path, '', 400, 'invalidSyntax'],
      ['PATCH', path, '', 400, 'invalidSyntax'],
      ['POST', '/Users', group('Sales'), 400, 'invalidSyntax'],
      ['POST', '/Users', { schemas: [user] }, 400, 'invalidValue'],
      ['POST', '/Users', oktaUser('ada'), 409, 'uniqueness'],
      [
        ...change({ op: 'replace', path: 'userName', value: 'grace@example.com' }),
        409,
        'uniqueness',
      ],
      [...change({ op: 'replace', path: 'bogus', value: 1 }), 400, 'invalidPath'],
      [...change({ op: 'replace', path: 'id', value: 'x' }), 400, 'mutability'],
      [...change({ op: 'remove' }), 400, 'noTarget'],
      [...change({ op: 'move', path: 'title' }), 400, 'invalidSyntax'],
      [...change({ op: 'add', path: 'active', value: {} }), 400, 'invalidValue'],
      ['GET', '/Schemas?filter=id%20pr', undefined, 403, undefined],
      ['GET', '/Users/nobody', undefined, 404, undefined],
      ['PATCH', '/Users', patch(), 405, undefined],
      ['GET', '/Me', undefined, 501, undefined],
    ] as const) {
      const answer = await scim.send(method, at, { body });
      expect([method, at, answer.status, answer.body.scimType]).toEqual([method, at, status, type]);
      expect([answer.body.status, typeof answer.body.detail]).toEqual([String(status), 'string']);
    }
  });

  it('name a failure of ours by the id of its request, and nothing else of it (E-09, E-03)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.database.write(async (tx) => {
      await tx.query.updateTable('directory_users').set({ document: 'torn {' }).execute();
    });
    const failed = await scim.send('PATCH', `/Users/${ada.id}`, {
      body: patch({ op: 'replace', path: 'title', value: 'x' }),
    });
    expect([failed.status, failed.body.status]).toEqual([500, '500']);
    expect(failed.headers.get('content-type')).toContain('application/scim+json');
    expect(failed.body.detail).toMatch(/[0-9a-f]{8}-[0-9a-f-]{27}/);
    expect(failed.text).not.toContain('torn');
  });

  it('open the directory of the token alone, whose address everything carries (T-01, T-03, T-06, K-11)', async () => {
    const mine = await startScim(database);
    const theirs = await startScim(database);
    const foreign = await mine.send('GET', '/Users', { token: theirs.seeded.token });
    expect(foreign.status).toBe(401);
    expect(foreign.headers.get('www-authenticate')).toContain('error="invalid_token"');
    const { body: ada } = await mine.send('POST', '/Users', { body: oktaUser('ada') });
    const base = `https://rollcall.example.com/scim/${mine.seeded.directoryId}/v2`;
    expect(ada.meta.location).toBe(`${base}/Users/${ada.id}`);
    const { body: config } = await mine.send('GET', '/ServiceProviderConfig');
    expect(config.meta.location).toBe(`${base}/ServiceProviderConfig`);
    const boss = { manager: { value: ada.id } };
    await mine.send('POST', '/Users', { body: oktaUser('grace', { [enterprise]: boss }) });
    await mine.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    const { text } = await mine.send('GET', '/');
    const named = text.match(/https:[^"]+/g) ?? [];
    // Three resources, the manager, the member and the group of the member.
    expect(named).toHaveLength(6);
    expect(named.filter((address) => !address.startsWith(`${base}/`))).toEqual([]);
  });

  it('tell a token that may only read what it lacks (K-06, S-02)', async () => {
    const scim = await start();
    await scim.database.write(async (tx) => {
      await tx.query.updateTable('connector_tokens').set({ access: 'read_only' }).execute();
    });
    for (const [method, path] of [
      ['POST', '/Users'],
      ['PUT', '/Users/x'],
      ['PATCH', '/Groups/x'],
      ['DELETE', '/Groups/x'],
      ['POST', '/Bulk'],
    ] as const) {
      const body = method === 'DELETE' ? undefined : {};
      const refused = await scim.send(method, path, { body });
      expect([path, refused.status, refused.body.status]).toEqual([path, 403, '403']);
      expect(refused.headers.get('www-authenticate')).toBe(
        'Bearer realm="SCIM", error="insufficient_scope", scope="read_write"',
      );
    }
    for (const path of ['/Users', '/Groups', '/', '/Schemas', '/ServiceProviderConfig']) {
      expect((await scim.send('GET', path)).status, path).toBe(200);
    }
  });

  it('let no page of another site read anything (S-13)', async () => {
    const scim = await start();
    const headers = { origin: 'https://elsewhere.example.com' };
    const { token } = scim.seeded;
    const read = await sendScim(`${scim.connectorUrl}/Users`, 'GET', { headers, token });
    const asked = await sendScim(`${scim.connectorUrl}/Users`, 'OPTIONS', {
      headers: { ...headers, 'access-control-request-method': 'POST' },
      token,
    });
    for (const answer of [read, asked]) {
      expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});
