import { type SchemaExtension, schemaExtension } from '@rollcall/api';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { defineExtensions } from './define-extensions.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const urn = 'urn:example:hr:2.0:User';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const hr: SchemaExtension = schemaExtension.parse({
  urn,
  resourceType: 'User',
  name: 'HR',
  attributes: [
    { name: 'badge', type: 'string', caseExact: true, description: 'Number on the badge.' },
    { name: 'level', type: 'integer' },
    { name: 'hours', type: 'decimal' },
    { name: 'remote', type: 'boolean' },
    { name: 'startDate', type: 'dateTime' },
    { name: 'photo', type: 'binary' },
    { name: 'page', type: 'reference' },
    { name: 'payroll', type: 'string', mutability: 'immutable' },
    { name: 'tier', type: 'string', returned: 'always', canonicalValues: ['gold', 'silver'] },
    { name: 'skills', type: 'string', multiValued: true },
    {
      name: 'desks',
      type: 'complex',
      multiValued: true,
      subAttributes: [
        { name: 'value', type: 'string', required: true },
        { name: 'type', type: 'string' },
        { name: 'floor', type: 'integer' },
        { name: 'primary', type: 'boolean' },
      ],
    },
  ],
});

const values = {
  badge: 'Ab-7',
  level: 7,
  hours: 37.5,
  remote: true,
  startDate: '2026-01-01T09:00:00Z',
  photo: 'aGk=',
  page: 'https://people.example.com/ada',
  payroll: 'p-1',
  tier: 'gold',
  skills: ['math', 'looms'],
  desks: [{ value: 'A1', type: 'work', floor: 3, primary: true }],
};

