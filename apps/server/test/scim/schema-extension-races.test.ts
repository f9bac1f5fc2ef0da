import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { type SchemaExtension, schemaExtension } from '@rollcall/api';
import { bulkRequestSchema } from '@rollcall/scim';
import { expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { type EventLog, eventLog } from '../support/event-log.ts';
import { fixtureTime } from '../support/fixtures.ts';
import { oktaUser, patch } from './bodies.ts';
import { defineExtensions } from './define-extensions.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const urn = 'urn:example:hr:2.0:User';
const hr: SchemaExtension = schemaExtension.parse({
  urn,
  resourceType: 'User',
  name: 'HR',
  attributes: [{ name: 'badge', type: 'string' }],
});

/** The database, where something happens right after each look for values of an extension. */
function lookedAt(database: Database, afterwards: () => Promise<void>): Database {
  const read = withMember(database.read, 'all', async (...asked: Parameters<typeof all>) => {
    const rows = await all(...asked);
    await afterwards();
    return rows;
  });
  const all = database.read.all.bind(database.read);
  return withMember(database, 'read', read);
}

function withMember<T extends object, K extends keyof T>(whole: T, name: K, member: unknown): T {
  return new Proxy(whole, {
    get(target, key) {
      if (key === name) return member;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Sends a POST whose body follows once `between` is done; it was authenticated before. */
async function postAround(
  { connectorUrl, database, seeded }: ScimServer,
  events: EventLog,
  path: string,
  body: object,
  between: () => Promise<unknown>,
) {
  // A commit, so that the token is looked up again, which tells that the request has arrived.
  await database.write((tx) =>
    tx.query.updateTable('directories').set({ changed_at: fixtureTime }).execute(),
  );
  events.clear();
  const sent = request(`${connectorUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${seeded.token}`,
      'content-type': 'application/scim+json',
      'transfer-encoding': 'chunked',
    },
  });
  const [first, rest] = [JSON.stringify(body).slice(0, 1), JSON.stringify(body).slice(1)];
  sent.write(first);
  await expect
    .poll(() => events.of('statement').some(({ name }) => name === 'directory.authenticate'))
    .toBe(true);
  await between();
  sent.end(rest);
  const [response] = await once(sent, 'response');
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever came over the wire
  return { status: response.statusCode, body: (await json(response)) as any };
}

describeEachEngine('Removing a schema extension', (databases) => {
  const start = async () => {
    const events = eventLog();
    const database = await databases.open({ observer: events.observer });
    const scim = await startScim(database, { provider: 'generic' });
    await defineExtensions(scim, [hr], 0);
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const setBadge = (value: string) =>
      scim.send('PATCH', path, { body: patch({ op: 'add', path: `${urn}:badge`, value }) });
    const clearBadge = () =>
      scim.send('PATCH', path, { body: patch({ op: 'remove', path: `${urn}:badge` }) });
    const stored = async () => {
      const { query } = database.read;
      const rows = await query.selectFrom('directory_users').select('document').execute();
      return rows.some(({ document }) => document.includes(urn));
    };
    return { events, scim, database, path, setBadge, clearBadge, stored };
  };

  it('is refused where a value is written after the look for values and before the removal', async () => {
    const { scim, database, path, setBadge } = await start();
    const looking = lookedAt(database, async () => {
      expect((await setBadge('7')).status).toBe(200);
    });
    await expect(defineExtensions(scim, [], 1, looking)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Ada Byron has values of it'),
    });
    expect((await scim.send('GET', path)).body[urn]).toEqual({ badge: '7' });
    expect((await scim.send('GET', `/Schemas/${urn}`)).status).toBe(200);
    expect((await setBadge('8')).body[urn]).toEqual({ badge: '8' });
  });

  it('comes before a create that was authenticated earlier and written later, which then has no such values', async () => {
    const { events, scim, stored } = await start();
    const body = oktaUser('grace', { [urn]: { badge: '9' } });
    const made = await postAround(scim, events, '/Users', body, () =>
      defineExtensions(scim, [], 1),
    );
    expect(made.status).toBe(201);
    expect(made.body).not.toHaveProperty([urn]);
    expect(await stored()).toBe(false);
  });

  it('leaves what a request means to the extension as it is when the request is written', async () => {
    const { events, scim } = await start();
    const shoe = schemaExtension.shape.attributes.parse([{ name: 'shoe', type: 'string' }]);
    const grown = { ...hr, attributes: [...hr.attributes, ...shoe] };
    const body = oktaUser('grace', { [urn]: { shoe: '38' } });
    const made = await postAround(scim, events, '/Users', body, () =>
      defineExtensions(scim, [grown], 1),
    );
    expect([made.status, made.body[urn]]).toEqual([201, { shoe: '38' }]);
  });

  it('is learned once by a bulk request that was authenticated before it', async () => {
    const { events, scim } = await start();
    const Operations = ['b', 'c', 'd', 'e'].map((name) => ({
      method: 'POST',
      path: '/Users',
      bulkId: name,
      data: oktaUser(name, { [urn]: { badge: name } }),
    }));
    const body = { schemas: [bulkRequestSchema], Operations };
    const made = await postAround(scim, events, '/Bulk', body, () => defineExtensions(scim, [], 1));
    expect(made.body.Operations.map(({ status }: { status: string }) => status)).toEqual([
      '201',
      '201',
      '201',
      '201',
    ]);
    const held = events.of('statement').filter(({ name }) => name === 'directory_extensions.hold');
    expect(held).toHaveLength(Operations.length + 1);
  });

  it('is refused to two owners at once where the look of one hides the write from the other', async () => {
    const { scim, database, path, setBadge } = await start();
    const outcomes: unknown[] = [];
    const looking = lookedAt(database, async () => {
      if (outcomes.length > 0) return;
      outcomes.push((await setBadge('7')).status);
      outcomes.push(await defineExtensions(scim, [], 1).catch(({ code }) => code));
    });
    await expect(defineExtensions(scim, [], 1, looking)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Ada Byron has values of it'),
    });
    expect(outcomes).toEqual([200, 'conflict']);
    expect((await scim.send('GET', path)).body[urn]).toEqual({ badge: '7' });
  });

  it('gives up where values come and go with each look, and changes nothing', async () => {
    const { scim, database, setBadge, clearBadge } = await start();
    let looks = 0;
    const looking = lookedAt(database, async () => {
      looks += 1;
      await setBadge('7');
      await clearBadge();
    });
    await expect(defineExtensions(scim, [], 1, looking)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('is writing values'),
    });
    expect(looks).toBe(3);
    expect((await defineExtensions(scim, [], 1)).version).toBe(2);
  });

  it('is not held up by what is written of other attributes', async () => {
    const { scim, database, path } = await start();
    let looks = 0;
    const looking = lookedAt(database, async () => {
      looks += 1;
      const change = patch({ op: 'replace', path: 'title', value: `title ${looks}` });
      expect((await scim.send('PATCH', path, { body: change })).status).toBe(200);
    });
    expect((await defineExtensions(scim, [], 1, looking)).extensions).toEqual([]);
    expect(looks).toBe(1);
  });

  it('and writes side by side end as if one had come after the other', async () => {
    const { scim, setBadge, clearBadge, stored } = await start();
    let version = 1;
    for (let round = 0; round < 10; round += 1) {
      const [removed, ...written] = await Promise.all([
        defineExtensions(scim, [], version).catch(() => undefined),
        setBadge(`a${round}`),
        setBadge(`b${round}`),
      ]);
      const isThere = await stored();
      expect(isThere).toBe(removed === undefined);
      // An unknown attribute in a path is refused; nothing answers 200 without effect.
      const expected = removed === undefined ? 200 : 400;
      expect(written.map(({ status }) => status)).toEqual([expected, expected]);
      if (removed === undefined) await clearBadge();
      else version = (await defineExtensions(scim, [hr], removed.version)).version;
    }
  });
});
