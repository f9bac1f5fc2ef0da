import type { FastifyInstance } from 'fastify';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { setMembershipState } from '../../src/domain/memberships/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

describeEachEngine('The audit', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let ours: SeededAccount;
  let owner: TestBrowser;
  let events: string;
  const clock = new TestClock();

  beforeAll(async () => {
    database = await databases.open();
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

  it('tells what the description of a team was and is, once for each change', async () => {
    const teams = `/accounts/${ours.accountId}/teams`;
    const { id } = (await owner.post(teams, { name: 'Pilots', description: 'They fly.' })).body;
    const team = `${teams}/${id}`;
    for (const description of ['They fly.', 'They fly at night.']) {
      expect((await owner.send('PATCH', team, { description })).status).toBe(200);
    }
    expect((await owner.get(`${events}?action=team.described`)).body.items).toMatchObject([
      {
        sentence: 'Olivia Owner changed the description of the team Pilots',
        subject: { kind: 'team', id },
        before: { description: 'They fly.' },
        after: { description: 'They fly at night.' },
      },
    ]);
  });

  it('tells in each account of a person that they changed their name', async () => {
    const [theirs, left] = [await seedAccount(database), await seedAccount(database)];
    const { userId, email } = await seedMember(database, ours.accountId, { name: 'Mara Member' });
    await database.write(async (tx) => {
      for (const [{ accountId }, state] of [
        [theirs, 'active'],
        [left, 'removed'],
      ] as const) {
        await setMembershipState(tx, { accountId, userId, state, at: clock.time });
      }
    });
    const mara = new TestBrowser(app);
    await mara.signIn(email);
    for (const name of ['Mara Member', 'Mara Example']) {
      expect((await mara.send('PATCH', '/profile', { name })).status).toBe(200);
    }
    const renamed = async ({ accountId, ownerEmail }: SeededAccount) => {
      const browser = new TestBrowser(app);
      await browser.signIn(ownerEmail);
      const path = `/accounts/${accountId}/audit-events?action=user.renamed`;
      return (await browser.get(path)).body.items;
    };
    const told = {
      sentence: 'Mara Member changed their name to Mara Example',
      subject: { kind: 'user', id: userId },
      before: { name: 'Mara Member' },
      after: { name: 'Mara Example' },
    };
    expect(await renamed(ours)).toMatchObject([told]);
    expect(await renamed(theirs)).toMatchObject([told]);
    expect(await renamed(left)).toEqual([]);
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
