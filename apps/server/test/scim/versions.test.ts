import { isArray, isObject, type JsonValue } from '@rollcall/scim';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const unchanged = patch({ op: 'replace', path: 'displayName', value: 'Ada Byron' });

describeEachEngine('Versions', (databases) => {
  const start = async () => {
    const scim = await startScim(await databases.open());
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    return { scim, ada, sales };
  };
  const versionOf = async (scim: ScimServer, path: string) => {
    const { body, headers } = await scim.send('GET', path);
    expect(headers.get('etag')).toBe(body.meta.version);
    return body.meta;
  };

  it('are in meta and in the header of every answer with one resource, and weak (V-01, V-02, A-36, H-11)', async () => {
    const { scim, ada, sales } = await start();
    const user = `/Users/${ada.id}`;
    const answers = [
      await scim.send('POST', '/Users', { body: oktaUser('grace') }),
      await scim.send('GET', user),
      await scim.send('PUT', user, { body: { ...ada, title: 'Countess' } }),
      await scim.send('PATCH', user, { body: patch({ op: 'remove', path: 'title' }) }),
      await scim.send('GET', `/Groups/${sales.id}`),
      await scim.send('PUT', `/Groups/${sales.id}`, { body: group('Sellers', [ada.id]) }),
    ];
    for (const { body, headers } of answers) {
      expect(headers.get('etag')).toBe(body.meta.version);
      expect(body.meta.version).toMatch(/^W\/"[^"]*"$/);
    }
    const silent = await scim.send('PATCH', `/Groups/${sales.id}`, {
      body: patch({ op: 'replace', value: { displayName: 'Sales' } }),
    });
    expect([silent.status, silent.text]).toEqual([204, '']);
    const { version } = await versionOf(scim, `/Groups/${sales.id}`);
    expect(silent.headers.get('etag')).toBe(version);
  });

  it('change with each effective change and only then, and so does the time (V-03, A-28, A-34, W-12, P-30, P-58, P-07)', async () => {
    const { scim, ada, sales } = await start();
    const user = `/Users/${ada.id}`;
    expect(ada.meta.lastModified).toBe(ada.meta.created);
    for (const [method, body] of [
      ['PATCH', unchanged],
      ['PATCH', patch()],
      ['PATCH', patch({ op: 'add', path: 'emails', value: ada.emails })],
      ['PATCH', patch({ op: 'remove', path: 'nickName' })],
      ['PUT', ada],
      ['PUT', turned(ada)],
      ['PUT', { ...ada, meta: { version: 'W/"9"', created: '1999-01-01T00:00:00Z' }, id: 'x' }],
    ] as const) {
      const answer = await scim.send(method, user, { body });
      expect([answer.status, answer.body.meta]).toEqual([200, ada.meta]);
    }
    const changed = await scim.send('PATCH', user, {
      body: patch({ op: 'add', path: 'nickName', value: 'Enchantress' }),
    });
    expect(changed.body.meta.version).not.toBe(ada.meta.version);
    expect(Date.parse(changed.body.meta.lastModified)).toBeGreaterThan(
      Date.parse(ada.meta.created),
    );
    expect(changed.body.meta.created).toBe(ada.meta.created);
    const path = `/Groups/${sales.id}`;
    for (const operation of [
      { op: 'add', path: 'members', value: [{ value: ada.id }] },
      { op: 'remove', path: 'members[value eq "nobody"]' },
      { op: 'replace', path: 'displayName', value: 'Sales' },
    ]) {
      await scim.send('PATCH', path, { body: patch(operation) });
      expect(await versionOf(scim, path)).toEqual(sales.meta);
    }
    expect((await scim.send('PUT', path, { body: sales })).body.meta).toEqual(sales.meta);
  });

  it('are not sent again to whoever knows them (V-04)', async () => {
    const { scim, ada, sales } = await start();
    for (const { id, meta } of [ada, sales]) {
      const path = `/${meta.resourceType}s/${id}`;
      for (const known of [meta.version, meta.version.slice(2), `"a", ${meta.version}`, '*']) {
        for (const method of ['GET', 'HEAD']) {
          const answer = await scim.send(method, path, { headers: { 'if-none-match': known } });
          expect([answer.status, answer.text], known).toEqual([304, '']);
          expect(answer.headers.get('etag')).toBe(meta.version);
        }
      }
      const other = await scim.send('GET', path, { headers: { 'if-none-match': 'W/"9"' } });
      expect([other.status, other.body.id]).toEqual([200, id]);
    }
  });

  it('are demanded by If-Match and refused by If-None-Match on every write (V-05, V-07, V-10, W-11, X-05, R-01)', async () => {
    const { scim, ada, sales } = await start();
    for (const resource of [sales, ada]) {
      const { version, resourceType } = resource.meta;
      const path = `/${resourceType}s/${resource.id}`;
      const write = (method: string, headers: Record<string, string>) => {
        const change = patch({ op: 'replace', path: 'displayName', value: `New ${method}` });
        const bodies = { PUT: { ...resource, displayName: 'New PUT' }, PATCH: change };
        const body = method === 'PUT' || method === 'PATCH' ? bodies[method] : undefined;
        return scim.send(method, path, { headers, body });
      };
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        for (const headers of [
          { 'if-match': 'W/"9"' },
          { 'if-match': 'nonsense, W/' },
          { 'if-match': '' },
          { 'if-none-match': version },
          { 'if-none-match': '*' },
          { 'if-match': version, 'if-none-match': version },
        ]) {
          const refused = await write(method, headers);
          expect([refused.status, refused.body.status], JSON.stringify(headers)).toEqual([
            412,
            '412',
          ]);
        }
      }
      const { body } = await scim.send('GET', path);
      expect(body.meta).toEqual(resource.meta);
      const spaced = await write('PATCH', { 'if-match': ` "x" ,${version.slice(3, -1)} ` });
      expect(spaced.status).toBeLessThan(300);
      expect((await write('PUT', { 'if-match': '*' })).status).toBe(200);
      const { version: current } = await versionOf(scim, path);
      expect((await write('DELETE', { 'if-match': current })).status).toBe(204);
    }
  });

  it('come before times (V-13)', async () => {
    const { scim, ada } = await start();
    const path = `/Users/${ada.id}`;
    const future = 'Fri, 01 Jan 2100 00:00:00 GMT';
    const past = 'Fri, 01 Jan 1999 00:00:00 GMT';
    const read = await scim.send('GET', path, {
      headers: { 'if-none-match': 'W/"9"', 'if-modified-since': future },
    });
    expect(read.status).toBe(200);
    const written = await scim.send('PATCH', path, {
      body: unchanged,
      headers: { 'if-match': ada.meta.version, 'if-unmodified-since': past },
    });
    expect(written.status).toBe(200);
  });

  it('of a user stay while its groups and their names change (V-11, G-22)', async () => {
    const { scim, ada, sales } = await start();
    const before = await versionOf(scim, `/Groups/${sales.id}`);
    await scim.send('POST', '/Groups', { body: group('Other', [ada.id]) });
    await scim.send('PATCH', `/Groups/${sales.id}`, {
      body: patch({ op: 'replace', path: 'displayName', value: 'Sellers' }),
    });
    await scim.send('PATCH', `/Groups/${sales.id}`, {
      body: patch({ op: 'remove', path: 'members' }),
    });
    expect(await versionOf(scim, `/Users/${ada.id}`)).toEqual(ada.meta);
    const after = await versionOf(scim, `/Groups/${sales.id}`);
    expect(after.version).not.toBe(before.version);
    expect(after.lastModified > before.lastModified).toBe(true);
  });
});

/** The same with the members of each object in the other order. */
function turned(value: JsonValue): JsonValue {
  if (isArray(value)) return value.map(turned);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, turned(member)]);
  return Object.fromEntries(members.reverse());
}
