import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser } from './bodies.ts';
import { startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describeEachEngine('References and headers', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database);

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

  it('fills the reference of a manager who is here, and takes one from a reference (U-23, U-24, U-26, U-27)', async () => {
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

  it('takes who is deleted out of every group, and a deleted group out of its parents (X-03, U-21)', async () => {
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
