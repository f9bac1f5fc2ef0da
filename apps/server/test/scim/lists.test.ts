import { type JsonObject, searchRequestSchema } from '@rollcall/scim';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { seedAccount } from '../support/fixtures.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, sendScim, startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const hour = 3_600_000;

/** People called p00, p01 and so on, in this order. */
async function people(scim: ScimServer, count: number, more: (at: number) => object = () => ({})) {
  const made: JsonObject[] = [];
  for (let at = 0; at < count; at += 1) {
    const body = { ...oktaUser(nameAt(at)), ...more(at) };
    made.push((await scim.send('POST', '/Users', { body })).body);
  }
  return made;
}

const nameAt = (at: number) => `p${String(at).padStart(2, '0')}`;
const idsOf = (body: { readonly Resources: readonly JsonObject[] }) =>
  body.Resources.map(({ id }) => String(id));
const refusal = ({ status, body }: Awaited<ReturnType<ScimServer['send']>>) => [
  status,
  body.scimType,
];

describeEachEngine('Paging by index', (databases) => {
  const start = async (options = {}) =>
    startScim(await databases.open(), { seats: 100, ...options });

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

describeEachEngine('Sorting', (databases) => {
  it('orders by any attribute, in both directions, what has no value last and first; ties go by id (O-01, O-02, O-03, O-04, O-05, O-06, O-07, O-08, O-09)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
    await people(scim, 4, (at) => ({
      title: ['b', 'A', null, 'c'][at],
      externalId: ['b', 'A', null, 'B'][at],
      name: { familyName: ['Éa', 'z', 'Ab', 'aa'][at] },
      [enterprise]: { department: ['2', null, '10', '1'][at] },
      emails: [
        { value: `z${at}@example.com`, type: 'work' },
        { value: `${3 - at}@example.com`, type: 'home', primary: at !== 1 },
      ],
    }));
    const sorted = async (query: string) => {
      const { body } = await scim.send('GET', `/Users?${query}`);
      return body.Resources.map(({ userName }: JsonObject) => Number(String(userName).slice(1, 3)));
    };
    for (const [requirement, sortBy, expected] of [
      ['O-02 userName', 'userName', [0, 1, 2, 3]],
      ['O-04 without case, O-05 nothing comes last', 'title', [1, 0, 3, 2]],
      ['O-04 with case', 'externalId', [1, 3, 0, 2]],
      ['O-04 by code point, O-07 a part', 'name.familyName', [3, 2, 1, 0]],
      ['O-06 the primary element, else the first', 'emails', [3, 2, 0, 1]],
      ['O-08 an extension', `${enterprise}:department`, [3, 2, 0, 1]],
      ['O-04 times', 'meta.created', [0, 1, 2, 3]],
      ['O-04 times by index', 'meta.lastModified', [0, 1, 2, 3]],
    ] as const) {
      expect(await sorted(`sortBy=${sortBy}`), requirement).toEqual(expected);
      const down = `sortBy=${sortBy}&sortOrder=Descending`;
      expect(await sorted(down), `${requirement}, O-03 descending`).toEqual(expected.toReversed());
    }
    expect(await sorted('sortOrder=descending')).toEqual([0, 1, 2, 3]);
    for (const [query, scimType] of [
      ['sortBy=userName&sortOrder=up', 'invalidValue'],
      ['sortBy=name', 'invalidPath'],
      ['sortBy=bogus', 'invalidPath'],
    ]) {
      expect(refusal(await scim.send('GET', `/Users?${query}`))).toEqual([400, scimType]);
    }
    const ties = await scim.send('GET', '/Users?sortBy=locale&count=1&startIndex=2');
    const all = await scim.send('GET', '/Users?sortBy=locale');
    expect(idsOf(all.body)).toEqual(idsOf(all.body).toSorted());
    expect(idsOf(ties.body)).toEqual([idsOf(all.body)[1]]);
  });
});

describeEachEngine('Paging by cursor', (databases) => {
  const start = async (now?: () => number) =>
    startScim(await databases.open(), { seats: 100 }, ...(now === undefined ? [] : [now]));

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

describeEachEngine('Searching', (databases) => {
  it('runs at the root and at each type, over all types at the root, with a token that only reads (L-15, L-16, F-34, N-15, Q-01, Q-02, Q-05, Q-06, Q-07, Q-09)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
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
    const scim = await startScim(await databases.open());
    const body = { schemas: [searchRequestSchema] };
    for (const path of ['/Schemas', '/ResourceTypes', '/ServiceProviderConfig']) {
      const { status } = await scim.send('POST', `${path}/.search`, { body });
      expect([404, 405], path).toContain(status);
    }
  });

  it('projects what it finds (J-02, J-05, Q-03, Q-04)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
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
    const scim = await startScim(await databases.open());
    await scim.send('POST', '/Users/.search', {
      body: { schemas: [searchRequestSchema], filter: 'userName eq "somebody.secret"' },
    });
    const logged = () => scim.database.read.query.selectFrom('request_log').selectAll().execute();
    await expect.poll(async () => (await logged()).length).toBe(1);
    expect(JSON.stringify(await logged())).not.toContain('somebody.secret');
  });
});

describeEachEngine('Groups inside groups', (databases) => {
  it('makes a member of the inner group an indirect member of the outer ones, once, whatever circles there are (U-19, U-20, G-10, Z-12)', async () => {
    const scim = await startScim(await databases.open(), { seats: 100 });
    const [ada, grace] = await people(scim, 2);
    const make = async (name: string, members: readonly unknown[]) =>
      (await scim.send('POST', '/Groups', { body: group(name, members.map(String)) })).body;
    const inner = await make('Inner', [ada?.id]);
    const middle = await make('Middle', [inner.id, ada?.id]);
    const outer = await make('Outer', [middle.id, grace?.id]);
    const circle = patch({ op: 'add', path: 'members', value: [{ value: outer.id }] });
    await scim.send('PATCH', `/Groups/${inner.id}`, { body: circle });
    const { body } = await scim.send('GET', `/Users/${ada?.id}`);
    const told = body.groups.map(({ value, type, display }: JsonObject) => [value, type, display]);
    expect(told).toEqual([
      [inner.id, 'direct', 'Inner'],
      [middle.id, 'direct', 'Middle'],
      [outer.id, 'indirect', 'Outer'],
    ]);
    for (const [filter, expected] of [
      [`groups.value eq "${inner.id}"`, [ada?.id, grace?.id]],
      [`groups[value eq "${outer.id}"]`, [ada?.id, grace?.id]],
      [`groups[value eq "${outer.id}" and type eq "indirect"]`, [ada?.id]],
      ['groups.type eq "indirect"', [ada?.id, grace?.id]],
      ['groups.display eq "middle"', [ada?.id, grace?.id]],
    ] as const) {
      const found = await scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}`);
      expect(idsOf(found.body), filter).toEqual(expected);
    }
  });
});

function parameters(more: object): string {
  return new URLSearchParams(
    Object.entries(more).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
