import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it, vi } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';
import { group, oktaUser, patch } from './bodies.ts';

describeEachEngine('What the console shows of a directory', (databases) => {
  let app: FastifyInstance;
  let clock: TestClock;
  let seeded: SeededAccount;
  let browser: TestBrowser;
  let ada: { id: string; userName: string };
  let sales: { id: string };

  const scim = async (method: 'POST' | 'PATCH' | 'DELETE' | 'PUT', path: string, body?: object) => {
    clock.advance(1_000);
    const answer = await app.inject({
      method,
      url: `/scim/${seeded.directoryId}/v2${path}`,
      headers: {
        authorization: `Bearer ${seeded.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return answer.body === '' ? undefined : answer.json();
  };
  const directory = () => `/accounts/${seeded.accountId}/directories/${seeded.directoryId}`;

  beforeAll(async () => {
    const database = await databases.open();
    clock = new TestClock();
    app = testApp(database, { now: clock.now });
    seeded = await seedAccount(database, { domain: 'example.com' });
    browser = new TestBrowser(app);
    await browser.signIn(seeded.ownerEmail);
    ada = await scim('POST', '/Users', oktaUser('ada'));
    await scim('POST', '/Users', oktaUser('grace'));
    const alan = await scim('POST', '/Users', oktaUser('alan'));
    sales = await scim('POST', '/Groups', group('Sales', [ada.id]));
    await scim('PATCH', `/Users/${ada.id}`, patch({ op: 'replace', value: { active: false } }));
    await scim('POST', '/Users', oktaUser('grace'));
    await scim('DELETE', `/Users/${alan.id}`);
    // A request that changed nothing is logged a moment after its answer.
    await vi.waitUntil(async () => {
      const { body } = await browser.get(`${directory()}/requests?outcome=refused`);
      return body.items.length === 1;
    });
  });

  it('lists people, newest first, with their state; also those who are gone', async () => {
    const { body } = await browser.get(`${directory()}/people`);
    expect(body.items.map(({ name, state }: Record<string, string>) => [name, state])).toEqual([
      ['Alan Byron', 'deleted'],
      ['Grace Byron', 'active'],
      ['Ada Byron', 'inactive'],
    ]);
    const page = await browser.get(`${directory()}/people?limit=2`);
    expect(page.body.items).toHaveLength(2);
    const rest = await browser.get(`${directory()}/people?limit=2&cursor=${page.body.nextCursor}`);
    expect(rest.body).toMatchObject({ items: [{ id: ada.id }], nextCursor: null });
  });

  it('finds people by any of their names and by state', async () => {
    for (const [query, names] of [
      ['search=ADA', ['Ada Byron']],
      ['search=grace%40example.com', ['Grace Byron']],
      ['search=00u-ada', ['Ada Byron']],
      ['search=byron&state=inactive', ['Ada Byron']],
      ['state=deleted', ['Alan Byron']],
      ['state=conflict', []],
    ] as const) {
      const { body } = await browser.get(`${directory()}/people?${query}`);
      expect(
        body.items.map(({ name }: { name: string }) => name),
        query,
      ).toEqual(names);
    }
  });

  it('shows of a person what the IdP says, what it grants, and what happened', async () => {
    const { body } = await browser.get(`${directory()}/people/${ada.id}`);
    expect(body).toMatchObject({
      userName: 'ada@example.com',
      externalId: '00u-ada',
      state: 'inactive',
      resource: { id: ada.id, userName: 'ada@example.com', active: false },
      groups: [{ id: sales.id, name: 'Sales' }],
      grants: { membership: { state: 'deactivated', seat: false } },
    });
    expect(body.timeline.length).toBeGreaterThan(1);
    const unknown = await browser.get(`${directory()}/people/${crypto.randomUUID()}`);
    expect(unknown.status).toBe(404);
  });

  it('lists groups with their members and the team that follows each', async () => {
    const { body } = await browser.get(`${directory()}/groups?search=sal`);
    expect(body.items).toMatchObject([
      { id: sales.id, displayName: 'Sales', members: 1, team: { name: 'Sales' }, state: 'linked' },
    ]);
    const detail = await browser.get(`${directory()}/groups/${sales.id}`);
    expect(detail.body).toMatchObject({ resource: { displayName: 'Sales' } });
    expect(detail.body.timeline.length).toBeGreaterThan(0);
  });

  it('explains a refused request: why, what to change, what was sent, and how to send it again', async () => {
    const list = await browser.get(`${directory()}/requests?outcome=refused`);
    expect(list.body.items).toMatchObject([
      { operation: 'Create user', status: 409, subject: { name: 'Grace Byron', kind: 'person' } },
    ]);
    const { body } = await browser.get(`${directory()}/requests/${list.body.items[0].id}`);
    expect(body).toMatchObject({
      headline: 'Okta tried to create Grace Byron, but the userName is taken',
      explanation: {
        why: 'Another person in this directory already has this userName: Grace Byron.',
        whatToChange: expect.stringContaining('Retry Selected in Okta'),
      },
      token: { id: seeded.tokenId },
      request: { body: { userName: 'grace@example.com', password: '[redacted]' } },
      response: { body: { status: '409', scimType: 'uniqueness' } },
    });
    expect(body.curl).toContain('-H "Authorization: Bearer $TOKEN"');
    expect(JSON.stringify(body)).not.toContain(seeded.token);
  });

  it('shows what a change did: the difference and its effects', async () => {
    const list = await browser.get(`${directory()}/requests?operation=Deactivate%20user`);
    const { body } = await browser.get(`${directory()}/requests/${list.body.items[0].id}`);
    expect(body).toMatchObject({
      headline: 'Okta deactivated Ada Byron',
      explanation: null,
      difference: [{ path: 'active', before: true, after: false }],
      effects: [{ kind: 'effect', state: 'applied' }],
    });
  });

  it('opens every request of the log, also one that brought attributes or took them away', async () => {
    const { body } = await browser.get(`${directory()}/requests?limit=100`);
    const details = await Promise.all(
      body.items.map(({ id }: { id: string }) => browser.get(`${directory()}/requests/${id}`)),
    );
    expect(details.map(({ status }) => status)).toEqual(body.items.map(() => 200));
    const created = details.find(
      ({ body: { operation, outcome } }) => operation === 'Create user' && outcome === 'changed',
    );
    expect(created?.body.difference).toContainEqual(
      expect.objectContaining({ path: 'userName', before: null }),
    );
  });

  it('draws thirty days and tells the last noteworthy events', async () => {
    const { body } = await browser.get(`${directory()}/overview`);
    expect(body.requests).toHaveLength(30);
    expect(body.requests.at(-1)).toMatchObject({ changed: 6, refused: 1, failed: 0 });
    expect(body.noteworthy[0]).toMatchObject({
      sentence: expect.stringContaining('Okta deleted Alan Byron'),
      severity: 'plain',
    });
    expect(body.noteworthy[1]).toMatchObject({ severity: 'warning' });
  });

  it('exports the filtered log as CSV and as JSON lines, with nothing that a spreadsheet would run', async () => {
    await scim('POST', '/Users', oktaUser('ada2', { displayName: '=HYPERLINK("x"), "y"' }));
    const csv = await browser.get(
      `${directory()}/requests/export?format=csv&operation=Create%20user`,
    );
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = csv.text.trimEnd().split('\r\n');
    expect(lines[0]).toBe(
      'id,at,operation,method,path,subjectId,subjectName,outcome,status,durationMs,explanation,detail',
    );
    expect(lines).toHaveLength(6);
    expect(lines[1]).toContain(`"'=HYPERLINK(""x""), ""y"""`);
    const jsonl = await browser.get(`${directory()}/requests/export?format=jsonl&status=409`);
    expect(
      jsonl.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ operation: 'Create user', status: 409, explanation: 'user_name_taken' }]);
  });

  it('answers 404 for another account’s directory on each of these routes', async () => {
    const other = await seedAccount(await databases.open(), {});
    for (const path of ['people', 'groups', 'requests', 'overview', 'requests/export?format=csv']) {
      const foreign = `/accounts/${seeded.accountId}/directories/${other.directoryId}/${path}`;
      expect((await browser.get(foreign)).status, path).toBe(404);
    }
  });
});
