import { schemaExtension } from '@rollcall/api';
import { expect, it } from 'vitest';
import { releaseUserName } from '../../src/domain/decisions/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime } from '../support/fixtures.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { defineExtensions } from './define-extensions.ts';
import { startScim } from './scim-server.ts';

const urn = 'urn:example:hr:2.0:User';
const teams = 'urn:example:hr:2.0:Group';
const attributes = [
  { name: 'badge', type: 'string', uniqueness: 'server' },
  { name: 'code', type: 'string', uniqueness: 'server', caseExact: true },
  { name: 'number', type: 'integer', uniqueness: 'server' },
  { name: 'floor', type: 'string' },
];
const hr = schemaExtension.parse({ urn, resourceType: 'User', name: 'HR', attributes });
const costs = schemaExtension.parse({ urn: teams, resourceType: 'Group', name: 'HR', attributes });

const person = (name: string, values?: object) =>
  oktaUser(name, values === undefined ? {} : { [urn]: values });

describeEachEngine('Attributes that a directory has defined as unique', (databases) => {
  const start = async () => {
    const scim = await startScim(await databases.open(), { provider: 'generic' });
    await defineExtensions(scim, [hr, costs], 0);
    const create = (name: string, values?: object) =>
      scim.send('POST', '/Users', { body: person(name, values) });
    const set = (id: string, name: string, value: unknown) =>
      scim.send('PATCH', `/Users/${id}`, {
        body: patch({ op: 'add', path: `${urn}:${name}`, value }),
      });
    return { scim, create, set };
  };

  it('take each value once: by POST, PUT and PATCH, with 409 uniqueness that names who has it (C-05, D-17)', async () => {
    const { scim, create, set } = await start();
    const { body: schema } = await scim.send('GET', `/Schemas/${urn}`);
    expect(schema.attributes.map((one: { uniqueness: string }) => one.uniqueness)).toEqual([
      'server',
      'server',
      'server',
      'none',
    ]);
    const { body: ada } = await create('ada', { badge: 'Ab-7', code: 'x', number: 7, floor: '3' });
    const refused = await create('grace', { badge: 'aB-7' });
    expect([refused.status, refused.body.scimType]).toEqual([409, 'uniqueness']);
    expect(refused.body.detail).toContain(`Ada Byron has the value "aB-7" of ${urn}:badge already`);
    const { body: grace } = await create('grace', { code: 'X', number: 8, floor: '3' });
    for (const [name, value, status] of [
      ['badge', 'AB-7', 409],
      ['code', 'x', 409],
      ['number', 7, 409],
      ['floor', '3', 200],
      ['badge', 'Ab-8', 200],
      ['badge', 'AB-8', 200],
    ] as const) {
      expect((await set(grace.id, name, value)).status, `${name} ${value}`).toBe(status);
    }
    const put = { ...ada, [urn]: { badge: 'ab-8' } };
    expect((await scim.send('PUT', `/Users/${ada.id}`, { body: put })).status).toBe(409);
    expect((await scim.send('GET', `/Users/${ada.id}`)).body[urn]).toEqual(ada[urn]);
  });

  it('give a value back that is changed, removed, deleted or released', async () => {
    const { scim, create, set } = await start();
    const { body: ada } = await create('ada', { badge: '7' });
    const { body: grace } = await create('grace');
    const has = async (value: string) => (await set(grace.id, 'badge', value)).status;
    expect(await has('7')).toBe(409);
    await set(ada.id, 'badge', '8');
    expect([await has('7'), await has('8')]).toEqual([200, 409]);
    const body = patch({ op: 'remove', path: urn });
    await scim.send('PATCH', `/Users/${ada.id}`, { body });
    expect(await has('8')).toBe(200);
    await set(ada.id, 'badge', '9');
    await scim.send('DELETE', `/Users/${ada.id}`);
    expect(await has('9')).toBe(200);
    const { body: mary } = await create('mary', { badge: '10' });
    await scim.send('PATCH', `/Users/${mary.id}`, {
      body: patch({ op: 'replace', path: 'active', value: false }),
    });
    expect(await has('10')).toBe(409);
    const { accountId, directoryId, ownerId } = scim.seeded;
    const actor = { kind: 'user', id: ownerId, name: 'Owner' } as const;
    const by = { actor, actorRole: 'owner', at: fixtureTime } as const;
    await scim.database.write((tx) =>
      releaseUserName(tx, { accountId, directoryId, recordId: mary.id, ...by }),
    );
    const { query } = scim.database.read;
    const held = query.selectFrom('directory_unique_values').select('value');
    expect(await held.where('resource_id', '=', mary.id).execute()).toEqual([]);
    expect(await has('10')).toBe(200);
    const rows = await query.selectFrom('directory_unique_values').selectAll().execute();
    expect(rows.map(({ value, resource_id }) => [value, resource_id])).toEqual([['10', grace.id]]);
  });

  it('let one of 20 people win who get one value at the same time', async () => {
    const { scim, set } = await start();
    const people = await Promise.all(
      Array.from({ length: 20 }, async (_, at) => {
        const { body } = await scim.send('POST', '/Users', { body: person(`p${at}`) });
        return body.id as string;
      }),
    );
    const answers = await Promise.all(people.map((id) => set(id, 'badge', '7')));
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array(19).fill(409)]);
    const filter = encodeURIComponent(`${urn}:badge eq "7"`);
    expect((await scim.send('GET', `/Users?filter=${filter}`)).body.totalResults).toBe(1);
    const { query } = scim.database.read;
    const rows = await query.selectFrom('directory_unique_values').selectAll().execute();
    expect(rows).toHaveLength(1);
  });

  it('are those of one directory, and of one attribute', async () => {
    const { scim, create } = await start();
    expect((await create('ada', { badge: 'x', code: 'x' })).status).toBe(201);
    const sales = { ...group('Sales'), [teams]: { badge: 'x' } };
    expect((await scim.send('POST', '/Groups', { body: sales })).status).toBe(201);
    const legal = { ...group('Legal'), [teams]: { badge: 'x' } };
    expect((await scim.send('POST', '/Groups', { body: legal })).status).toBe(409);
    const other = await startScim(scim.database, { provider: 'generic' });
    await defineExtensions(other, [hr], 0);
    const { status } = await other.send('POST', '/Users', { body: person('ada', { badge: 'x' }) });
    expect(status).toBe(201);
  });

  it('are defined of single values alone, and not where values are already', async () => {
    const { scim, create } = await start();
    await create('ada', { floor: '3' });
    const floor = { name: 'floor', type: 'string', uniqueness: 'server' };
    const unique = schemaExtension.parse({
      ...hr,
      attributes: [...attributes.slice(0, 3), floor],
    });
    await expect(defineExtensions(scim, [unique, costs], 1)).rejects.toMatchObject({
      code: 'conflict',
    });
    for (const wrong of [
      { ...floor, name: 'a', multiValued: true },
      { ...floor, name: 'a', type: 'boolean' },
      { ...floor, name: 'a', type: 'complex', subAttributes: [{ name: 'value', type: 'string' }] },
    ]) {
      const sent = schemaExtension.parse({ ...hr, attributes: [...attributes, wrong] });
      await expect(defineExtensions(scim, [sent, costs], 1)).rejects.toMatchObject({
        code: 'invalid_request',
        message: expect.stringContaining('can be unique'),
      });
    }
  });
});
