import { expect, it } from 'vitest';
import { describeEachEngine } from '../support/databases.ts';
import { type EventLog, eventLog } from '../support/event-log.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { fill } from './fill.ts';
import { startScim } from './scim-server.ts';

/** Names and row counts of the statements since the last look. */
function statements(log: EventLog): [string | undefined, number][] {
  const found = log
    .of('statement')
    .map(({ name, rows }): [string | undefined, number] => [name, rows]);
  log.clear();
  return found;
}

/** What happens once, or beside the requests; whose a request is, is told by `authentication.test.ts`. */
const besides = new Set([
  'directory.authenticate',
  'milestone.insert',
  'connector_token.touch',
  'request_log.insert_reads',
]);

/** Names of the statements since the last look that answered requests; undefined for one through the builder. */
function answering(log: EventLog): (string | undefined)[] {
  return statements(log)
    .map(([name]) => name)
    .filter((name) => name === undefined || !besides.has(name));
}

describeEachEngine('What a request costs', (databases) => {
  const start = async () => {
    const log = eventLog();
    const scim = await startScim(await databases.open({ observer: log.observer }), { seats: 100 });
    return { log, scim };
  };

  it('reads a user without groups in one statement beside that for the token, however many there are', async () => {
    const { log, scim } = await start();
    await fill(scim, 3_000);
    await scim.send('GET', '/Users/user-000001');
    await scim.app.close();
    log.clear();
    const again = await startScim(scim.database);
    await fill(again, 10);
    log.clear();
    await again.send('GET', '/Users/user-000001');
    expect(answering(log)).toEqual(['directory_user.answered']);
  });

  it('answers each match of Okta in one statement beside that for the token (4.1)', async () => {
    const { log, scim } = await start();
    await fill(scim, 3_000);
    for (const [filter, statement] of [
      ['userName eq "user-002000@example.com"', 'directory_user.by_user_name'],
      ['externalId eq "none"', 'directory_user.by_external_id'],
      ['emails.value eq "none@example.com"', 'directory_user.by_email'],
    ]) {
      log.clear();
      await scim.send('GET', `/Users?filter=${encodeURIComponent(filter ?? '')}`);
      expect(answering(log), filter).toEqual([statement]);
    }
  });

  it('reads a deep page as it reads the first: its rows and fewer than one bucket before them (L-11)', async () => {
    const { log, scim } = await start();
    await fill(scim, 5_000);
    const { body: first } = await scim.send('GET', '/Users?startIndex=1&count=100');
    log.clear();
    const { body: deep } = await scim.send('GET', '/Users?startIndex=4901&count=100');
    expect(answering(log)).toEqual(['resource_counts.buckets', 'directory_user.page']);
    expect([first.totalResults, deep.totalResults]).toEqual([5_000, 5_000]);
    expect(first.Resources[0].id).toBe('user-000000');
    expect(deep.Resources[0].id).toBe('user-004900');
    expect(deep.Resources).toHaveLength(100);
  });

  it('adds and removes a member by the same statements and rows at 10 members and at 10,000 (G-18)', async () => {
    const { log, scim } = await start();
    const ids = await fill(scim, 10_002);
    const { body: small } = await scim.send('POST', '/Groups', {
      body: group('Small', ids.slice(0, 10)),
    });
    const { body: large } = await scim.send('POST', '/Groups', {
      body: group('Large', ids.slice(0, 10_000)),
    });
    const cost = async (groupId: string, operation: object) => {
      log.clear();
      const { status } = await scim.send('PATCH', `/Groups/${groupId}`, { body: patch(operation) });
      expect(status).toBe(204);
      return statements(log).filter(([name]) => name !== undefined && !besides.has(name));
    };
    const last = String(ids.at(-1));
    for (const operation of [
      { op: 'add', path: 'members', value: [{ value: last }] },
      { op: 'remove', path: `members[value eq "${last}"]` },
    ]) {
      expect(await cost(large.id, operation)).toEqual(await cost(small.id, operation));
    }
  });

  it('works out the replacement of a large membership from what differs', async () => {
    const { log, scim } = await start();
    const ids = await fill(scim, 5_000);
    const { body: large } = await scim.send('POST', '/Groups', {
      body: group('Large', ids.slice(0, 4_000)),
    });
    log.clear();
    const put = await scim.send('PUT', `/Groups/${large.id}`, {
      body: group('Large', ids.slice(1, 4_001)),
    });
    const rows = new Map(statements(log));
    expect(rows.get('directory_group_members.insert')).toBe(1);
    expect(rows.get('directory_group_members.delete')).toBe(1);
    expect(put.body.members).toHaveLength(4_000);
  });

  it('refuses what would compare more than a budget of resources one by one, before it reads any: 400 tooMany that names the indexed attributes (L-14, F-38)', async () => {
    const { log, scim } = await start();
    await fill(scim, 10);
    const count = { bucket: 1_000, lane: 0, live: 131_072, resource_type: 'User' as const };
    await scim.database.write((tx) =>
      tx.query
        .insertInto('resource_counts')
        .values({ directory_id: scim.seeded.directoryId, ...count })
        .execute(),
    );
    for (const query of ['filter=title%20co%20%22x%22', 'sortBy=title']) {
      log.clear();
      const answer = await scim.send('GET', `/Users?${query}`);
      expect([answer.status, answer.body.scimType]).toEqual([400, 'tooMany']);
      expect(answer.body.detail).toContain('userName, externalId, emails.value');
      expect(statements(log).map(([name]) => name)).not.toContain('directory_user.by_ids');
    }
    const narrowed = 'title co "x" and userName eq "user-000001@example.com"';
    const found = await scim.send('GET', `/Users?filter=${encodeURIComponent(narrowed)}`);
    expect(found.body.totalResults).toBe(0);
  });

  it('creates a user in a number of statements that is the same for the first and for the last', async () => {
    const { log, scim } = await start();
    await scim.send('POST', '/Users', { body: oktaUser('first') });
    log.clear();
    await scim.send('POST', '/Users', { body: oktaUser('second') });
    const few = answering(log);
    await fill(scim, 2_000).catch(() => undefined);
    log.clear();
    await scim.send('POST', '/Users', { body: oktaUser('third') });
    expect(answering(log)).toEqual(few);
  });
});
