import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { startScim } from './scim-server.ts';

describeEachEngine('Roles and entitlements', (databases) => {
  it('lists what Okta can give to somebody, with schema and type (D-09, D-13, D-22)', async () => {
    const scim = await startScim(await databases.open());
    const types = (await scim.send('GET', '/ResourceTypes')).body.Resources;
    for (const name of ['Role', 'Entitlement']) {
      const type = types.find(({ id }: { id: string }) => id === name);
      expect((await scim.send('GET', `/Schemas/${type.schema}`)).body.id).toBe(type.schema);
      const list = await scim.send('GET', `${type.endpoint}?count=1&startIndex=1`);
      expect(list.body).toMatchObject({ totalResults: 1, startIndex: 1, itemsPerPage: 1 });
      const [entry] = list.body.Resources;
      expect(entry).toMatchObject({ schemas: [type.schema], meta: { resourceType: name } });
      const one = await scim.send('GET', `${type.endpoint}/${entry.id}`);
      expect(one.body).toEqual(entry);
      const none = encodeURIComponent('displayName eq "Owner"');
      const found = await scim.send('GET', `${type.endpoint}?filter=${none}&sortBy=displayName`);
      expect(found.body.totalResults).toBe(0);
      expect((await scim.send('GET', `${type.endpoint}/owner`)).status).toBe(404);
      expect((await scim.send('POST', type.endpoint, { body: {} })).status).toBe(405);
      expect((await scim.send('GET', type.endpoint, { token: null })).status).toBe(401);
    }
  });

  it('tells other identity providers of Users and Groups alone (D-09)', async () => {
    const scim = await startScim(await databases.open(), { provider: 'generic' });
    const types = (await scim.send('GET', '/ResourceTypes')).body.Resources;
    expect(types.map(({ id }: { id: string }) => id)).toEqual(['User', 'Group']);
    expect((await scim.send('GET', '/Roles')).status).toBe(404);
  });
});
