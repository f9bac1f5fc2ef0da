import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { listRequests } from '../../src/domain/request-log/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimServer, startScim } from './scim-server.ts';

const requestSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkRequest';
const responseSchema = 'urn:ietf:params:scim:api:messages:2.0:BulkResponse';
const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const bulk = (...Operations: readonly object[]) => ({ schemas: [requestSchema], Operations });
const createUser = (name: string, more: Record<string, unknown> = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId: name,
  data: oktaUser(name, more),
});
const createGroup = (name: string, members: readonly string[] = []) => ({
  method: 'POST',
  path: '/Groups',
  bulkId: name,
  data: group(name, members),
});

interface Operation {
  readonly method: string;
  readonly bulkId?: string;
  readonly status: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: { readonly scimType?: string; readonly detail: string };
}

async function send(scim: ScimServer, body: object): Promise<readonly Operation[]> {
  const answer = await scim.send('POST', '/Bulk', { body });
  expect([answer.status, answer.body.schemas]).toEqual([200, [responseSchema]]);
  return answer.body.Operations;
}

const statuses = (operations: readonly Operation[]) => operations.map(({ status }) => status);
const pathOf = (location = '') => location.slice(location.indexOf('/v2') + 3);
const idOf = (location = '') => location.slice(location.lastIndexOf('/') + 1);

