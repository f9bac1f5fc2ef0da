import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser } from './bodies.ts';
import { startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describeEachEngine('Discovery and headers', (databases) => {
  const start = async () => startScim(await databases.open());

  it('reads without a token, and refuses one that is wrong (D-01 to D-16, D-18 to D-21)', async () => {
    const scim = await start();
    const config = await scim.send('GET', '/ServiceProviderConfig', { token: null });
    expect(config.body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 1000 },
      sort: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1000,
        cursorTimeout: 3600,
      },
      etag: { supported: true },
      changePassword: { supported: false },
    });
    expect(config.body).not.toHaveProperty('securityEvents');
    expect(config.body.authenticationSchemes).toMatchObject([
      { type: 'oauthbearertoken', primary: true },
    ]);
    const types = await scim.send('GET', '/ResourceTypes', { token: null });
    expect(types.body.Resources.map(({ id }: { id: string }) => id)).toEqual([
      'User',
      'Group',
      'Role',
      'Entitlement',
    ]);
    const schemas = await scim.send('GET', '/Schemas', { token: null });
    for (const type of types.body.Resources) {
      const one = await scim.send('GET', `/ResourceTypes/${type.name}`, { token: null });
      expect(one.body).toEqual(type);
      for (const { schema } of [type, ...(type.schemaExtensions ?? [])]) {
        const named = await scim.send('GET', `/Schemas/${schema}`, { token: null });
        expect(named.body.id).toBe(schema);
      }
    }
    for (const { id, meta, schemas: own, attributes } of schemas.body.Resources) {
      expect(id).not.toMatch(/^urn:ietf:params:scim:api:/);
      expect([own, meta.resourceType]).toEqual([
        ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
        'Schema',
      ]);
      for (const attribute of attributes) {
        expect(attribute).toMatchObject({
          name: expect.any(String),
          type: expect.any(String),
          multiValued: expect.any(Boolean),
          required: expect.any(Boolean),
          mutability: expect.any(String),
          returned: expect.any(String),
        });
        expect(attribute.type === 'complex').toBe(attribute.subAttributes !== undefined);
      }
      const path = meta.location.slice(meta.location.indexOf('/v2') + 3);
      for (const spelled of [
        path,
        `/Schemas/${id.toUpperCase()}`,
        `/Schemas/${encodeURIComponent(id)}`,
      ]) {
        expect((await scim.send('GET', spelled, { token: null })).body.id, spelled).toBe(id);
      }
    }
    for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas']) {
      expect((await scim.send('GET', path, { token: 'wrong' })).status).toBe(401);
      expect((await scim.send('GET', `${path}?filter=id%20pr`)).status).toBe(403);
      expect((await scim.send('GET', `${path}?count=1&attributes=id`)).status).toBe(200);
      const written = await scim.send('POST', path, { body: {} });
      expect([written.status, written.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    }
    expect((await scim.send('GET', '/ResourceTypes/Nope')).status).toBe(404);
    expect((await scim.send('GET', '/Schemas/urn:nope')).status).toBe(404);
  });

  it('answers HEAD as GET without its body, for users, groups and lists (H-15)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    for (const path of [
      `/Users/${ada.id}`,
      `/Groups/${sales.id}`,
      '/Users',
      '/Groups',
      '/Schemas',
    ]) {
      const head = await scim.send('HEAD', path);
      const get = await scim.send('GET', path);
      expect([head.status, head.text], path).toEqual([200, '']);
      for (const name of ['content-type', 'etag', 'cache-control', 'x-content-type-options']) {
        expect(head.headers.get(name), `${path} ${name}`).toBe(get.headers.get(name));
      }
    }
  });

  it('builds locations from the configured address, never from the Host header (H-12)', async () => {
    const scim = await start();
    const { body, headers } = await scim.send('POST', '/Users', {
      body: oktaUser('ada'),
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' },
    });
    expect(headers.get('location')).toBe(body.meta.location);
    expect(body.meta.location.startsWith('https://rollcall.example.com/scim/')).toBe(true);
  });

  it('fills the reference of a manager who is here, and takes one from a reference (U-23 to U-27)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: grace } = await scim.send('POST', '/Users', {
      body: oktaUser('grace', {
        [enterprise]: { department: 'R&D "manager":{', manager: { $ref: `../Users/${ada.id}` } },
      }),
    });
    const location = ada.meta.location;
    expect(grace[enterprise].manager).toEqual({
      $ref: location,
      displayName: 'Ada Byron',
      value: ada.id,
    });
    const echoed = await scim.send('PUT', `/Users/${grace.id}`, { body: grace });
    expect(echoed.body).toEqual(grace);
    const filter = encodeURIComponent(`${enterprise}:manager.value eq "${ada.id}"`);
    expect((await scim.send('GET', `/Users?filter=${filter}`)).body.totalResults).toBe(1);
    await scim.send('DELETE', `/Users/${ada.id}`);
    const left = await scim.send('GET', `/Users/${grace.id}`);
    expect(left.body[enterprise].manager).toEqual({ value: ada.id });
  });

  it('takes who is deleted out of every group, and a deleted group out of its parents (X-03, U-21, G-21)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: inner } = await scim.send('POST', '/Groups', { body: group('Inner', [ada.id]) });
    const { body: outer } = await scim.send('POST', '/Groups', {
      body: group('Outer', [inner.id, ada.id]),
    });
    expect(outer.members.map(({ type }: { type: string }) => type).sort()).toEqual([
      'Group',
      'User',
    ]);
    await scim.send('DELETE', `/Users/${ada.id}`);
    const after = await scim.send('GET', `/Groups/${outer.id}`);
    expect(after.body.members).toMatchObject([
      { value: inner.id, type: 'Group', display: 'Inner' },
    ]);
    expect(after.body.meta.version).toBe('W/"2"');
    await scim.send('DELETE', `/Groups/${inner.id}`);
    expect((await scim.send('GET', `/Groups/${outer.id}`)).body).not.toHaveProperty('members');
  });

  it('accepts groups that hold each other (G-10)', async () => {
    const scim = await start();
    const { body: one } = await scim.send('POST', '/Groups', { body: group('One') });
    const { body: two } = await scim.send('POST', '/Groups', { body: group('Two', [one.id]) });
    const put = await scim.send('PUT', `/Groups/${one.id}`, { body: group('One', [two.id]) });
    expect([put.status, put.body.members.length]).toEqual([200, 1]);
  });
});
