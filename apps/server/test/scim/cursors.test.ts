import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount } from '../support/fixtures.ts';
import { oktaUser } from './bodies.ts';
import { idsOf, people, refusal } from './people.ts';
import { sendScim, startScim } from './scim-server.ts';

const hour = 3_600_000;

describeEachEngine('Paging by cursor', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = (now?: () => number) =>
    startScim(database, { seats: 100 }, ...(now === undefined ? [] : [now]));

  it('walks forward and back, in an order or without one, and ends with the last page (N-01, N-02, N-03, N-04, N-06, N-10, N-11, N-12, O-10)', async () => {
    const scim = await start();
    await people(scim, 8);
    for (const query of ['', '&sortBy=userName&sortOrder=descending', '&sortBy=title']) {
      const read = async (cursor: string) =>
        (await scim.send('GET', `/Users?cursor=${cursor}&count=3${query}`)).body;
      const first = await read('');
      const second = await read(first.nextCursor);
      const third = await read(second.nextCursor);
      expect([first, second, third].map(({ itemsPerPage }) => itemsPerPage)).toEqual([3, 3, 2]);
      expect(new Set([first, second, third].flatMap(idsOf)).size).toBe(8);
      for (const page of [first, second, third]) {
        expect(page.totalResults).toBe(8);
        expect(page).not.toHaveProperty('startIndex');
      }
      expect(first).not.toHaveProperty('previousCursor');
      expect(third).not.toHaveProperty('nextCursor');
      expect(first.nextCursor).toMatch(/^[A-Za-z0-9._~-]+$/);
      const back = await read(third.previousCursor);
      expect(idsOf(back)).toEqual(idsOf(second));
      expect(idsOf(await read(back.nextCursor))).toEqual(idsOf(third));
    }
    const total = await scim.send('GET', '/Users?cursor&count=0');
    expect(total.body).toMatchObject({ totalResults: 8, itemsPerPage: 0, Resources: [] });
    const large = await scim.send('GET', '/Users?cursor=&count=9999');
    expect([large.status, large.body.itemsPerPage]).toEqual([200, 8]);
    const both = await scim.send('GET', '/Users?cursor=&startIndex=1');
    expect(refusal(both)).toEqual([400, 'invalidValue']);
  });

  it('refuses what is forged, foreign, of another question or too old (N-05, N-07, N-08, N-09, N-16, N-17, N-18)', async () => {
    let at = Date.UTC(2026, 10, 24, 10);
    const scim = await start(() => at);
    await people(scim, 4);
    const { body } = await scim.send('GET', '/Users?cursor=&count=2');
    const cursor = String(body.nextCursor);
    const flipped = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;
    const other = await seedAccount(scim.database);
    const foreign = await sendScim(
      `${scim.origin}/scim/${other.directoryId}/v2/Users?count=2&cursor=${cursor}`,
      'GET',
      { token: other.token },
    );
    const refused = [
      foreign,
      await scim.send('GET', `/Users?count=2&cursor=${flipped}`),
      await scim.send('GET', `/Users?count=2&cursor=${cursor.slice(0, -4)}`),
      await scim.send('GET', '/Users?count=2&cursor=garbage'),
      await scim.send('GET', `/Groups?count=2&cursor=${cursor}`),
      await scim.send('GET', `/Users?count=2&cursor=${cursor}&filter=active%20eq%20true`),
      await scim.send('GET', `/Users?count=2&cursor=${cursor}&sortBy=userName`),
    ];
    for (const answer of refused) {
      expect(refusal(answer)).toEqual([400, 'invalidCursor']);
      expect(answer.text).toBe(foreign.text);
    }
    const counted = await scim.send('GET', `/Users?count=3&cursor=${cursor}`);
    expect(refusal(counted)).toEqual([400, 'invalidCount']);
    const withoutToken = await scim.send('GET', `/Users?count=2&cursor=${cursor}`, { token: null });
    expect(withoutToken.status).toBe(401);
    at += hour;
    expect((await scim.send('GET', `/Users?count=2&cursor=${cursor}`)).status).toBe(200);
    at += 1;
    const old = await scim.send('GET', `/Users?count=2&cursor=${cursor}`);
    expect(refusal(old)).toEqual([400, 'expiredCursor']);
  });

  it('asks for the right to read at each page (N-16)', async () => {
    const scim = await start();
    await people(scim, 4);
    const { body } = await scim.send('GET', '/Users?cursor=&count=2');
    const follow = async () =>
      (await scim.send('GET', `/Users?count=2&cursor=${body.nextCursor}`)).status;
    expect(await follow()).toBe(200);
    await scim.database.write((tx) =>
      tx.query
        .updateTable('directories')
        .set({ state: 'off' })
        .where('id', '=', scim.seeded.directoryId)
        .execute(),
    );
    expect(await follow()).toBe(403);
  });

  it('a walk during deletes and creates loses nobody and repeats nobody (N-19)', async () => {
    const scim = await start();
    const made = await people(scim, 10);
    for (const query of ['', '&sortBy=userName', '&filter=active%20eq%20true']) {
      const walked: string[] = [];
      let cursor: string | undefined = '';
      let page = 0;
      while (cursor !== undefined) {
        const path: string = `/Users?cursor=${cursor}&count=3${query}`;
        const { body } = await scim.send('GET', path);
        walked.push(...idsOf(body));
        cursor = body.nextCursor;
        page += 1;
        // The last of the page, who is where the walk goes on, goes; somebody comes.
        if (page === 1) {
          await scim.send('DELETE', `/Users/${walked.at(-1)}`);
          await scim.send('POST', '/Users', { body: oktaUser(`a${query.length}`) });
        }
      }
      expect(new Set(walked).size).toBe(walked.length);
      const { body } = await scim.send('GET', '/Users');
      const untouched = made.map(({ id }) => String(id)).filter((id) => idsOf(body).includes(id));
      for (const id of untouched) expect(walked).toContain(id);
    }
  });

  it('begins again where nobody is left before a page (N-03)', async () => {
    const scim = await start();
    await people(scim, 4);
    const { body: first } = await scim.send('GET', '/Users?cursor=&count=2');
    const { body: second } = await scim.send('GET', `/Users?count=2&cursor=${first.nextCursor}`);
    for (const id of idsOf(first)) await scim.send('DELETE', `/Users/${id}`);
    const back = await scim.send('GET', `/Users?count=2&cursor=${second.previousCursor}`);
    expect(idsOf(back.body)).toEqual(idsOf(second));
    expect(back.body).not.toHaveProperty('previousCursor');
  });
});
