import {
  checkFilter,
  formatFilter,
  type JsonObject,
  matches,
  parseFilter,
  userResourceType,
} from '@rollcall/scim';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

async function seed(scim: ScimServer) {
  const people = [
    oktaUser('ada', { title: 'Countess' }),
    oktaUser('grace', { displayName: 'ÉMILIE 100%', externalId: 'GRACE_1' }),
    oktaUser('alan', { active: false, displayName: null, emails: [] }),
    oktaUser('Edsger', {
      externalId: null,
      emails: [
        { value: 'dijkstra@example.net', type: 'home' },
        { value: 'EDSGER@example.com', type: 'work', primary: true },
      ],
    }),
    oktaUser('a_b', { displayName: '\u{1F600} smile', title: 'a"b\\c' }),
  ];
  const made: JsonObject[] = [];
  for (const body of people) made.push((await scim.send('POST', '/Users', { body })).body);
  const [ada, grace] = made;
  const manager = patch({ op: 'add', path: `${enterprise}:manager.value`, value: ada?.id });
  await scim.send('PATCH', `/Users/${grace?.id}`, { body: manager });
  await scim.send('POST', '/Groups', {
    body: group('Sales', [String(ada?.id), String(grace?.id)]),
  });
  const { body } = await scim.send('GET', '/Users');
  return body.Resources as JsonObject[];
}