describeEachEngine('Bulk', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database);

  it('reports each operation with method, bulkId, status, location and version (B-01, B-05, B-06, B-08, B-25)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const results = await send(
      scim,
      bulk(
        createUser('grace'),
        { method: 'PUT', path: `/Users/${ada.id}`, data: { ...ada, title: 'Countess' } },
        {
          method: 'PATCH',
          path: `/Users/${ada.id}`,
          data: patch({ op: 'replace', path: 'title', value: 'Lady' }),
        },
        { method: 'DELETE', path: `/Users/${ada.id}` },
        { method: 'DELETE', path: `/Users/${ada.id}` },
      ),
    );
    expect(results.map(({ method, status }) => [method, status])).toEqual([
      ['POST', '201'],
      ['PUT', '200'],
      ['PATCH', '200'],
      ['DELETE', '204'],
      ['DELETE', '404'],
    ]);
    const [made, put, patched] = results;
    const grace = await scim.send('GET', pathOf(made?.location));
    expect([made?.bulkId, made?.version]).toEqual(['grace', grace.body.meta.version]);
    expect([put?.version, patched?.version]).toEqual(['W/"2"', 'W/"3"']);
    expect(results.map(({ location }) => location)).toEqual([
      grace.body.meta.location,
      ...Array(4).fill(ada.meta.location),
    ]);
  });

  it('refuses what is no bulk request at all (B-01)', async () => {
    const scim = await start();
    for (const body of [
      {},
      { schemas: [errorSchema], Operations: [createUser('ada')] },
      { schemas: [requestSchema] },
      { schemas: [requestSchema], Operations: [] },
      { schemas: [requestSchema], Operations: {} },
      { schemas: [requestSchema], Operations: [createUser('ada')], failOnErrors: 'one' },
    ]) {
      const { status, body: error } = await scim.send('POST', '/Bulk', { body });
      expect([status, error.scimType]).toEqual([400, 'invalidSyntax']);
    }
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(0);
  });

  it('refuses a single operation by its own error, and answers 200 for all (B-02, B-03, B-04, B-07, B-09, B-23)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const wrong = [
      { method: 'GET', path: `/Users/${ada.id}` },
      { path: `/Users/${ada.id}` },
      { method: 'POST', path: '/Users', data: oktaUser('no-bulk-id') },
      { method: 'POST', path: '/Users', bulkId: 'no-data' },
      { method: 'PATCH', path: `/Users/${ada.id}` },
      { method: 'POST', path: `/Users/${ada.id}`, bulkId: 'under-an-id', data: oktaUser('x') },
      { method: 'PUT', path: '/Users', data: ada },
      { method: 'DELETE', path: '/Groups' },
      { method: 'POST', path: '/Bulk', bulkId: 'a', data: {} },
      { method: 'POST', path: '/Me', bulkId: 'b', data: {} },
      { method: 'POST', path: '/Users/.search', bulkId: 'c', data: {} },
      { method: 'POST', path: '/Schemas', bulkId: 'd', data: {} },
      { method: 'DELETE', path: 'https://elsewhere.example/Users/1' },
    ];
    const results = await send(scim, bulk(...wrong));
    for (const [at, { status, response }] of results.entries()) {
      expect([at, status, response]).toMatchObject([at, '400', { schemas: [errorSchema] }]);
    }
    expect(results).toHaveLength(wrong.length);
    const twice = await send(
      scim,
      bulk(createUser('one'), { ...createUser('two'), bulkId: 'one' }),
    );
    expect(statuses(twice)).toEqual(['201', '400']);
    expect(twice[1]?.response?.scimType).toBe('invalidValue');
    expect(twice[1]).not.toHaveProperty('location');
  });

  it('goes on after a failure, or stops at as many as are named, and keeps what is done (B-10, B-11, B-12)', async () => {
    const scim = await start();
    const taken = { ...createUser('ada'), bulkId: 'again' };
    const run = (failOnErrors: number | undefined, names: readonly string[]) =>
      send(scim, {
        ...bulk(createUser(names[0] ?? ''), taken, createUser(names[1] ?? ''), taken),
        ...(failOnErrors === undefined ? {} : { failOnErrors }),
      });
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    expect(statuses(await run(undefined, ['a1', 'a2']))).toEqual(['201', '409', '201', '400']);
    expect(statuses(await run(0, ['b1', 'b2']))).toEqual(['201', '409', '201', '400']);
    expect(statuses(await run(1, ['c1', 'c2']))).toEqual(['201', '409']);
    expect(statuses(await run(2, ['d1', 'd2']))).toEqual(['201', '409', '201', '400']);
    const filter = encodeURIComponent('userName sw "c"');
    expect((await scim.send('GET', `/Users?filter=${filter}`)).body.totalResults).toBe(1);
  });

  it('puts ids in the place of bulkIds wherever a resource is referred to, also forward (B-13, B-15)', async () => {
    const scim = await start();
    const results = await send(
      scim,
      bulk(
        createGroup('Sales', ['bulkId:ada']),
        createUser('grace', { [enterprise]: { manager: { value: 'bulkId:ada' } } }),
        createUser('edith', { [enterprise]: { manager: { $ref: '../Users/bulkId:ada' } } }),
        createUser('ada'),
        createGroup('All', ['bulkId:Sales', 'bulkId:grace']),
      ),
    );
    expect(statuses(results)).toEqual(['201', '201', '201', '201', '201']);
    const [sales, grace, edith, ada, all] = results.map(({ location }) => location);
    const read = async (location?: string) => (await scim.send('GET', pathOf(location))).body;
    expect((await read(sales)).members).toMatchObject([{ value: idOf(ada), type: 'User' }]);
    expect((await read(grace))[enterprise].manager.value).toBe(idOf(ada));
    expect((await read(edith))[enterprise].manager.value).toBe(idOf(ada));
    const members = (await read(all)).members.map(({ value }: { value: string }) => value);
    expect(members.toSorted()).toEqual([idOf(sales), idOf(grace)].toSorted());
  });

  it('takes a bulkId in a path and in a PATCH, and leaves plain text as it is (B-14, B-20)', async () => {
    const scim = await start();
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const results = await send(
      scim,
      bulk(
        {
          method: 'PATCH',
          path: '/Users/bulkId:ada',
          data: patch({ op: 'replace', path: 'displayName', value: 'bulkId:ada' }),
        },
        {
          method: 'PATCH',
          path: `/Groups/${sales.id}`,
          data: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:ada' }] }],
        },
        {
          method: 'PATCH',
          path: '/Users/bulkId:ada',
          data: { Operations: [{ op: 'add', path: 'nickName', value: 'Enchantress' }] },
        },
        createUser('ada', { title: 'bulkId:nobody', emails: [{ value: 'bulkId:ada' }] }),
      ),
    );
    expect(statuses(results)).toEqual(['200', '204', '200', '201']);
    const { body: ada } = await scim.send('GET', pathOf(results[3]?.location));
    expect(ada).toMatchObject({
      displayName: 'bulkId:ada',
      title: 'bulkId:nobody',
      emails: [{ value: 'bulkId:ada' }],
      groups: [{ value: sales.id }],
    });
  });

  it('closes circles, or takes back what cannot be closed (B-16)', async () => {
    const scim = await start();
    const results = await send(
      scim,
      bulk(
        createGroup('A', ['bulkId:B']),
        createGroup('B', ['bulkId:A']),
        createUser('ada', { [enterprise]: { manager: { value: 'bulkId:grace' } } }),
        createUser('grace', { [enterprise]: { manager: { value: 'bulkId:ada' } } }),
      ),
    );
    expect(statuses(results)).toEqual(['201', '201', '201', '201']);
    const [a, b, ada, grace] = await Promise.all(
      results.map(async ({ location }) => (await scim.send('GET', pathOf(location))).body),
    );
    expect([a.members[0].value, b.members[0].value]).toEqual([b.id, a.id]);
    expect([ada[enterprise].manager.value, grace[enterprise].manager.value]).toEqual([
      grace.id,
      ada.id,
    ]);
    expect(results.map(({ version }) => version)).toEqual(
      [a, b, ada, grace].map(({ meta }) => meta.version),
    );
    const open = await send(
      scim,
      bulk(createGroup('C', ['bulkId:D']), { ...createGroup('A', ['bulkId:C']), bulkId: 'D' }),
    );
    expect(statuses(open)).toEqual(['409', '409']);
    expect(open.map(({ response }) => response?.detail)).toEqual([
      'The operation with the bulkId "D", which this one refers to in a circle, failed.',
      expect.stringContaining('Another group in this directory is already named "A"'),
    ]);
    const itself = await send(scim, bulk(createGroup('E', ['bulkId:E'])));
    expect(statuses(itself)).toEqual(['409']);
    expect(itself[0]?.response?.detail).toContain('A group cannot be a member of itself');
    expect((await scim.send('GET', '/Groups')).body.totalResults).toBe(2);
  });

  it('shows nobody a resource of a circle without its references (B-16)', async () => {
    const scim = await start();
    const rounds = 10;
    for (let round = 0; round < rounds; round += 1) {
      const [a, b] = [`A${round}`, `B${round}`];
      let isDone = false;
      const sent = send(
        scim,
        bulk(createGroup(a, [`bulkId:${b}`]), createGroup(b, [`bulkId:${a}`])),
      ).finally(() => {
        isDone = true;
      });
      while (!isDone) {
        const { body } = await scim.send('GET', '/Groups');
        const members = body.Resources.map((one: { members?: [] }) => one.members?.length);
        expect(members).toEqual(members.map(() => 1));
        expect(members.length % 2).toBe(0);
      }
      expect(statuses(await sent)).toEqual(['201', '201']);
    }
  });

  it('leaves nothing of a circle that cannot be closed, but a line in the log for each operation (B-16)', async () => {
    const scim = await start();
    await scim.send('POST', '/Users', { body: oktaUser('grace') });
    const { query } = scim.database.read;
    const traces = async () => [
      await query.selectFrom('directory_users').select('id').execute(),
      await query.selectFrom('effects').select('id').execute(),
      await query.selectFrom('audit_events').select('id').execute(),
      await query.selectFrom('users').select('id').execute(),
      await query.selectFrom('seats').select('number').where('holder_id', 'is not', null).execute(),
    ];
    const before = await traces();
    const managedBy = (name: string) => ({
      [enterprise]: { manager: { value: `bulkId:${name}` } },
    });
    const open = await send(
      scim,
      bulk(createUser('ada', managedBy('again')), {
        ...createUser('grace', managedBy('ada')),
        bulkId: 'again',
      }),
    );
    expect(statuses(open)).toEqual(['409', '409']);
    expect(open[1]?.response?.scimType).toBe('uniqueness');
    expect(await traces()).toEqual(before);
    await scim.app.close();
    const { directoryId } = scim.seeded;
    const { requests } = await listRequests(
      scim.database.read,
      { directoryId, operation: 'Create user', outcome: 'refused' },
      { limit: 10 },
    );
    expect(requests.map(({ status }) => status)).toEqual([409, 409]);
  });

  it('grants nobody of a circle anything where the account refuses one of them (B-16, B-22)', async () => {
    const scim = await startScim(await databases.open(), { seats: 2 });
    const { accountId, directoryId, domain } = scim.seeded;
    await scim.database.write((tx) =>
      tx.query
        .updateTable('directories')
        .set({ policies: JSON.stringify({ seats: 'refuse' }) })
        .where('id', '=', directoryId)
        .execute(),
    );
    const managedBy = (name: string, manager: string) =>
      createUser(name, {
        userName: `${name}@${domain}`,
        [enterprise]: { manager: { value: `bulkId:${manager}` } },
      });
    const held = () =>
      scim.database.read.query
        .selectFrom('seats')
        .select('number')
        .where('account_id', '=', accountId)
        .where('holder_id', 'is not', null)
        .execute();
    const before = await held();
    const refused = await send(scim, bulk(managedBy('ada', 'grace'), managedBy('grace', 'ada')));
    expect(statuses(refused)).toEqual(['409', '403']);
    expect(refused[1]?.response?.detail).toContain('No license is free');
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(0);
    expect(await held()).toEqual(before);
    expect(await scim.database.read.query.selectFrom('mails').select('id').execute()).toEqual([]);
  });

  it('refuses a circle that is too large for one unit, and makes nothing of it (B-16)', async () => {
    const scim = await start();
    const circle = (count: number) =>
      Array.from({ length: count }, (_, at) =>
        createGroup(`G${at}`, [`bulkId:G${(at + 1) % count}`]),
      );
    const refused = await send(scim, bulk(...circle(21)));
    expect(new Set(statuses(refused))).toEqual(new Set(['409']));
    expect(refused[0]?.response?.detail).toContain('21 operations refer to each other in a circle');
    expect((await scim.send('GET', '/Groups')).body.totalResults).toBe(0);
    const closed = await send(scim, bulk(...circle(20)));
    expect(new Set(statuses(closed))).toEqual(new Set(['201']));
  });

  it('refuses a bulkId that nothing has by 400, and one whose operation failed by 409 (B-17)', async () => {
    const scim = await start();
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const results = await send(
      scim,
      bulk(
        createGroup('Sales', ['bulkId:nobody']),
        createGroup('Legal', ['bulkId:ada']),
        createUser('ada'),
        { method: 'DELETE', path: '/Users/bulkId:ada' },
      ),
    );
    expect(statuses(results)).toEqual(['400', '409', '409', '409']);
    expect(results[0]?.response?.scimType).toBe('invalidValue');
    expect((await scim.send('GET', '/Groups')).body.totalResults).toBe(0);
  });

  it('keeps the order of what the client wrote (B-18)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const results = await send(
      scim,
      bulk(
        {
          method: 'PATCH',
          path: `/Groups/${sales.id}`,
          data: patch({ op: 'add', path: 'members', value: [{ value: 'bulkId:ada' }] }),
        },
        { method: 'DELETE', path: `/Groups/${sales.id}` },
        { method: 'DELETE', path: `/Users/${ada.id}` },
        createUser('ada'),
      ),
    );
    expect(statuses(results)).toEqual(['204', '204', '204', '201']);
  });

  it('takes a version as a precondition (B-19)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const results = await send(
      scim,
      bulk(
        { method: 'PUT', path, version: 'W/"7"', data: { ...ada, title: 'Lost' } },
        { method: 'PUT', path, version: ada.meta.version, data: { ...ada, title: 'Kept' } },
        { method: 'PATCH', path, version: ada.meta.version, data: patch() },
        { method: 'DELETE', path, version: ada.meta.version },
      ),
    );
    expect(statuses(results)).toEqual(['412', '200', '412', '412']);
    expect((await scim.send('GET', path)).body.title).toBe('Kept');
  });

  it('publishes its limits and keeps them, applying nothing (B-21, D-03)', async () => {
    const scim = await start();
    const { bulk: limits } = (await scim.send('GET', '/ServiceProviderConfig')).body;
    expect(limits).toEqual({ supported: true, maxOperations: 1000, maxPayloadSize: 1_048_576 });
    const one = { method: 'DELETE', path: '/Users/nobody' };
    const many = [createUser('ada'), ...Array(limits.maxOperations).fill(one)];
    const tooMany = await scim.send('POST', '/Bulk', { body: bulk(...many) });
    expect(tooMany.status).toBe(413);
    expect(tooMany.body.detail).toMatch(/maxOperations is 1000/);
    const long = JSON.stringify(bulk(createUser('ada', { title: 'x'.repeat(1_100_000) })));
    const tooLarge = await scim.send('POST', '/Bulk', { body: long });
    expect(tooLarge.status).toBe(413);
    expect(tooLarge.body.detail).toMatch(/over the limit of 1 MB/);
    const chunked = await fetch(`${scim.connectorUrl}/Bulk`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${scim.seeded.token}`,
        'content-type': 'application/scim+json',
      },
      body: new Blob([long]).stream(),
      duplex: 'half',
    });
    expect(chunked.status).toBe(413);
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(0);
    const most = await send(scim, bulk(...many.slice(1)));
    expect(new Set(statuses(most))).toEqual(new Set(['404']));
    expect(most).toHaveLength(1000);
  });

  it('applies each operation as a whole by its own rules (B-22)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const results = await send(
      scim,
      bulk(
        {
          method: 'PATCH',
          path,
          data: patch(
            { op: 'replace', path: 'title', value: 'Lost' },
            { op: 'replace', path: 'id', value: 'x' },
          ),
        },
        { method: 'POST', path: '/Users', bulkId: 'x', data: { schemas: [], userName: 'x' } },
        { method: 'PUT', path: '/Users/00000000-0000-7000-8000-000000000000', data: ada },
      ),
    );
    expect(statuses(results)).toEqual(['400', '400', '404']);
    expect(results.map(({ response }) => response?.scimType)).toEqual([
      'mutability',
      'invalidSyntax',
      undefined,
    ]);
    expect((await scim.send('GET', path)).body).toEqual(ada);
  });

  it('issues no id that looks like a bulkId (B-26)', async () => {
    const scim = await start();
    const [made] = await send(scim, bulk(createUser('bulkId')));
    expect(idOf(made?.location)).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('logs each operation in a line of its own beside that of the request (S-12)', async () => {
    const scim = await start();
    await send(scim, bulk(createUser('ada'), { method: 'DELETE', path: '/Users/nobody' }));
    await scim.app.close();
    const { directoryId } = scim.seeded;
    const { requests } = await listRequests(scim.database.read, { directoryId }, { limit: 10 });
    const lines = requests.map(({ method, path, operation, outcome, status, detail }) => [
      `${method} ${path}`,
      operation,
      outcome,
      status,
      detail,
    ]);
    expect(lines).toContainEqual([
      'POST /Users',
      'Create user',
      'changed',
      201,
      'ignored: password',
    ]);
    expect(lines).toContainEqual([
      'POST /Bulk',
      'Bulk request',
      'refused',
      200,
      '2 operations: 1 changed, 1 refused',
    ]);
    const failed = lines.find(([line]) => line === 'DELETE /Users/nobody');
    expect(failed?.slice(0, 4)).toEqual(['DELETE /Users/nobody', 'Delete user', 'refused', 404]);
  });
});