describeEachEngine('Schema extensions of a directory', (databases) => {
  const start = async () => {
    const scim = await startScim(await databases.open(), { provider: 'generic' });
    await defineExtensions(scim, [hr], 0);
    return scim;
  };
  const find = async (scim: ScimServer, filter: string) => {
    const found = await scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect(found.status, `${filter}: ${found.text.slice(0, 200)}`).toBe(200);
    return found.body.totalResults;
  };

  it('are discovered like the built-in ones, by whoever has the token (D-06, D-09, D-11, D-13, D-15)', async () => {
    const scim = await start();
    const types = (await scim.send('GET', '/ResourceTypes')).body.Resources;
    expect(types[0].schemaExtensions).toEqual([
      { schema: enterprise, required: false },
      { schema: urn, required: false },
    ]);
    const { body: schema } = await scim.send('GET', `/Schemas/${urn.toUpperCase()}`);
    expect(schema.attributes.map(({ name }: { name: string }) => name)).toEqual(
      hr.attributes.map(({ name }) => name),
    );
    expect(schema.attributes[0]).toMatchObject({ type: 'string', caseExact: true });
    for (const path of ['/ResourceTypes', '/Schemas', `/Schemas/${urn}`]) {
      expect((await scim.send('GET', path, { token: null })).status, path).toBe(401);
    }
    const open = await scim.send('GET', '/ServiceProviderConfig', { token: null });
    expect(open.status).toBe(200);
  });

  it('come back as they were sent, and are found by every type (F-12, F-16, F-17, F-40, A-04)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', {
      body: oktaUser('ada', { [urn]: values }),
    });
    await scim.send('POST', '/Users', { body: oktaUser('grace') });
    expect(ada[urn]).toEqual(values);
    expect(ada.schemas).toContain(urn);
    for (const [filter, total] of [
      ['#badge eq "Ab-7"', 1],
      ['#badge eq "ab-7"', 0],
      ['#level ge 7', 1],
      ['#level eq 7.0', 1],
      ['#hours lt 37.6', 1],
      ['#remote eq true', 1],
      ['#startDate eq "2026-01-01T10:00:00+01:00"', 1],
      ['#tier eq "GOLD"', 1],
      ['#skills eq "looms"', 1],
      ['#desks.floor gt 2', 1],
      ['#desks[type eq "work" and floor eq 3]', 1],
      ['#desks[type eq "home" and floor eq 3]', 0],
      ['#level pr', 1],
      ['not (#level pr)', 1],
    ] as const) {
      expect(await find(scim, filter.replace('#', `${urn}:`)), filter).toBe(total);
    }
    const sorted = await scim.send('GET', `/Users?sortBy=${urn}:level`);
    expect(sorted.body.Resources[0].id).toBe(ada.id);
    const only = await scim.send('GET', `/Users/${ada.id}?attributes=${urn}:desks.floor`);
    expect(only.body).toEqual({
      schemas: ada.schemas,
      id: ada.id,
      [urn]: { tier: 'gold', desks: [{ floor: 3 }] },
    });
  });

  it('hold their values to type, immutability and requirement (A-17, A-18, A-19, D-17, D-24, W-08, P-17)', async () => {
    const scim = await start();
    for (const [name, wrong] of [
      ['level', 1.5],
      ['level', '1'],
      ['startDate', '2024-01-01'],
      ['photo', '!!'],
      ['page', 'not a uri %'],
      ['remote', 'yes'],
      ['skills', 'one'],
      ['desks', [{ floor: 1 }]],
    ] as const) {
      const body = oktaUser('ada', { [urn]: { [name]: wrong } });
      const { status, body: error } = await scim.send('POST', '/Users', { body });
      expect([name, status, error.scimType]).toEqual([name, 400, 'invalidValue']);
    }
    const { body: ada } = await scim.send('POST', '/Users', {
      body: oktaUser('ada', { [urn]: { payroll: 'p-1' } }),
    });
    const path = `/Users/${ada.id}`;
    const put = (payroll: string | undefined) =>
      scim.send('PUT', path, { body: { ...ada, [urn]: { level: 1, payroll } } });
    expect((await put('p-2')).body.scimType).toBe('mutability');
    expect((await put(undefined)).body[urn]).toEqual({ level: 1, payroll: 'p-1' });
    const replaced = await scim.send('PATCH', path, {
      body: patch({ op: 'replace', path: `${urn}:payroll`, value: 'p-2' }),
    });
    expect([replaced.status, replaced.body.scimType]).toEqual([400, 'mutability']);
    await defineExtensions(scim, [{ ...hr, required: true }], 1);
    const bare = await scim.send('POST', '/Users', { body: oktaUser('grace') });
    expect([bare.status, bare.body.scimType]).toEqual([400, 'invalidValue']);
    const whole = oktaUser('grace', { [urn]: { level: 1 } });
    expect((await scim.send('POST', '/Users', { body: whole })).status).toBe(201);
  });

  it('take no integer with a fraction or an exponent, by whichever way it comes, and decimals with both (A-19)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const send = (method: string, to: string, body: object, number: string) =>
      scim.send(method, to, { body: JSON.stringify(body).replaceAll('"#"', number) });
    const ways = (name: string) =>
      [
        ['POST', '/Users', oktaUser('grace', { [urn]: { [name]: '#' } })],
        ['PUT', path, oktaUser('ada', { [urn]: { [name]: '#' } })],
        ['PATCH', path, patch({ op: 'replace', path: `${urn}:${name}`, value: '#' })],
        ['PATCH', path, patch({ op: 'add', value: { [urn]: { [name]: '#' } } })],
        ['PATCH', path, patch({ op: 'add', value: { [`${urn}:${name}`]: '#' } })],
      ] as const;
    for (const number of ['1e2', '1E2', '100.0', '1.5']) {
      for (const [method, to, body] of ways('level')) {
        const refused = await send(method, to, body, number);
        expect([
          method,
          number,
          refused.status,
          refused.body.scimType,
          refused.body.detail,
        ]).toEqual([
          method,
          number,
          400,
          'invalidValue',
          expect.stringContaining('without fraction'),
        ]);
      }
    }
    const floor = { op: 'add', path: `${urn}:desks`, value: { value: 'A1', floor: '#' } };
    expect((await send('PATCH', path, patch(floor), '3.0')).status).toBe(400);
    const bulk = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      Operations: [{ method: 'PATCH', path, data: patch(floor) }],
    };
    const { body: answer } = await send('POST', '/Bulk', bulk, '3.0');
    expect(answer.Operations[0]).toMatchObject({ status: '400' });
    for (const [method, to, body] of ways('hours')) {
      const taken = await send(method, to, body, '1e2');
      expect([taken.status, taken.body[urn]]).toEqual([
        method === 'POST' ? 201 : 200,
        { hours: 100 },
      ]);
    }
    const endless = await send(...ways('hours')[1], '1e999');
    expect([endless.status, endless.body.detail]).toEqual([
      400,
      `${urn}:hours must be a number between -1.79e308 and 1.79e308.`,
    ]);
  });

  it('are changed by PATCH in every form (P-11, P-12, P-13, P-14, P-25, P-33, P-40)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const change = async (...operations: readonly object[]) =>
      (await scim.send('PATCH', path, { body: patch(...operations) })).body;
    const set = await change(
      { op: 'add', path: `${urn.toUpperCase()}:LEVEL`, value: 3 },
      { op: 'add', path: `${urn}:desks`, value: [{ value: 'A1', type: 'work' }] },
      { op: 'add', path: `${urn}:desks[type eq "work"].floor`, value: 2 },
      { op: 'replace', value: { [`${urn}:badge`]: 'x', [urn]: { remote: 'True' } } },
    );
    expect(set[urn]).toEqual({
      badge: 'x',
      level: 3,
      remote: true,
      desks: [{ value: 'A1', type: 'work', floor: 2 }],
    });
    expect(set.schemas).toContain(urn);
    const cleared = await change(
      { op: 'remove', path: `${urn}:desks[floor lt 3]` },
      { op: 'remove', path: urn },
    );
    expect(cleared).not.toHaveProperty([urn]);
    expect(cleared.schemas).not.toContain(urn);
  });

  it('belong to one directory, and to groups as well as users (T-02)', async () => {
    const scim = await start();
    const other = await startScim(scim.database);
    expect((await other.send('GET', `/Schemas/${urn}`)).status).toBe(404);
    const sent = await other.send('POST', '/Users', { body: oktaUser('ada', { [urn]: values }) });
    expect(sent.body).not.toHaveProperty([urn]);
    const refused = await other.send(
      'GET',
      `/Users?filter=${encodeURIComponent(`${urn}:level pr`)}`,
    );
    expect(refused.status).toBe(400);
    const teams = { ...hr, urn: 'urn:example:hr:2.0:Group', resourceType: 'Group' } as const;
    await defineExtensions(scim, [hr, teams], 1);
    const sales = { ...group('Sales'), [teams.urn]: { level: 2 } };
    const { body: made } = await scim.send('POST', '/Groups', { body: sales });
    expect(made[teams.urn]).toEqual({ level: 2 });
    const { body: read } = await scim.send('GET', `/Groups/${made.id}`);
    expect(read).toEqual(made);
  });

  it('can grow, but what is in use is neither changed nor taken away', async () => {
    const scim = await start();
    await scim.send('POST', '/Users', { body: oktaUser('ada', { [urn]: { level: 1 } }) });
    const shoe = schemaExtension.shape.attributes.parse([{ name: 'shoe', type: 'string' }]);
    const grown = { ...hr, attributes: [...hr.attributes, ...shoe] };
    expect((await defineExtensions(scim, [grown], 1)).version).toBe(2);
    const inUse = { code: 'conflict', message: expect.stringContaining('Ada Byron') };
    await expect(defineExtensions(scim, [], 2)).rejects.toMatchObject(inUse);
    await expect(defineExtensions(scim, [hr], 2)).rejects.toMatchObject(inUse);
    const late = { code: 'conflict', message: expect.stringContaining('Somebody else') };
    await expect(defineExtensions(scim, [grown], 1)).rejects.toMatchObject(late);
    const { body: list } = await scim.send('GET', '/Users');
    await scim.send('DELETE', `/Users/${list.Resources[0].id}`);
    expect((await defineExtensions(scim, [], 2)).extensions).toEqual([]);
    expect((await scim.send('GET', `/Schemas/${urn}`)).status).toBe(404);
  });

  it('have URNs and names of their own, complex values in no others, and none that waits to be requested (A-22, J-08)', async () => {
    const scim = await startScim(await databases.open());
    const [badge] = hr.attributes;
    const refused = [
      [{ ...hr, urn: enterprise }],
      [{ ...hr, urn: 'urn:ietf:params:scim:schemas:core:2.0:User' }],
      [hr, { ...hr, urn: urn.toUpperCase() }],
      [{ ...hr, attributes: [badge, { ...badge, name: 'BADGE' }] }],
      [{ ...hr, attributes: [{ ...badge, type: 'complex' }] }],
      [{ ...hr, attributes: [{ ...hr.attributes.at(-1), type: 'string' }] }],
    ];
    for (const extensions of refused) {
      const sent = schemaExtension.array().parse(extensions);
      await expect(defineExtensions(scim, sent, 0)).rejects.toMatchObject({
        code: 'invalid_request',
      });
    }
    const nested = { ...badge, type: 'complex', subAttributes: [hr.attributes.at(-1)] };
    expect(schemaExtension.safeParse({ ...hr, attributes: [nested] }).success).toBe(false);
    // J-08: nothing waits to be requested, so that no write would have to answer it.
    for (const returned of ['request', 'never']) {
      const hidden = { ...hr, attributes: [{ ...badge, returned }] };
      expect(schemaExtension.safeParse(hidden).success, returned).toBe(false);
    }
    for (const name of ['1st', 'a b', '$ref', '', 'x'.repeat(65), 'ä']) {
      const named = { ...hr, attributes: [{ ...badge, name }] };
      expect(schemaExtension.safeParse(named).success, name).toBe(false);
    }
  });
});
