import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../src/database/index.ts';
import { describeEachEngine } from '../support/databases.ts';
import { fixtureTime } from '../support/fixtures.ts';
import { group, oktaUser, patch } from './bodies.ts';
import { type ScimAnswer, type ScimServer, sendScim, startScim } from './scim-server.ts';

/** E-01: every error is a SCIM body whose status is text, and says something. */
function expectError(answer: ScimAnswer, status: number, scimType?: string): string {
  expect(answer.body, answer.text).toMatchObject({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
  });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.body.detail).not.toBe('');
  return answer.body.detail;
}

const filtered = (filter: string) => `/Users?filter=${encodeURIComponent(filter)}`;

describeEachEngine('Bad input', (databases) => {
  let database: Database;
  beforeAll(async () => {
    database = await databases.open();
  });
  const start = () => startScim(database);
  const post = (scim: ScimServer, body: string, headers = {}) =>
    scim.send('POST', '/Users', { body, headers });

  it('answers 404 for a directory that does not exist, before it looks at the token (E-10)', async () => {
    const scim = await start();
    for (const directoryId of ['00000000-0000-7000-8000-000000000000', 'nothing', '%00']) {
      const url = `${scim.origin}/scim/${directoryId}/v2/Users`;
      expectError(await sendScim(url, 'GET', { token: scim.seeded.token }), 404);
      expectError(await sendScim(url, 'GET', { token: null }), 404);
    }
  });

  it('says of a 401 whether the token is missing, unknown, expired, revoked or another directory’s (K-04, K-05)', async () => {
    const scim = await start();
    const other = await startScim(scim.database);
    const none = await scim.send('GET', '/Users', { token: null });
    expect(expectError(none, 401)).toContain('The request had no token. In Okta open Provisioning');
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="SCIM"');

    const unknown = await scim.send('GET', '/Users', { token: 'rollcall_scim_thisIsNotOurs' });
    expect(expectError(unknown, 401)).toContain('not a token of this directory. It ends in …Ours.');
    expect(unknown.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(unknown.text).not.toContain(scim.seeded.token.slice(-4));

    const foreign = await scim.send('GET', '/Users', { token: other.seeded.token });
    expect(expectError(foreign, 401)).toBe(
      'This token belongs to another directory. Connector URL and token must be of one directory: correct one of them in Okta under Provisioning > Integration.',
    );
    const { directoryId, accountId, tokenId, token } = other.seeded;
    for (const told of [directoryId, accountId, tokenId, token.slice(-4)]) {
      expect(foreign.text).not.toContain(told);
    }

    const revoke = (set: Record<string, number>) =>
      scim.database.write(async (tx) => {
        await tx.query
          .updateTable('connector_tokens')
          .set(set)
          .where('id', '=', scim.seeded.tokenId)
          .execute();
      });
    await revoke({ expires_at: fixtureTime });
    const expired = await scim.send('GET', '/Users');
    expect(expectError(expired, 401)).toContain('expired on 2026-11-24 09:00 UTC');
    expect(expired.headers.get('www-authenticate')).toContain('error="invalid_token"');
    await revoke({ revoked_at: fixtureTime });
    const revoked = await scim.send('GET', '/Users');
    expect(expectError(revoked, 401)).toContain('was revoked on 2026-11-24 09:00 UTC');
    expect(revoked.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  it('says of another scheme that it is one, and of a directory that is off that it is off', async () => {
    const scim = await start();
    const basic = { token: null, headers: { authorization: 'Basic b2t0YTpzZWNyZXQ=' } };
    const other = expectError(await scim.send('GET', '/Users', basic), 401);
    expect(other).toContain('another scheme than a bearer token. In Okta open Provisioning');
    await scim.database.write(async (tx) => {
      const ended = { revoked_at: fixtureTime };
      await tx.query.updateTable('directories').set({ state: 'off' }).execute();
      await tx.query.updateTable('connector_tokens').set(ended).execute();
    });
    expect(expectError(await scim.send('GET', '/Users'), 403)).toContain('SCIM is turned off');
  });

  it('takes no token from the query or the body (K-02, K-03)', async () => {
    const scim = await start();
    const { token } = scim.seeded;
    expectError(await scim.send('GET', `/Users?access_token=${token}`, { token: null }), 401);
    const form = {
      token: null,
      body: `access_token=${token}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    };
    expectError(await scim.send('POST', '/Users', form), 401);
  });

  it('lets a read-only token read and search, and nothing else (S-02, Q-09)', async () => {
    const scim = await start();
    await scim.database.write(async (tx) => {
      await tx.query.updateTable('connector_tokens').set({ access: 'read_only' }).execute();
    });
    expectError(await scim.send('POST', '/Users', { body: oktaUser('ada') }), 403);
    expect((await scim.send('GET', '/Users')).status).toBe(200);
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    const search = await scim.send('POST', '/Users/.search', { body: { schemas } });
    expect(search.body.totalResults).toBe(0);
  });

  it('names line and column of what is no JSON (H-08)', async () => {
    const scim = await start();
    const broken = await post(scim, '{\n  "schemas": [],\n  "userName" "ada"\n}');
    expect(expectError(broken, 400, 'invalidSyntax')).toContain('line 3, column 14');
    for (const body of [
      '{',
      '[]',
      '"x"',
      'nul',
      '{"a":1,"a":2}',
      '{"userName":"a","USERNAME":"b"}',
    ]) {
      expectError(await post(scim, body), 400, 'invalidSyntax');
    }
    expectError(await post(scim, ''), 400, 'invalidSyntax');
  });

  it('refuses U+0000 and half a surrogate pair wherever they stand (I-03, I-05)', async () => {
    const scim = await start();
    for (const userName of ['a\\u0000b', '\\ud800']) {
      const body = JSON.stringify(oktaUser('ada')).replace('ada@example.com', userName);
      expectError(await post(scim, body), 400, 'invalidSyntax');
    }
    expectError(await scim.send('GET', '/Users/%00'), 404);
    expectError(
      await scim.send('GET', `/Users?filter=userName%20eq%20%22%00%22`),
      400,
      'invalidFilter',
    );
    expectError(await scim.send('GET', filtered('userName eq "\\u0000"')), 400, 'invalidFilter');
  });

  it('refuses a body over 1 MB, whether its length is declared or not (413)', async () => {
    const scim = await start();
    const body = JSON.stringify(oktaUser('ada', { title: 'x'.repeat(1024 * 1024) }));
    expect(expectError(await post(scim, body), 413)).toContain(
      'The body of 1.1 MB is over the limit of 1 MB. Send less in one request',
    );
    const chunks = new Blob([body]).stream();
    const response = await fetch(`${scim.connectorUrl}/Users`, {
      method: 'POST',
      body: chunks,
      headers: {
        authorization: `Bearer ${scim.seeded.token}`,
        'content-type': 'application/scim+json',
      },
      // Node's fetch asks for it where a body is a stream; the type of the DOM does not know it.
      ...{ duplex: 'half' },
    });
    expect(response.status).toBe(413);
  });

  it('takes more than 1 MB for a PUT of one group only, and says which limit is exceeded (413)', async () => {
    const scim = await start();
    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales') });
    const large = { ...group('Sales'), unknown: 'x'.repeat(1024 * 1024) };
    const path = `/Groups/${sales.id}`;
    expect(expectError(await scim.send('POST', '/Groups', { body: large }), 413)).toContain('1 MB');
    const operations = { ...patch(), unknown: large.unknown };
    expect(expectError(await scim.send('PATCH', path, { body: operations }), 413)).toContain(
      '1 MB',
    );
    expect((await scim.send('PUT', path, { body: large })).status).toBe(200);
    const tooLarge = { ...large, unknown: 'x'.repeat(32 * 1024 * 1024) };
    expect(expectError(await scim.send('PUT', path, { body: tooLarge }), 413)).toContain('32 MB');
  });

  it('refuses a name that no index could hold, and takes the longest it may have in any script (C-11)', async () => {
    const scim = await start();
    const refused = await scim.send('POST', '/Groups', { body: group('x'.repeat(500_000)) });
    expect(expectError(refused, 400, 'invalidValue')).toBe(
      'displayName has 500,000 characters; at most 800 are taken. Shorten it.',
    );
    const random = (seed: number) =>
      Array.from({ length: 800 }, (_, index) =>
        String.fromCharCode(0x4e00 + ((seed + index * index * 7_919) % 20_000)),
      ).join('');
    const name = random(1);
    expect((await scim.send('POST', '/Groups', { body: group(name) })).body.displayName).toBe(name);
    const body = oktaUser('ada', {
      userName: random(2),
      displayName: random(3),
      externalId: random(4),
      emails: [{ value: random(5), type: 'work' }],
    });
    expect((await scim.send('POST', '/Users', { body })).status).toBe(201);
    const found = await scim.send('GET', filtered(`userName eq "${body.userName}"`));
    expect(found.body.totalResults).toBe(1);
  });

  it('refuses a body with thousands of members in one object, and logs the first of what it ignores', async () => {
    const scim = await start();
    const unknown = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`unknown${index}`, index]));
    const many = await scim.send('POST', '/Groups', {
      body: { ...group('Sales'), ...unknown(30_000) },
    });
    expect(expectError(many, 400, 'invalidSyntax')).toContain('more than 1000 members');
    const some = { ...group('Sales'), ...unknown(500), ['x'.repeat(10_000)]: 1 };
    expect((await scim.send('POST', '/Groups', { body: some })).status).toBe(201);
    const { detail } = await scim.database.read.query
      .selectFrom('request_log')
      .select('detail')
      .where('directory_id', '=', scim.seeded.directoryId)
      .where('outcome', '=', 'changed')
      .executeTakeFirstOrThrow();
    expect(detail).toMatch(/^ignored: unknown0, .*unknown49 and 451 more$/);
  });

  it('offers no /Me: a connector token is nobody (M-01, M-04, M-05)', async () => {
    const scim = await start();
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'POST']) {
      const body = ['GET', 'HEAD', 'DELETE'].includes(method) ? undefined : {};
      const answer = await scim.send(method, '/Me', { body });
      if (method === 'HEAD') expect([answer.status, answer.text]).toEqual([501, '']);
      else expectError(answer, 501);
    }
    expectError(await scim.send('GET', '/Me', { token: null }), 401);
  });

  it('says what is wrong with a filter and where (F-06 to F-08, F-18 to F-20, F-34, F-35)', async () => {
    const scim = await start();
    const at = await scim.send('GET', filtered('userName regex "a"'));
    expect(expectError(at, 400, 'invalidFilter')).toContain('position 10');
    for (const filter of [
      '',
      'userName',
      'userName eq bob',
      'not title pr',
      'bogus eq "x"',
      'active gt true',
      'active co "t"',
      'userName eq 5',
      'meta.created gt "x"',
      'password eq "x"',
      'password pr',
      'emails[]',
      'name eq "x"',
      '('.repeat(10_000),
    ]) {
      expectError(await scim.send('GET', filtered(filter)), 400, 'invalidFilter');
    }
  });

  it('says which parameter of a list is wrong (L-10, J-10)', async () => {
    const scim = await start();
    expect(expectError(await scim.send('GET', '/Users?count=abc'), 400, 'invalidValue')).toContain(
      'count',
    );
    expectError(await scim.send('GET', '/Users?startIndex=x'), 400, 'invalidValue');
    const both = '/Users?attributes=userName&excludedAttributes=emails';
    expectError(await scim.send('GET', both), 400, 'invalidValue');
    const bounded = await scim.send('GET', '/Users?count=-1&startIndex=-5');
    expect(bounded.body).toMatchObject({ totalResults: 0, startIndex: 1, itemsPerPage: 0 });
  });

  it('refuses a second person of one userName, in any case, and names the one who has it (C-04, U-01)', async () => {
    const scim = await start();
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const body = { ...oktaUser('ada'), userName: 'ADA@EXAMPLE.COM', externalId: 'other' };
    const detail = expectError(await scim.send('POST', '/Users', { body }), 409, 'uniqueness');
    expect(detail).toContain('already has this userName: Ada Byron.');
    expect(detail).toContain('Retry Selected');
    const found = await scim.send('GET', filtered('userName eq "aDa@eXample.com"'));
    expect(found.body.totalResults).toBe(1);
    for (const userName of ['', null, undefined]) {
      const nameless = { body: { ...oktaUser('grace'), userName } };
      expectError(await scim.send('POST', '/Users', nameless), 400, 'invalidValue');
    }
  });

  it('names the way out where an inactive record with another externalId holds the userName (A-29)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    await scim.send('PUT', `/Users/${ada.id}`, { body: { ...ada, active: false } });
    const body = oktaUser('ada', { externalId: '00u-somebody-else' });
    const detail = expectError(await scim.send('POST', '/Users', { body }), 409, 'uniqueness');
    expect(detail).toContain('another userName');
  });

  it('refuses a userName that another person has in PUT and PATCH, and changes nothing (U-03, W-10, P-21)', async () => {
    const scim = await start();
    await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const { body: grace } = await scim.send('POST', '/Users', { body: oktaUser('grace') });
    const put = { ...grace, userName: 'Ada@example.com', title: 'x' };
    const path = `/Users/${grace.id}`;
    expectError(await scim.send('PUT', path, { body: put }), 409, 'uniqueness');
    const change = patch({ op: 'replace', value: { userName: 'ADA@example.com' } });
    const detail = expectError(await scim.send('PATCH', path, { body: change }), 409, 'uniqueness');
    expect(detail).toContain('Ada Byron');
    expect((await scim.send('GET', path)).body).toEqual(grace);
    const own = patch({ op: 'replace', value: { userName: 'GRACE@example.com' } });
    expect((await scim.send('PATCH', path, { body: own })).body.userName).toBe('GRACE@example.com');
    for (const userName of ['Grace@example.com', 'free@example.com']) {
      const { status, body } = await scim.send('PUT', path, { body: { ...grace, userName } });
      expect([status, body.userName]).toEqual([200, userName]);
    }
    const free = patch({ op: 'replace', path: 'userName', value: 'grace@example.com' });
    expect((await scim.send('PATCH', path, { body: free })).body.userName).toBe(
      'grace@example.com',
    );
  });

  it('applies nothing of a PATCH one of whose operations is wrong (P-04)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const body = patch(
      { op: 'replace', path: 'title', value: 'Countess' },
      { op: 'replace', path: 'meta.created', value: '2020-01-01T00:00:00Z' },
    );
    expectError(await scim.send('PATCH', `/Users/${ada.id}`, { body }), 400, 'mutability');
    expect((await scim.send('GET', `/Users/${ada.id}`)).body).toEqual(ada);
  });

  it('refuses members that are not here, of the wrong kind, or the group itself, and changes nothing (G-06, G-07, G-11)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const unknown = group('Sales', ['nobody', ada.id]);
    const detail = expectError(
      await scim.send('POST', '/Groups', { body: unknown }),
      400,
      'invalidValue',
    );
    expect(detail).toContain('"nobody"');
    expect((await scim.send('GET', '/Groups')).body.totalResults).toBe(0);

    const { body: sales } = await scim.send('POST', '/Groups', { body: group('Sales', [ada.id]) });
    const add = (value: object) =>
      scim.send('PATCH', `/Groups/${sales.id}`, {
        body: patch(
          { op: 'remove', path: 'members' },
          { op: 'add', path: 'members', value: [value] },
        ),
      });
    expectError(await add({ value: 'nobody' }), 400, 'invalidValue');
    expectError(await add({ value: sales.id }), 400, 'invalidValue');
    const itself = { body: group('Sales', [sales.id]) };
    expectError(await scim.send('PUT', `/Groups/${sales.id}`, itself), 400, 'invalidValue');
    expectError(await add({ value: ada.id, type: 'Group' }), 400, 'invalidValue');
    const { body } = await scim.send('GET', `/Groups/${sales.id}`);
    expect(body.members).toHaveLength(1);
    expect(body.meta.version).toBe('W/"1"');
  });

  it('refuses what only the account may allow with 403 and the reason, and keeps both on record', async () => {
    const scim = await startScim(database, { seats: 50 });
    await scim.database.write(async (tx) => {
      await tx.query.updateTable('accounts').set({ plan_until: fixtureTime }).execute();
    });
    const refused = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    expect(expectError(refused, 403)).toContain('plan');
    expect((await scim.send('GET', '/Users')).body.totalResults).toBe(0);
    const logged = await scim.database.read.query
      .selectFrom('request_log')
      .select(['outcome', 'explanation', 'status'])
      .where('directory_id', '=', scim.seeded.directoryId)
      .where('outcome', '=', 'refused')
      .execute();
    expect(logged).toEqual([{ outcome: 'refused', explanation: 'plan_lapsed', status: 403 }]);
  });

  it('answers 412 for another version and changes nothing; a matching one goes on (V-05, V-06, V-08)', async () => {
    const scim = await start();
    const { body: ada } = await scim.send('POST', '/Users', { body: oktaUser('ada') });
    const path = `/Users/${ada.id}`;
    const put = (ifMatch: string) =>
      scim.send('PUT', path, {
        body: { ...ada, title: ifMatch },
        headers: { 'if-match': ifMatch },
      });
    expectError(await put('W/"9"'), 412);
    expect((await put('"x", W/"1"')).status).toBe(200);
    expect((await put('*')).status).toBe(200);
    expectError(await put('W/"1"'), 412);
    const stale = { headers: { 'if-match': 'W/"1"' } };
    expectError(await scim.send('DELETE', path, stale), 412);
    expectError(await scim.send('DELETE', '/Users/unknown', stale), 404);
    const known = await scim.send('GET', path, { headers: { 'if-none-match': 'W/"3"' } });
    expect([known.status, known.text, known.headers.get('etag')]).toEqual([304, '', 'W/"3"']);
  });
});
