import { type JsonObject, searchRequestSchema } from '@rollcall/scim';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { eventLog } from '../support/event-log.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimAnswer, startScim } from './scim-server.ts';

describeEachEngine('Projection', (databases) => {
  const start = async () => {
    const log = eventLog();
    const database = await databases.open({ observer: log.observer });
    const scim = await startScim(database, { provider: 'generic' });
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    return { log, scim, ada, sales };
  };

  it('shapes the answer of every method that answers with a resource (J-01, J-02, J-03, J-04, P-06, C-10)', async () => {
    const { scim, ada, sales } = await start();
    const title = patch({ op: 'replace', path: 'title', value: 'x' });
    const name = patch({ op: 'replace', path: 'displayName', value: 'Sellers' });
    const schemas = [searchRequestSchema];
    const [user, team] = [`/Users/${ada.id}`, `/Groups/${sales.id}`];
    const only = ['userName', 'displayName'];
    for (const [method, path, body] of [
      ['GET', user, undefined],
      ['GET', '/Users', undefined],
      ['GET', '/', undefined],
      ['POST', '/Users', oktaUser('grace')],
      ['PUT', user, { ...ada, nickName: 'x' }],
      ['PATCH', user, title],
      ['GET', team, undefined],
      ['GET', '/Groups', undefined],
      ['POST', '/Groups', group('Legal', [ada.id])],
      ['PUT', team, group('Sellers', [ada.id])],
      ['PATCH', team, name],
    ] as const) {
      const at = `${method} ${path}`;
      const few = await scim.send(method, `${path}?attributes=${only}`, { body });
      expect([at, few.status]).toEqual([at, method === 'POST' ? 201 : 200]);
      for (const resource of resourcesOf(few)) expectOnlyNames(resource, at);
      if (method === 'POST') continue;
      const without = 'emails,members,meta,id,schemas';
      const most = await scim.send(method, `${path}?excludedAttributes=${without}`, { body });
      for (const resource of resourcesOf(most)) expectWithout(resource, at);
    }
    const found = await scim.send('POST', '/Users/.search', {
      body: { schemas, attributes: only },
    });
    expect(Object.keys(found.body.Resources[0]).toSorted()).toEqual([
      'displayName',
      'id',
      'schemas',
      'userName',
    ]);
  });

  it('takes names as lists with blanks, in pieces, in any case, and passes over what it does not know (J-05, J-06, J-09, J-11)', async () => {
    const { scim, ada } = await start();
    const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const path = `/Users/${ada.id}`;
    const change = { op: 'add', path: `${extension}:department`, value: 'R&D' };
    await scim.send('PATCH', path, { body: patch(change) });
    const whole = (await scim.send('GET', path)).body;
    for (const [query, names] of [
      ['attributes=userName,%20title%20,%20name', ['name', 'userName']],
      ['attributes=userName&attributes=name,bogus', ['name', 'userName']],
      ['attributes=USERNAME,bogus,name.bogus', ['userName']],
      ['attributes=bogus', []],
      [`attributes=${extension}`, [extension]],
      [`attributes=${extension.toUpperCase()}:DEPARTMENT`, [extension]],
      ['attributes=', Object.keys(whole)],
      ['excludedAttributes=', Object.keys(whole)],
      ['excludedAttributes=bogus', Object.keys(whole)],
    ] as const) {
      const { status, body } = await scim.send('GET', `${path}?${query}`);
      const expected = new Set(['schemas', 'id', ...names]);
      expect([query, status, new Set(Object.keys(body))]).toEqual([query, 200, expected]);
    }
  });

  it('makes a PATCH of a group answer what was asked for, where it answers nothing else (P-06, P-07)', async () => {
    const { scim, ada, sales } = await start();
    const path = `/Groups/${sales.id}`;
    const rename = (value: string) => ({
      body: patch({ op: 'replace', path: 'displayName', value }),
    });
    const silent = await scim.send('PATCH', path, rename('Sellers'));
    expect([silent.status, silent.text]).toEqual([204, '']);
    const told = await scim.send('PATCH', `${path}?attributes=members.value`, rename('Sales'));
    expect([told.status, told.body]).toEqual([
      200,
      { schemas: sales.schemas, id: sales.id, members: [{ value: ada.id }] },
    ]);
    const { headers } = await scim.send('GET', path);
    expect(told.headers.get('etag')).toBe(headers.get('etag'));
    expect(told.headers.get('etag')).not.toBe(silent.headers.get('etag'));
  });

  it('spares what nobody asked for: no statement reads the members of a group or the groups of a user (J-13, G-18)', async () => {
    const { log, scim, ada, sales } = await start();
    const reads = async (path: string) => {
      log.clear();
      expect((await scim.send('GET', path)).status, path).toBe(200);
      return log.of('statement').map(({ name }) => name ?? 'unnamed');
    };
    for (const [whole, few] of [
      [`/Groups/${sales.id}`, `/Groups/${sales.id}?excludedAttributes=members`],
      [`/Groups/${sales.id}`, `/Groups/${sales.id}?attributes=displayName`],
      ['/Groups', '/Groups?excludedAttributes=members'],
      [`/Users/${ada.id}`, `/Users/${ada.id}?attributes=userName`],
      ['/Users', '/Users?excludedAttributes=groups'],
    ] as const) {
      const [all, some] = [await reads(whole), await reads(few)];
      expect(some.length, `${few}: ${some} of ${all}`).toBeLessThan(all.length);
      expect(all).toEqual(expect.arrayContaining(some));
    }
  });
});

function resourcesOf({ body }: ScimAnswer): JsonObject[] {
  return body.Resources ?? [body];
}

function expectOnlyNames(resource: JsonObject, at: string): void {
  const own = 'userName' in resource ? ['userName'] : [];
  const names = Object.keys(resource).toSorted();
  expect(names, at).toEqual(['displayName', 'id', 'schemas', ...own]);
}

function expectWithout(resource: JsonObject, at: string): void {
  const stays = ['id', 'schemas', 'displayName'];
  expect(Object.keys(resource), at).toEqual(expect.arrayContaining(stays));
  for (const gone of ['emails', 'members', 'meta']) expect(resource, at).not.toHaveProperty(gone);
}
