import type { LiveMessage } from '@rollcall/api';
import type { FastifyInstance } from 'fastify';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { TestBrowser } from '../support/browser.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime, type SeededAccount, seedAccount, seedMember } from '../support/fixtures.ts';
import { TestClock, testApp } from '../support/server.ts';

const requestId = '01a20cc8-8e80-7077-a3c8-9f0940ca3755';

describeEachEngine('The live stream of a directory', (databases) => {
  let database: Database;
  let app: FastifyInstance;
  let origin: string;
  let seeded: SeededAccount;
  let browser: TestBrowser;

  beforeAll(async () => {
    database = await databases.open();
    app = testApp(database, { now: new TestClock().now });
    origin = await app.listen({ port: 0 });
  });

  beforeEach(async () => {
    seeded = await seedAccount(database);
    browser = new TestBrowser(app);
    await browser.signIn(seeded.ownerEmail);
  });

  const open = async (cookie = browser.cookie, server = origin) => {
    const { accountId, directoryId } = seeded;
    const url = `${server}/api/v1/accounts/${accountId}/directories/${directoryId}/events`;
    const response = await fetch(url, { headers: { cookie } });
    return { response, messages: messagesOf(response) };
  };

  const reachMilestone = () =>
    database.write((tx) =>
      tx.query
        .insertInto('directory_milestones')
        .values({
          directory_id: seeded.directoryId,
          kind: 'first_user',
          request_id: requestId,
          subject_id: 'a',
          subject_name: 'Ada Example',
          at: fixtureTime,
        })
        .execute(),
    );

  it('tells the state at once, then each change, whoever made it', async () => {
    const { response, messages } = await open();
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const first = await next(messages);
    expect(first?.lastRequestId).toBeNull();
    expect(first?.milestones.map(({ at }) => at)).toEqual([null, null, null, null, null]);
    await reachMilestone();
    const second = await next(messages);
    expect(second?.milestones[1]).toEqual({
      kind: 'first_user',
      at: new Date(fixtureTime).toISOString(),
      requestId,
      subject: { id: 'a', name: 'Ada Example' },
    });
    await messages.return(undefined);
  });

  it('ends with the session', async () => {
    const { messages } = await open();
    await next(messages);
    await browser.post('/sign-out');
    expect(await next(messages)).toBeUndefined();
  });

  it('ends with the role', async () => {
    const { userId, email } = await seedMember(database, seeded.accountId, { role: 'co_owner' });
    const other = new TestBrowser(app);
    await other.signIn(email);
    const { messages } = await open(other.cookie);
    await next(messages);
    await database.write((tx) =>
      tx.query
        .updateTable('memberships')
        .set({ role: 'member' })
        .where('user_id', '=', userId)
        .execute(),
    );
    expect(await next(messages)).toBeUndefined();
  });

  it('ends with the server, which does not wait for it', async () => {
    const another = testApp(database, { now: new TestClock().now });
    const server = await another.listen({ port: 0 });
    const { messages } = await open(browser.cookie, server);
    await next(messages);
    await another.close();
    expect(await next(messages)).toBeUndefined();
  });

  it('is refused without a session', async () => {
    const { response } = await open('');
    expect(response.status).toBe(401);
  });
});

async function next(messages: AsyncGenerator<LiveMessage>): Promise<LiveMessage | undefined> {
  const { value, done } = await messages.next();
  return done ? undefined : value;
}

async function* messagesOf(response: Response): AsyncGenerator<LiveMessage> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      if (event.startsWith('data: ')) yield JSON.parse(event.slice('data: '.length));
    }
  }
}
