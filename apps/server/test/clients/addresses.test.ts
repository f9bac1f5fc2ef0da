import { beforeAll, expect, it } from 'vitest';
import { startScim } from '../scim/scim-server.ts';
import { describeOnSqlite } from '../support/databases.ts';
import { type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { testApp } from '../support/server.ts';

describeOnSqlite('Addresses that clients get wrong', (databases) => {
  let seeded: SeededAccount;
  let app: ReturnType<typeof testApp>;
  beforeAll(async () => {
    const database = await databases.open();
    seeded = await seedAccount(database);
    app = testApp(database);
  });

  it.each(['GET', 'POST', 'DELETE'] as const)(
    '%s under /SCIM/ gets a SCIM error, not a page',
    async (method) => {
      for (const url of [
        `/SCIM/${seeded.directoryId}/v2/Users`,
        '/Scim',
        `//scim/${seeded.directoryId}/v2/Users`,
      ]) {
        const { statusCode, headers, body } = await app.inject({ method, url });
        expect(statusCode, url).toBe(404);
        expect(headers['content-type'], url).toBe('application/scim+json; charset=utf-8');
        expect(JSON.parse(body), url).toMatchObject({
          schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
          status: '404',
          detail: expect.stringContaining('/scim/'),
        });
      }
    },
  );

  it('L-10 a parameter that is given twice is refused by its name, not joined', async () => {
    const scim = await startScim(await databases.open());
    for (const [query, name] of [
      ['count=1&count=2', 'count'],
      ['startIndex=1&startIndex=1', 'startIndex'],
      ['count=1&COUNT=1', 'count'],
      ['filter=userName%20pr&filter=active%20eq%20true', 'filter'],
      ['sortBy=userName&sortBy=title', 'sortBy'],
    ]) {
      const { status, body } = await scim.send('GET', `/Users?${query}`);
      expect([status, body.scimType], query).toEqual([400, 'invalidValue']);
      expect(body.detail, query).toBe(`The parameter ${name} is given 2 times. Send it once.`);
    }
  });

  it('J-11 a list of attributes may be given in pieces', async () => {
    const scim = await startScim(await databases.open());
    const { status } = await scim.send('GET', '/Users?attributes=userName&attributes=title');
    expect(status).toBe(200);
  });
});
