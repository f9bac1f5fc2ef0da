import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const endpoints = ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'];
const pathOf = (location: string) => location.slice(location.indexOf('/v2') + 3);

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly uniqueness?: string;
  readonly subAttributes?: readonly Attribute[];
}

describeEachEngine('Discovery', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database);
  const read = async (scim: ScimServer, path: string) =>
    (await scim.send('GET', path, { token: null })).body;

  it('tells without a token what the service can do, in one object (D-01, D-02, D-04, D-05, D-07, D-08)', async () => {
    const scim = await start();
    const { status, body } = await scim.send('GET', '/ServiceProviderConfig', { token: null });
    expect(status).toBe(200);
    expect(body).toEqual({
      schemas: [`${core}:ServiceProviderConfig`],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 },
      filter: { supported: true, maxResults: 1000 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 100,
        maxPageSize: 1000,
        cursorTimeout: 3600,
      },
      authenticationSchemes: [
        {
          type: 'oauthbearertoken',
          name: expect.stringMatching(/./),
          description: expect.stringMatching(/./),
          specUri: 'https://www.rfc-editor.org/rfc/rfc6750',
          primary: true,
        },
      ],
      meta: {
        resourceType: 'ServiceProviderConfig',
        location: expect.stringMatching(/\/v2\/ServiceProviderConfig$/),
      },
    });
  });

  it('is read without a token, and refuses one that is wrong (D-05, D-06)', async () => {
    const scim = await start();
    for (const path of endpoints) {
      expect((await scim.send('GET', path, { token: null })).status, path).toBe(200);
      expect((await scim.send('GET', path, { token: 'wrong' })).status, path).toBe(401);
    }
  });

  it('does what it says that it can do (D-03)', async () => {
    const scim = await start();
    const told = await read(scim, '/ServiceProviderConfig');
    const { body: zoe } = await scim.send('POST', '/Users', { body: oktaUser('zoe') });
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const listed = async (query: string) => (await scim.send('GET', `/Users?${query}`)).body;
    const change = patch({ op: 'replace', path: 'title', value: 'Countess' });
    const password = patch({ op: 'replace', path: 'password', value: 'Correct-Horse-7' });
    const patched = await scim.send('PATCH', path, { body: change });
    const silent = await scim.send('PATCH', path, { body: password });
    const stale = { headers: { 'if-match': ada.meta.version } };
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'];
    const Operations = [{ method: 'DELETE', path: '/Users/nobody' }];
    const filtered = await listed('filter=userName%20sw%20%22a%22');
    const sorted = await listed('sortBy=userName');
    const works = {
      patch: patched.body.title === 'Countess',
      changePassword: silent.body.meta.version !== patched.body.meta.version,
      etag: (await scim.send('DELETE', path, stale)).status === 412,
      filter: filtered.totalResults === 1 && filtered.Resources[0].id === ada.id,
      sort: sorted.Resources[0].id === ada.id && sorted.Resources[1].id === zoe.id,
      bulk: (await scim.send('POST', '/Bulk', { body: { schemas, Operations } })).status === 200,
    };
    for (const [feature, does] of Object.entries(works)) {
      expect([feature, does]).toEqual([feature, told[feature].supported]);
    }
    expect((await listed('cursor=&count=1')).nextCursor !== undefined).toBe(told.pagination.cursor);
    expect((await listed('startIndex=2')).Resources.length === 1).toBe(told.pagination.index);
  });

  it('lists every resource type, each of which can be read by its name (D-09, D-10, D-14)', async () => {
    const scim = await start();
    const list = await read(scim, '/ResourceTypes');
    expect(list.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:ListResponse']);
    expect([list.totalResults, list.itemsPerPage]).toEqual([4, 4]);
    expect(list.Resources[0]).toEqual({
      schemas: [`${core}:ResourceType`],
      id: 'User',
      name: 'User',
      description: expect.any(String),
      endpoint: '/Users',
      schema: `${core}:User`,
      schemaExtensions: [{ schema: enterprise, required: false }],
      meta: { resourceType: 'ResourceType', location: expect.any(String) },
    });
    expect(list.Resources.map(({ name }: { name: string }) => name)).toEqual([
      'User',
      'Group',
      'Role',
      'Entitlement',
    ]);
    for (const type of list.Resources) {
      expect(await read(scim, `/ResourceTypes/${type.name}`)).toEqual(type);
      expect(await read(scim, pathOf(type.meta.location))).toEqual(type);
      expect((await scim.send('GET', type.endpoint)).status, type.endpoint).toBe(200);
    }
    const unknown = await scim.send('GET', '/ResourceTypes/Nope', { token: null });
    expect([unknown.status, unknown.body.status]).toEqual([404, '404']);
  });

  it('lists every schema, each of which can be read by its URN in any case (D-11, D-12, D-13, D-14, D-16)', async () => {
    const scim = await start();
    const list = await read(scim, '/Schemas');
    const ids: string[] = list.Resources.map(({ id }: { id: string }) => id);
    expect([list.totalResults, new Set(ids).size]).toEqual([ids.length, ids.length]);
    const builtIn = ['User', 'Group', 'Schema', 'ResourceType', 'ServiceProviderConfig'];
    expect(ids).toEqual(
      expect.arrayContaining([enterprise, ...builtIn.map((name) => `${core}:${name}`)]),
    );
    expect(ids.filter((id) => id.includes(':api:'))).toEqual([]);
    for (const schema of list.Resources) {
      expect([schema.schemas, schema.meta.resourceType]).toEqual([[`${core}:Schema`], 'Schema']);
      for (const path of [
        pathOf(schema.meta.location),
        `/Schemas/${schema.id.toUpperCase()}`,
        `/Schemas/${encodeURIComponent(schema.id)}`,
      ]) {
        expect(await read(scim, path), path).toEqual(schema);
      }
    }
    for (const type of (await read(scim, '/ResourceTypes')).Resources) {
      for (const { schema } of [type, ...(type.schemaExtensions ?? [])]) {
        expect((await read(scim, `/Schemas/${schema}`)).id).toBe(schema);
      }
    }
    expect((await scim.send('GET', '/Schemas/urn:nope', { token: null })).status).toBe(404);
  });

  it('describes each attribute and each of its parts in full, and lets none wait to be requested (D-15, J-08)', async () => {
    const scim = await start();
    const { Resources } = await read(scim, '/Schemas');
    for (const { id, attributes } of Resources) {
      // Only the schema of schemas has parts that have parts.
      for (const attribute of attributes) expectDescribed(attribute, id === `${core}:Schema`);
    }
    const { attributes } = await read(scim, `/Schemas/${core}:User`);
    const emails = attributes.find(({ name }: Attribute) => name === 'emails');
    const type = emails.subAttributes.find(({ name }: Attribute) => name === 'type');
    expect(type.canonicalValues).toEqual(['work', 'home', 'other']);
    const groups = attributes.find(({ name }: Attribute) => name === 'groups');
    const reference = groups.subAttributes.find(({ name }: Attribute) => name === '$ref');
    expect(reference).toMatchObject({ type: 'reference', referenceTypes: ['Group'] });
  });

  it('publishes as unique what it refuses twice, and nothing else (D-17)', async () => {
    const scim = await start();
    const { attributes } = await read(scim, `/Schemas/${core}:User`);
    const unique = attributes.filter(({ uniqueness }: Attribute) => uniqueness === 'server');
    expect(unique.map(({ name }: Attribute) => name)).toEqual(['userName']);
    const first = oktaUser('ada', {
      nickName: 'A',
      title: 'Countess',
      profileUrl: 'https://a.example',
    });
    expect((await scim.send('POST', '/Users', { body: first })).status).toBe(201);
    const equal = await scim.send('POST', '/Users', { body: { ...first, userName: 'other' } });
    expect(equal.status).toBe(201);
    const taken = await scim.send('POST', '/Users', { body: { ...first, externalId: 'x' } });
    expect([taken.status, taken.body.scimType]).toEqual([409, 'uniqueness']);
  });

  it('refuses a filter, and ignores order, paging and projection (D-18, D-19, D-20)', async () => {
    const scim = await start();
    for (const path of [...endpoints, '/ResourceTypes/User', `/Schemas/${core}:User`]) {
      const refused = await scim.send('GET', `${path}?filter=id%20pr`);
      expect([path, refused.status, refused.body.status]).toEqual([path, 403, '403']);
      const whole = await scim.send('GET', path);
      for (const query of [
        'count=1&startIndex=2&sortBy=id&sortOrder=up',
        'cursor=&count=1',
        'attributes=id',
        'excludedAttributes=name,attributes,patch',
        'attributes=id&excludedAttributes=name',
      ]) {
        const asked = await scim.send('GET', `${path}?${query}`);
        expect([asked.status, asked.text], query).toEqual([200, whole.text]);
      }
    }
  });

  it('cannot be written (D-21)', async () => {
    const scim = await start();
    const before = await Promise.all(endpoints.map((path) => read(scim, path)));
    for (const path of [...endpoints, '/ResourceTypes/User', `/Schemas/${core}:User`]) {
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const body = method === 'DELETE' ? undefined : {};
        const refused = await scim.send(method, path, { body });
        const told = [refused.status, refused.headers.get('allow'), refused.body.status];
        expect(told, `${method} ${path}`).toEqual([405, 'GET, HEAD', '405']);
      }
    }
    expect(await Promise.all(endpoints.map((path) => read(scim, path)))).toEqual(before);
  });
});

