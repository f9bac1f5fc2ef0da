import { expect, it } from 'vitest';
import {
  countOutcomes,
  listRequests,
  purgeRequestLog,
  readNoteworthy,
  readRequest,
  readRequestDays,
  rollUpRequestLog,
} from '../../src/domain/request-log/index.ts';
import { hour } from '../../src/duration.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime } from '../support/fixtures.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

/** All lines, oldest first; reads are written a moment after their answer. */
async function lines(scim: ScimServer, filter: Record<string, unknown> = {}) {
  const { directoryId } = scim.seeded;
  await scim.app.close();
  const page = await listRequests(scim.database.read, { directoryId, ...filter }, { limit: 100 });
  return page.requests.toReversed();
}

describeEachEngine('The request log', (databases) => {
  it('keeps one line a request: what it asked in words, about whom, and what came of it (S-12)', async () => {
    const scim = await startScim(await databases.open());
    await scim.send('GET', '/Users?startIndex=1&count=2');
    await scim.send('GET', '/Users?filter=userName%20eq%20%22ada%40example.com%22');
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    await scim.send('PUT', path, { body: ada });
    await scim.send('PUT', path, { body: { ...ada, title: 'Countess' } });
    await scim.send('PATCH', path, { body: patch({ op: 'replace', value: { active: false } }) });
    await scim.send('PATCH', path, { body: patch({ op: 'replace', value: { active: true } }) });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const groupPath = `/Groups/${sales.id}`;
    await scim.send('PATCH', groupPath, {
      body: patch({ op: 'add', path: 'members', value: [{ value: ada.id }] }),
    });
    await scim.send('PATCH', groupPath, {
      body: patch({ op: 'replace', value: { displayName: 'Sales EMEA' } }),
    });
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('GET', '/Users/nobody');
    await scim.send('DELETE', path);
    const found = await lines(scim);
    for (const { token_id, at, method, path: address } of found) {
      expect([token_id, typeof method, address.startsWith('/')]).toEqual([
        scim.seeded.tokenId,
        'string',
        true,
      ]);
      expect(at).toBeGreaterThan(fixtureTime);
    }
    const told = found.map((line) => [
      line.operation,
      line.outcome,
      line.status,
      line.subject_name,
    ]);
    expect(told).toEqual([
      ['List users', 'unchanged', 200, null],
      ['Look up by userName', 'unchanged', 200, null],
      ['Create user', 'changed', 201, 'Ada Byron'],
      ['Update user', 'unchanged', 200, 'Ada Byron'],
      ['Update user', 'changed', 200, 'Ada Byron'],
      ['Deactivate user', 'changed', 200, 'Ada Byron'],
      ['Reactivate user', 'changed', 200, 'Ada Byron'],
      ['Create group', 'changed', 201, 'Sales'],
      ['Add 1 member', 'changed', 204, 'Sales'],
      ['Rename group', 'changed', 204, 'Sales EMEA'],
      ['Create user', 'refused', 409, 'Ada Byron'],
      ['Read user', 'refused', 404, null],
      ['Delete user', 'changed', 204, 'Ada Byron'],
    ]);
  });

  it('keeps what changed, attribute by attribute, and never a secret (S-05)', async () => {
    const scim = await startScim(await databases.open());
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('PATCH', `/Users/${ada.id}`, {
      body: patch(
        { op: 'replace', path: 'password', value: 'hunter2-hunter2' },
        { op: 'replace', value: { title: 'Countess', 'name.familyName': 'King' } },
      ),
    });
    await scim.send('GET', `/Users?access_token=${scim.seeded.token}`);
    await scim.send('POST', '/Users', { body: '{"password":"hunter3-hunter3' });
    const found = await lines(scim);
    const rows = await Promise.all(
      found.map(({ id }) => readRequest(scim.database.read, scim.seeded.directoryId, id)),
    );
    expect(JSON.parse(rows[1]?.difference ?? '')).toEqual([
      { path: 'name.familyName', before: 'Byron', after: 'King' },
      { path: 'title', after: 'Countess' },
    ]);
    expect(rows[1]?.detail).toBe('ignored: password');
    const everything = JSON.stringify(rows);
    for (const secret of [scim.seeded.token, 'k3nq9v2x', 'hunter2', 'hunter3']) {
      expect(everything).not.toContain(secret);
    }
    expect(JSON.parse(rows[0]?.request_headers ?? '').authorization).toBe(
      `Bearer …${scim.seeded.token.slice(-4)}`,
    );
  });

  it('keeps ten lines a minute of requests without a valid token, and every other line', async () => {
    const scim = await startScim(await databases.open());
    for (let sent = 0; sent < 30; sent += 1) {
      const token = sent % 2 === 0 ? null : `rollcall_scim_${'guess'.repeat(8)}`;
      await scim.send('GET', `/Users?filter=${'x'.repeat(4_000)}`, { token });
    }
    await scim.send('GET', '/Users');
    const found = await lines(scim);
    expect(found.map(({ status }) => status).toSorted()).toEqual([200, ...Array(10).fill(401)]);
    expect(found.every(({ path }) => path.length <= 2_000)).toBe(true);
    const details = found.map(({ detail }) => detail ?? '');
    const counted = details.filter((detail) => detail.startsWith('20 more requests without'));
    expect(counted).toHaveLength(1);
    expect(details.filter((detail) => detail !== '')).toContainEqual(
      expect.stringContaining(
        `This is not a token of this directory. It ends in …uess; yours ends in …${scim.seeded.token.slice(-4)}.`,
      ),
    );
  });

  it('reaches each milestone once, by the request that did it', async () => {
    const scim = await startScim(await databases.open());
    await scim.send('GET', '/Users?startIndex=1&count=2');
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('POST', '/Users', { body: oktaUser('grace') });
    await scim.send('PUT', `/Users/${ada.id}`, { body: { ...ada, title: 'Countess' } });
    await scim.send('PUT', `/Users/${ada.id}`, { body: { ...ada, active: false } });
    await scim.send('POST', '/Groups', { body: group('Sales') });
    const made = await lines(scim);
    const reached = await scim.database.read.query
      .selectFrom('directory_milestones')
      .select(['kind', 'request_id', 'subject_name'])
      .execute();
    const byKind = Object.fromEntries(
      reached.map(({ kind, request_id, subject_name }) => [
        kind,
        [made.findIndex(({ id }) => id === request_id), subject_name],
      ]),
    );
    expect(byKind).toEqual({
      connection_tested: [0, null],
      first_user: [1, 'Ada Byron'],
      first_profile_update: [3, 'Ada Byron'],
      first_deactivation: [4, 'Ada Byron'],
      first_group: [5, 'Sales'],
    });
  });

  it('notes when a token was last used (K-09)', async () => {
    const scim = await startScim(await databases.open());
    await scim.send('GET', '/Users');
    await scim.app.close();
    const token = await scim.database.read.query
      .selectFrom('connector_tokens')
      .select('last_used_at')
      .where('id', '=', scim.seeded.tokenId)
      .executeTakeFirstOrThrow();
    expect(token.last_used_at).toBeGreaterThan(fixtureTime);
  });

  it('finds requests by outcome, operation, status, person, time and text, page by page', async () => {
    const scim = await startScim(await databases.open());
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('POST', '/Users', { body: oktaUser('grace') });
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    await scim.send('PATCH', `/Groups/${sales.id}`, {
      body: patch({ op: 'add', path: 'members', value: [{ value: ada.id }] }),
    });
    await scim.send('GET', `/Users/${ada.id}`);
    await scim.app.close();
    const { directoryId } = scim.seeded;
    const { read } = scim.database;
    for (const [filter, count] of [
      [{ outcome: 'refused' }, 1],
      [{ operation: 'Create user' }, 3],
      [{ operation: 'Update group' }, 1],
      [{ status: 409 }, 1],
      [{ subjectId: ada.id }, 3],
      [{ subjectId: ada.id, outcome: 'unchanged' }, 1],
      [{ subjectId: ada.id, outcome: 'changed' }, 1],
      [{ search: 'ADA@example.com' }, 3],
      [{ search: '00u-nobody' }, 0],
      [{ search: 'sales' }, 2],
      [{ from: fixtureTime + hour }, 0],
      [{ from: fixtureTime, to: fixtureTime + hour }, 6],
    ] as const) {
      const { requests } = await listRequests(read, { directoryId, ...filter }, { limit: 10 });
      expect(requests.length, JSON.stringify(filter)).toBe(count);
    }
    const first = await listRequests(read, { directoryId }, { limit: 2 });
    const cursor = first.nextCursor ?? undefined;
    const second = await listRequests(read, { directoryId }, { limit: 10, cursor });
    expect([first.requests.length, second.requests.length]).toEqual([2, 4]);
    expect(second.nextCursor).toBeNull();
    const noteworthy = await readNoteworthy(read, directoryId, 3);
    expect(noteworthy.map(({ line }) => line.operation)).toEqual([
      'Add 1 member',
      'Create group',
      'Create user',
    ]);
  });

  it('counts what came with a token of the directory, be it revoked, and nothing of strangers', async () => {
    const scim = await startScim(await databases.open());
    const other = await startScim(scim.database);
    const { directoryId, tokenId, token } = scim.seeded;
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    for (const stranger of [null, 'rollcall_scim_thisIsNotOurs', other.seeded.token]) {
      expect((await scim.send('GET', '/Users', { token: stranger })).status).toBe(401);
    }
    await scim.database.write((tx) =>
      tx.query
        .updateTable('connector_tokens')
        .set({ revoked_at: fixtureTime })
        .where('id', '=', tokenId)
        .execute(),
    );
    expect((await scim.send('GET', '/Users', { token })).status).toBe(401);
    await scim.app.close();
    const { read } = scim.database;
    expect((await listRequests(read, { directoryId }, { limit: 10 })).requests).toHaveLength(5);
    const later = fixtureTime + 2 * hour;
    const counted = { requests: 2, refused: 1, failed: 0 };
    const ofDay = { changed: 1, unchanged: 0, refused: 1, failed: 0 };
    for (const _ of ['from the log', 'from the hours']) {
      expect(await countOutcomes(read, directoryId, fixtureTime - hour)).toEqual(counted);
      expect((await readRequestDays(read, directoryId, later)).at(-1)).toMatchObject(ofDay);
      await rollUpRequestLog(scim.database, later);
    }
  });

  it('counts whole hours once, draws thirty days from them and the rest, and forgets what is old', async () => {
    const scim = await startScim(await databases.open());
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.app.close();
    const { directoryId } = scim.seeded;
    const { database } = scim;
    const today = async (now: number) =>
      (await readRequestDays(database.read, directoryId, now)).at(-1);
    const expected = { day: '2026-11-24', changed: 1, unchanged: 0, refused: 1, failed: 0 };
    const later = fixtureTime + 2 * hour;
    expect(await today(later)).toEqual(expected);
    const since = (at: number) => countOutcomes(database.read, directoryId, at);
    const both = { requests: 2, refused: 1, failed: 0 };
    expect(await since(fixtureTime - hour)).toEqual(both);
    expect(await rollUpRequestLog(database, later)).toBeGreaterThan(0);
    expect(await rollUpRequestLog(database, later)).toBe(0);
    expect(await today(later)).toEqual(expected);
    expect(await since(fixtureTime - hour)).toEqual(both);
    expect(await since(fixtureTime + 1.5 * hour)).toEqual({ requests: 0, refused: 0, failed: 0 });
    expect(await purgeRequestLog(database, later)).toBe(0);
    expect(await purgeRequestLog(database, later + 100 * 24 * hour)).toBe(2);
    expect(await today(later)).toEqual(expected);
    // The lines are gone, the hour is counted.
    expect(await since(fixtureTime - hour)).toEqual(both);
    expect(await readRequestDays(database.read, directoryId, later)).toHaveLength(30);
  });
});
