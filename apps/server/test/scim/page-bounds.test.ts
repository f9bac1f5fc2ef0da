import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fill } from './fill.ts';
import { type ScimServer, sendScim, startScim } from './scim-server.ts';

/** More than one page may have. */
const USERS = 1_005;

describeEachEngine('The bounds of a page', (databases) => {
  let database: Database;
  let scim: ScimServer;
  beforeAll(async () => {
    database = await databases.open();
    scim = await startScim(database);
    await fill(scim, USERS);
  });
  /** The server of a test ends with it; another one serves the same directory. */
  const get = async (query: string) => {
    const server = await startScim(database);
    const url = `${server.origin}/scim/${scim.seeded.directoryId}/v2/Users?attributes=id${query}`;
    return sendScim(url, 'GET', { token: scim.seeded.token });
  };
  const firstOf = ({ Resources: [first] }: { readonly Resources: { readonly id: string }[] }) =>
    first?.id;

  it('begins with the first, whatever is below it (L-04)', async () => {
    for (const startIndex of ['1', '0', '-5', '']) {
      const { status, body } = await get(`&count=2&startIndex=${startIndex}`);
      const told = [status, body.startIndex, body.itemsPerPage, firstOf(body)];
      expect(told, startIndex).toEqual([200, 1, 2, 'user-000000']);
    }
    expect(firstOf((await get('&count=2&startIndex=3')).body)).toBe('user-000002');
  });

  it('holds as many as are asked for, none for nothing or less, and never more than is published (L-05, L-06, L-07, N-06, N-10)', async () => {
    for (const [count, items] of [
      ['7', 7],
      ['0', 0],
      ['-1', 0],
      ['', 100],
      ['1000', 1_000],
      ['1001', 1_000],
      ['100000', 1_000],
    ] as const) {
      for (const mode of ['', '&cursor=']) {
        const { status, body } = await get(`&count=${count}${mode}`);
        expect([status, body.totalResults, body.itemsPerPage]).toEqual([200, USERS, items]);
        expect(body.Resources, `count=${count}${mode}`).toHaveLength(items);
      }
    }
  });

  it('is gone on with by any process, since a cursor holds all that it needs (N-18)', async () => {
    const { body: first } = await get('&count=400&cursor=');
    const { body: second } = await get(`&count=400&cursor=${first.nextCursor}`);
    const { body: third } = await get(`&count=400&cursor=${second.nextCursor}`);
    expect([first, second, third].map(firstOf)).toEqual([
      'user-000000',
      'user-000400',
      'user-000800',
    ]);
    expect([third.itemsPerPage, third.nextCursor]).toEqual([205, undefined]);
  });
});