const types = [
  'string',
  'complex',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'reference',
  'binary',
];

function expectDescribed(attribute: Attribute, mayNest: boolean): void {
  const { type, subAttributes } = attribute;
  const text = expect.stringMatching(/./);
  expect(attribute).toMatchObject({
    name: expect.stringMatching(/^[a-z$][\w$-]*$/i),
    multiValued: expect.any(Boolean),
    description: text,
    required: expect.any(Boolean),
    mutability: expect.stringMatching(/^(readOnly|readWrite|immutable|writeOnly)$/),
    // None waits to be requested, so that no write has one to answer (J-08).
    returned: expect.stringMatching(/^(always|never|default)$/),
  });
  expect(types).toContain(type);
  const isText = type === 'string' || type === 'reference';
  if (isText) expect(attribute).toHaveProperty('caseExact', expect.any(Boolean));
  if (type === 'reference') expect(attribute).toHaveProperty('referenceTypes');
  if (type !== 'complex') expect(attribute.uniqueness).toMatch(/^(none|server|global)$/);
  expect(subAttributes !== undefined).toBe(type === 'complex');
  for (const part of subAttributes ?? []) {
    if (!mayNest) expect(part.type, attribute.name).not.toBe('complex');
    expectDescribed(part, mayNest);
  }
}
