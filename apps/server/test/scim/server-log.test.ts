import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount } from '../support/fixtures.ts';
import { testApp, testSettings } from '../support/server.ts';
import { oktaUser } from './bodies.ts';

describeEachEngine('The log of the server', (databases) => {
  it('shows nobody that an address asks for, whatever becomes of the request (S-04)', async () => {
    const database = await databases.open();
    const { directoryId, token } = await seedAccount(database);
    const lines: string[] = [];
    const log = { write: (line: string) => lines.push(line) };
    const app = testApp(database, { settings: testSettings({ LOG_LEVEL: 'trace' }), log });
    const get = async (path: string, base = `/scim/${directoryId}/v2`) => {
      const headers = { authorization: `Bearer ${token}`, 'user-agent': 'idp of Olympia' };
      return (await app.inject({ url: base + path, headers })).statusCode;
    };
    const asked = encodeURIComponent('"olympia@example.com"');
    const statuses = [
      await get(`/Users?filter=emails.value%20eq%20${asked}`),
      await get(`/Users?filter=userName%20eq%20${asked}%20and`),
      await get(`/Users/olympia@example.com`),
      await get(`/Users?filter=title%20eq%20${asked}&%zz`),
      await get(`/Users/%zz?filter=userName%20eq%20${asked}`),
      await get(`/Users?filter=userName%20eq%20${asked}`, '/SCIM/x/v2'),
    ];
    expect(statuses).toEqual([200, 400, 404, 200, 400, 404]);
    await app.inject({
      method: 'POST',
      url: `/scim/${directoryId}/v2/Users`,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      payload: oktaUser('grace'),
    });
    await database.write((tx) =>
      tx.query.updateTable('directory_users').set({ document: '{]' }).execute(),
    );
    expect(await get(`/Users?filter=title%20eq%20${asked}`)).toBe(500);
    // Lines are written after answers; an address that cannot be read gets none.
    await expect.poll(() => lines.filter((line) => line.includes('"status":')).length).toBe(7);
    expect(lines.some((line) => line.includes('SCIM request failed'))).toBe(true);
    expect(lines.join('')).not.toMatch(/olympia|example\.com/i);
  });
});