const search = (scim: ScimServer, filter: string, more = '') =>
  scim.send('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`);

describeEachEngine('Filters', (databases) => {
  it('gives in SQL what the exact evaluator gives, for any combination of indexed and other attributes (F-04, F-05, F-12, F-15 to F-17, F-21 to F-26, F-28 to F-30, F-32, F-33, F-39, F-41, F-42)', async () => {
    const scim = await startScim(await databases.open());
    const everybody = await seed(scim);
    const texts = [
      'userName',
      'externalId',
      'displayName',
      'emails.value',
      'emails',
      'title',
      'id',
      `${enterprise}:manager.value`,
      'groups.value',
    ];
    const values = [
      ...[
        'ada@example.com',
        'ADA@EXAMPLE.COM',
        'ada',
        'a_b',
        'example',
        '%',
        '_',
        '',
        'GRACE_1',
        'grace_1',
        'émilie 100%',
        '\u{1F600}',
        'a"b\\c',
        'z',
      ],
      ...everybody.slice(0, 2).map(({ id }) => String(id)),
    ];
    const times = [
      String(everybody[1]?.meta && (everybody[1].meta as JsonObject).created),
      '2020-01-01T00:00:00Z',
      '2040-01-01T00:00:00+02:00',
    ];
    const text = fc
      .tuple(
        fc.constantFrom(...texts),
        fc.constantFrom('eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'),
        fc.constantFrom(...values),
      )
      .map(([path, operator, value]) => `${path} ${operator} ${JSON.stringify(value)}`);
    const time = fc
      .tuple(
        fc.constantFrom('meta.created', 'meta.lastModified'),
        fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le'),
        fc.constantFrom(...times),
      )
      .map(([path, operator, value]) => `${path} ${operator} "${value}"`);
    const other = fc.constantFrom(
      ...texts.map((path) => `${path} pr`),
      'active eq true',
      'active ne true',
      'displayName eq null',
      'emails[type eq "work" and value co "example"]',
      'emails[value sw "dijkstra" or type eq "home"]',
      'emails[primary eq true].value eq "edsger@example.com"',
      'emails[value ne "ada@example.com"]',
    );
    const term = fc.oneof(text, time, other);
    const { filter } = fc.letrec<{ filter: string }>((tie) => ({
      filter: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        term,
        fc
          .tuple(tie('filter'), fc.constantFrom('and', 'or'), tie('filter'))
          .map(([a, word, b]) => `(${a}) ${word} (${b})`),
        tie('filter').map((inner) => `not (${inner})`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(filter, async (written) => {
        const checked = checkFilter(userResourceType, parseFilter(written), 'generic');
        const expected = everybody.filter((user) => matches(checked, user)).map(({ id }) => id);
        const { body } = await search(scim, formatFilter(parseFilter(written)));
        const found = body.Resources.map(({ id }: JsonObject) => id);
        // Okta's own reading of one userName: the primary address stands in.
        if (expected.length === 0 && /^userName eq "[^"]*@[^"]*"$/.test(written)) return;
        expect(found).toEqual(expected);
        expect(body.totalResults).toBe(expected.length);
      }),
      { numRuns: 150 },
    );
  });

  it('never takes a value for code or a wildcard (F-39, S-06)', async () => {
    const scim = await startScim(await databases.open());
    await seed(scim);
    for (const [filter, total] of [
      ['displayName co "%"', 1],
      ['userName co "_"', 1],
      [`userName eq "' or 1=1--"`, 0],
      [`userName co "'); drop table directory_users; --"`, 0],
      ['title co "\\\\"', 1],
    ] as const) {
      expect((await search(scim, filter)).body.totalResults, filter).toBe(total);
    }
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(5);
  });

  it('pages a filtered list: exact total, each match once (F-42)', async () => {
    const scim = await startScim(await databases.open());
    const everybody = await seed(scim);
    for (const filter of ['active eq true or active eq false', 'title pr or not (title pr)']) {
      const found: unknown[] = [];
      for (let startIndex = 1; startIndex <= 6; startIndex += 2) {
        const { body } = await search(scim, filter, `&startIndex=${startIndex}&count=2`);
        expect(body).toMatchObject({ totalResults: 5, startIndex });
        found.push(...body.Resources.map(({ id }: JsonObject) => id));
      }
      expect(found).toEqual(everybody.map(({ id }) => id));
      const none = await search(scim, filter, '&count=0');
      expect(none.body).toMatchObject({ totalResults: 5, itemsPerPage: 0, Resources: [] });
    }
  });

  it('answers Entra’s membership probe and finds the groups of a member (G-19, G-20)', async () => {
    const scim = await startScim(await databases.open());
    const [ada] = await seed(scim);
    const { body: groups } = await scim.send('GET', '/Groups');
    const { id } = groups.Resources[0];
    for (const [filter, total] of [
      [`id eq "${id}" and members eq "${ada?.id}"`, 1],
      [`id eq "${id}" and members.value eq "nobody"`, 0],
      [`members[value eq "${ada?.id}"]`, 1],
      [`members.display eq "ada byron"`, 1],
      ['displayName eq "SALES" and meta.lastModified gt "2020-01-01T00:00:00Z"', 1],
    ] as const) {
      const path = `/Groups?filter=${encodeURIComponent(filter)}&attributes=id`;
      const { body } = await scim.send('GET', path);
      expect(body.totalResults, filter).toBe(total);
      if (total === 1) expect(Object.keys(body.Resources[0])).toEqual(['schemas', 'id']);
    }
  });

  it('finds what has any value, whole or in a part (F-22)', async () => {
    const scim = await startScim(await databases.open(), { provider: 'generic' });
    await seed(scim);
    const { schemas, id, userName } = (
      await scim.send('POST', '/Users', {
        body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'bare' },
      })
    ).body;
    expect([schemas.length, userName]).toEqual([1, 'bare']);
    await scim.send('POST', '/Groups', { body: group('Empty') });
    for (const [path, filter, total] of [
      ['/Users', 'name pr', 5],
      ['/Users', 'name.familyName pr', 5],
      ['/Users', 'name.middleName pr', 0],
      ['/Users', 'emails pr', 4],
      ['/Users', 'emails.type pr', 4],
      ['/Users', 'emails[primary pr]', 4],
      ['/Users', 'groups pr', 2],
      ['/Users', 'groups.type pr', 2],
      ['/Users', 'title pr', 2],
      ['/Users', `${enterprise}:manager pr`, 1],
      ['/Users', `not (name pr) and id eq "${id}"`, 1],
      ['/Users', 'meta pr', 6],
      ['/Users', 'active pr', 6],
      ['/Groups', 'members pr', 1],
      ['/Groups', 'not (members pr)', 1],
      ['/Groups', 'members.type pr', 1],
    ] as const) {
      const { body } = await scim.send('GET', `${path}?filter=${encodeURIComponent(filter)}`);
      expect([filter, body.totalResults]).toEqual([filter, total]);
    }
  });

  it('searches by POST what it lists by GET (Q-01, Q-02, Q-03, Q-04, Q-05)', async () => {
    const scim = await startScim(await databases.open());
    await seed(scim);
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    const filter = 'userName sw "a"';
    const posted = await scim.send('POST', '/Users/.search', {
      body: { schemas, filter, startIndex: 1, count: 2, attributes: ['userName'] },
    });
    const got = await search(scim, filter, '&count=2&attributes=userName');
    expect(posted.status).toBe(200);
    expect(posted.body).toEqual(got.body);
    for (const members of [
      {},
      { excludedAttributes: 'emails,name', count: 3 },
      { attributes: 'userName', sortBy: 'userName', sortOrder: 'descending', startIndex: 2 },
      { filter, sortBy: 'title', count: 0 },
      { filter, cursor: '', count: 1 },
    ]) {
      const query = new URLSearchParams(
        Object.entries(members).map(([name, value]): [string, string] => [name, String(value)]),
      );
      const [post, get] = [
        await scim.send('POST', '/Users/.search', { body: { schemas, ...members } }),
        await scim.send('GET', `/Users?${query}`),
      ];
      // A cursor holds the time at which it was given.
      const [one, other] = [post, get].map(({ body }) => ({ ...body, nextCursor: null }));
      expect([post.status, one], `${query}`).toEqual([200, other]);
      expect('nextCursor' in post.body).toBe('cursor' in members);
    }
    const wrong = await scim.send('POST', '/Users/.search', { body: { filter } });
    expect([wrong.status, wrong.body.scimType]).toEqual([400, 'invalidSyntax']);
  });

  it('shapes every answer by attributes and excludedAttributes (J-02 to J-05, J-12)', async () => {
    const scim = await startScim(await databases.open());
    const [ada] = await seed(scim);
    const path = `/Users/${ada?.id}`;
    const only = await scim.send('GET', `${path}?attributes=userName,name.givenName`);
    expect(only.body).toEqual({
      schemas: ada?.schemas,
      id: ada?.id,
      userName: 'ada@example.com',
      name: { givenName: 'Ada' },
    });
    const without = await scim.send('GET', `${path}?excludedAttributes=id,emails.type,groups,meta`);
    expect(without.body).toMatchObject({ id: ada?.id, emails: [{ primary: true }] });
    expect(without.body.emails[0]).not.toHaveProperty('type');
    for (const gone of ['groups', 'meta']) expect(without.body).not.toHaveProperty(gone);
    const put = await scim.send('PUT', `${path}?attributes=title`, {
      body: { ...ada, title: 'x' },
    });
    expect(put.body).toEqual({ schemas: ada?.schemas, id: ada?.id, title: 'x' });
    const { body: groups } = await scim.send('GET', '/Groups?excludedAttributes=members');
    expect(groups.Resources[0]).not.toHaveProperty('members');
  });
});
