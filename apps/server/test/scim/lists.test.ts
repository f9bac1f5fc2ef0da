import { searchRequestSchema } from '@rollcall/scim';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount } from '../support/fixtures.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { idsOf, people, refusal } from './people.ts';
import { sendScim, startScim } from './scim-server.ts';

describeEachEngine('Paging by index', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database, { seats: 100 });

  it('gives an empty page past the end and for no match, with the true total (L-01, L-02, L-03, L-08, L-09, N-13)', async () => {
    const scim = await start();
    await people(scim, 5);
    const past = await scim.send('GET', '/Users?startIndex=1000');
    expect([past.status, past.body]).toMatchObject([
      200,
      { totalResults: 5, startIndex: 1000, itemsPerPage: 0, Resources: [] },
    ]);
    const none = await scim.send('GET', '/Users?filter=userName%20eq%20%22none%22');
    expect([none.status, none.body]).toMatchObject([
      200,
      { totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
    ]);
    const last = await scim.send('GET', '/Users?startIndex=5&count=3');
    expect(last.body).toMatchObject({ totalResults: 5, itemsPerPage: 1 });
    expect(last.body).not.toHaveProperty('nextCursor');
  });

  it('lists each resource as its own address reads it, of the caller’s directory alone, and nobody who is deleted (L-13, L-17, L-18)', async () => {
    const scim = await start();
    const [ada, grace] = await people(scim, 2);
    const other = await seedAccount(scim.database);
    const url = `${scim.origin}/scim/${other.directoryId}/v2/Users`;
    expect((await sendScim(url, 'GET', { token: other.token })).body.totalResults).toBe(0);
    await scim.send('POST', '/Groups', { body: group('Sales', [String(ada?.id)]) });
    for (const path of ['/Users', '/Groups', '/']) {
      const { Resources } = (await scim.send('GET', path)).body;
      expect(Resources).not.toEqual([]);
      for (const listed of Resources) {
        const own = `/${listed.meta.resourceType}s/${listed.id}`;
        expect((await scim.send('GET', own)).body).toEqual(listed);
      }
    }
    await scim.send('DELETE', `/Users/${ada?.id}`);
    const { body } = await scim.send('GET', '/Users');
    expect([body.totalResults, idsOf(body)]).toEqual([1, [String(grace?.id)]]);
  });

  it('a walk during deletes loses nobody: the next page goes on where the last one ended (L-11, L-12)', async () => {
    const scim = await start();
    const made = await people(scim, 12);
    const walked: string[] = [];
    for (const filter of ['', '&filter=userName%20co%20%22p%22']) {
      walked.length = 0;
      let startIndex = 1;
      for (;;) {
        const { body } = await scim.send('GET', `/Users?startIndex=${startIndex}&count=3${filter}`);
        walked.push(...idsOf(body));
        startIndex += body.itemsPerPage;
        if (startIndex > body.totalResults) break;
        // Somebody of the page that was just read goes, which moves everybody after them.
        if (walked.length <= 6) await scim.send('DELETE', `/Users/${walked.at(-2)}`);
      }
      expect(new Set(walked).size).toBe(walked.length);
      const { body } = await scim.send('GET', '/Users');
      for (const id of idsOf(body)) expect(walked).toContain(id);
    }
    const { body } = await scim.send('GET', '/Users');
    expect(body.totalResults).toBe(made.length - 4);
  });

  it('never leaves a filter out that it cannot answer, and answers by what was given to the client last (L-19, F-36, F-37)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', {
      body: { ...oktaUser('ada'), active: undefined },
    });
    const find = (filter: string) =>
      scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect(idsOf((await find('active eq true')).body)).toEqual([ada.id]);
    expect(refusal(await find('bogus eq "x"'))).toEqual([400, 'invalidFilter']);
    const retitled = patch({ op: 'replace', path: 'title', value: 'Countess' });
    await scim.send('PATCH', `/Users/${ada.id}`, { body: retitled });
    expect((await find('title eq "countess"')).body.totalResults).toBe(1);
  });
});

describeEachEngine('Long filters', (databases) => {
  it('are answered up to their bounds, from the index where all terms have one, and refused beyond (F-38, F-25)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
    const [ada] = await people(scim, 2);
    const find = (filter: string) =>
      scim.send('POST', '/Users/.search', { body: { schemas: [searchRequestSchema], filter } });
    const terms = (count: number, term: (at: number) => string) =>
      Array.from({ length: count }, (_, at) => term(at)).join(' or ');
    const hit = 'userName eq "p00@example.com" or ';
    for (const term of [
      (at: number) => `userName eq "q${at}"`,
      (at: number) => `emails.value eq "q${at}"`,
      (at: number) => `emails.value co "q${at}"`,
      (at: number) => `groups.value eq "q${at}"`,
      (at: number) => `title eq "q${at}"`,
    ]) {
      expect(idsOf((await find(hit + terms(199, term))).body)).toEqual([ada?.id]);
      expect(refusal(await find(hit + terms(200, term)))).toEqual([400, 'invalidFilter']);
    }
    const nested = (depth: number) =>
      `${'not ('.repeat(depth)}userName eq "p00@example.com"${')'.repeat(depth)}`;
    expect(idsOf((await find(nested(24))).body)).toEqual([ada?.id]);
    expect(refusal(await find(nested(25)))).toEqual([400, 'invalidFilter']);
    expect(refusal(await find('('.repeat(10_000)))).toEqual([400, 'invalidFilter']);
  });
});
