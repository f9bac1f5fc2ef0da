import { type JsonObject, searchRequestSchema } from '@rollcall/scim';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group } from './bodies.ts';
import { idsOf, people, refusal } from './people.ts';
import { startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describeEachEngine('Searching', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });

  it('runs at the root and at each type, over all types at the root, with a token that only reads (L-15, L-16, F-34, N-15, Q-01, Q-02, Q-05, Q-06, Q-07, Q-09)', async () => {
    const scim = await startScim(database, { seats: 100 });
    const made = await people(scim, 3, () => ({ displayName: 'Sales person' }));
    const { body: sales } = await scim.send('POST', '/Groups', {
      body: group('Sales', [String(made[0]?.id)]),
    });
    await scim.database.write((tx) =>
      tx.query.updateTable('connector_tokens').set({ access: 'read_only' }).execute(),
    );
    const search = (path: string, more: object = {}) =>
      scim.send('POST', `${path}/.search`, { body: { schemas: [searchRequestSchema], ...more } });
    const users = made.map(({ id }) => String(id));
    for (const [path, more, expected] of [
      ['', {}, [...users, sales.id]],
      ['/Users', {}, users],
      ['/Groups', {}, [sales.id]],
      ['', { filter: 'displayName sw "sales"' }, [...users, sales.id]],
      ['', { filter: 'meta.resourceType eq "Group"' }, [sales.id]],
      ['', { filter: 'userName sw "p"' }, users],
      ['', { filter: 'userName eq null' }, [sales.id]],
      ['', { filter: 'members[value pr] or userName sw "p00"' }, [users[0], sales.id]],
      ['', { sortBy: 'displayName', sortOrder: 'descending' }, [...users.toReversed(), sales.id]],
      ['', { sortBy: 'userName', startIndex: 3, count: 2 }, [users[2], sales.id]],
    ] as const) {
      const { status, body } = await search(path, more);
      expect([status, idsOf(body)], JSON.stringify(more)).toEqual([200, expected]);
      const got = await scim.send('GET', `/?${parameters(more)}`);
      if (path === '') expect(got.body).toEqual(body);
    }
    const { body: page } = await search('', { cursor: '', count: 3 });
    const { body: next } = await search('', { cursor: page.nextCursor, count: 3 });
    expect([...idsOf(page), ...idsOf(next)]).toEqual([...users, sales.id]);
    for (const [path, body, refused] of [
      ['/.search', { filter: 'userName pr' }, [400, 'invalidSyntax']],
      ['/Users/.search', { schemas: ['urn:x'] }, [400, 'invalidSyntax']],
      ['/.search', { schemas: [searchRequestSchema], filter: 'bogus pr' }, [400, 'invalidFilter']],
      ['/.search', { schemas: [searchRequestSchema], count: 'ten' }, [400, 'invalidValue']],
      [
        '/Groups/.search',
        { schemas: [searchRequestSchema], filter: 'userName pr' },
        [400, 'invalidFilter'],
      ],
    ] as const) {
      expect(refusal(await scim.send('POST', path, { body })), path).toEqual(refused);
    }
  });

  it('is not offered for discovery (Q-08)', async () => {
    const scim = await startScim(database);
    const body = { schemas: [searchRequestSchema] };
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
      const { status } = await scim.send('POST', `${path}/.search`, { body });
      expect([404, 405], path).toContain(status);
    }
  });

  it('projects what it finds (J-02, J-05, Q-03, Q-04)', async () => {
    const scim = await startScim(database, { seats: 100 });
    const [ada] = await people(scim, 1, () => ({ [enterprise]: { department: 'Sales' } }));
    await scim.send('POST', '/Groups', { body: group('Sales', [String(ada?.id)]) });
    const keys = async (query: string) => {
      const { body } = await scim.send('GET', `/?${query}`);
      return body.Resources.map((resource: JsonObject) => Object.keys(resource));
    };
    expect(await keys('attributes=meta.version')).toEqual([
      ['schemas', 'id', 'meta'],
      ['schemas', 'id', 'meta'],
    ]);
    expect(await keys('attributes=displayName,members,DEPARTMENT')).toEqual([
      ['schemas', 'id', 'displayName', enterprise],
      ['schemas', 'id', 'displayName', 'members'],
    ]);
    for (const names of [['groups.display'], 'groups.display']) {
      const { body } = await scim.send('POST', '/Users/.search', {
        body: { schemas: [searchRequestSchema], attributes: names },
      });
      expect(body.Resources[0].groups).toEqual([{ display: 'Sales' }]);
    }
  });

  it('keeps the filter of a search out of the request log (Q-10, S-03)', async () => {
    const scim = await startScim(database);
    await scim.send('POST', '/Users/.search', {
      body: { schemas: [searchRequestSchema], filter: 'userName eq "somebody.secret"' },
    });
    const logged = () =>
      scim.database.read.query
        .selectFrom('request_log')
        .selectAll()
        .where('directory_id', '=', scim.seeded.directoryId)
        .execute();
    await expect.poll(async () => (await logged()).length).toBe(1);
    expect(JSON.stringify(await logged())).not.toContain('somebody.secret');
  });
});

function parameters(more: object): string {
  return new URLSearchParams(
    Object.entries(more).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
