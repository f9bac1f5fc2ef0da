import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('The audit', (databases) => {
  let app: FastifyInstance;
  let ours: SeededAccount;
  let owner: TestBrowser;
  let events: string;
  const clock = new TestClock();

  beforeAll(async () => {
    const database = await databases.open();
    app = testApp(database, { now: clock.now });
    ours = await seedAccount(database, { at: clock.time });
    owner = new TestBrowser(app);
    await owner.signIn(ours.ownerEmail);
    events = `/accounts/${ours.accountId}/audit-events`;
    for (const name of ['Cargo', '=1+1']) {
      clock.advance(1);
      await owner.post(`/accounts/${ours.accountId}/organizations`, { name });
    }
  });

  it('tells one change by its id, to this account alone', async () => {
    const [last] = (await owner.get(`${events}?limit=1`)).body.items;
    expect((await owner.get(`${events}/${last.id}`)).body).toEqual(last);
    expect(last.sentence).toBe('Olivia Owner made the organization =1+1');
    const theirs = await seedAccount(await databases.open(), { at: clock.time });
    const under = `/accounts/${theirs.accountId}/audit-events/${last.id}`;
    expect((await owner.get(under)).status).toBe(404);
  });

  it('is exported as CSV that no spreadsheet runs, and as JSON lines, as it is filtered', async () => {
    const csv = await owner.get(`${events}/export?format=csv&action=organization.created`);
    expect(csv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit-events.csv"',
    });
    const [head, ...lines] = csv.text.trimEnd().split('\r\n');
    expect(head).toMatch(/^id,at,actorKind,actor,action,sentence,/);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain(",'=1+1,");
    const json = await owner.get(`${events}/export?format=jsonl&search=cargo`);
    const records = json.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records).toMatchObject([{ actor: 'Olivia Owner', subject: 'Cargo' }]);
    expect((await owner.get(`${events}/export?format=pdf`)).status).toBe(400);
  });
});
